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

describe('packaging', () => {
  const hooksWith = (checkTypes: () => Promise<void>) =>
    createParameterGuard({ service: {}, classes: { Error } }, {}, {}, checkTypes).hooks;

  it('is stopped by a type error in a pipeline', async () => {
    const hooks = hooksWith(() => Promise.reject(new Error('src/pipelines/x.ts:4:3: wrong')));

    await expect(hooks['before:package:initialize']()).rejects.toThrow(/^src\/pipelines\/x\.ts:4:3: wrong$/);
  });

  it('goes ahead where there is none', async () => {
    await expect(hooksWith(() => Promise.resolve())['before:package:initialize']()).resolves.toBeUndefined();
  });
});
