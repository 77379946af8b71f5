import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fenceTableName } from '../../../src/names/elt-tables.ts';

describe('fenceTableName', () => {
  it('is an identifier that needs no quotes and fits PostgreSQL and Redshift, for any step', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z][A-Za-z0-9_]{0,63}$/), (step) => {
        expect(fenceTableName('load-orders', step)).toMatch(/^[a-z_][a-z0-9_]{0,62}$/);
      }),
    );
  });

  it('differs between steps that are alike but for case or a long beginning, and between pipelines', () => {
    const long = 'A'.repeat(63);
    const names = [
      fenceTableName('p', 'Load'),
      fenceTableName('p', 'LOAD'),
      fenceTableName('q', 'Load'),
      fenceTableName('p', `${long}B`),
      fenceTableName('p', `${long}C`),
    ];

    expect(new Set(names).size).toBe(names.length);
  });
});
