import { describe, expect, it } from 'vitest';
import { createParameterGuard } from '../../../src/framework/parameter-guard.ts';

const begin = (stage: { readonly problem?: string }) =>
  createParameterGuard({ service: { custom: { stage } }, classes: { Error } }).hooks.initialize();

describe('every command', () => {
  it('is refused where a parameter is wrong, with nothing but the problem', () => {
    expect(() => begin({ problem: 'parameter database: is missing' })).toThrow(
      /^parameter database: is missing$/,
    );
  });

  it('goes ahead where none is', () => {
    expect(() => begin({})).not.toThrow();
  });
});
