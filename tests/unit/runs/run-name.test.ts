import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isFirstRun, readRunName } from '../../../src/runs/run-name.ts';

describe('the name of a run', () => {
  const number = fc.option(fc.integer({ min: 1, max: 999 }), { nil: undefined });

  it('is read as it was made, whatever the hash in it', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9a-f]{12}$/), number, number, (hash, rerun, next) => {
        const base = `20261124T010000000Z-${hash}`;
        const name = `${base}${rerun ? `-r${rerun}` : ''}${next ? `-c${next}` : ''}`;

        expect(isFirstRun(name)).toBe(name === base);
        expect(readRunName(name)).toEqual({ baseLoadId: base, rerun, continue: next });
      }),
    );
    expect(readRunName('20261124T010000000Z-c12345678901').continue).toBeUndefined();
  });
});
