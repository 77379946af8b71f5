import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runAhead } from '../../../src/runs/take-turn.ts';

const at = (minute: number) => new Date(Date.UTC(2026, 10, 24, 1, minute));
const run = (name: string, minute: number) => ({ arn: `arn:${name}`, name, since: at(minute) });

describe('runAhead', () => {
  it('is the run that began first', () => {
    expect(runAhead([run('c', 3), run('b', 2), run('a', 1)], 'arn:c', at(3))?.name).toBe('a');
  });

  it('is nobody for the first', () => {
    expect(runAhead([run('a', 1), run('b', 2)], 'arn:a', at(1))).toBeUndefined();
  });

  it('does not wait for itself, nor for a run that began later', () => {
    expect(runAhead([run('a', 1)], 'arn:a', at(1))).toBeUndefined();
    expect(runAhead([run('b', 2)], 'arn:a', at(1))).toBeUndefined();
  });

  it('puts a redriven run behind those that were running when it came back', () => {
    const redriven = run('old', 10);

    expect(runAhead([redriven, run('new', 5)], 'arn:old', at(10))?.name).toBe('new');
    expect(runAhead([redriven, run('new', 5)], 'arn:new', at(5))).toBeUndefined();
  });

  it('lets exactly one of any runs go first, whoever asks', () => {
    const runs = fc.uniqueArray(
      fc.record({
        name: fc.string({ minLength: 1, maxLength: 3, unit: 'grapheme-ascii' }),
        minute: fc.nat(3),
      }),
      {
        selector: ({ name }) => name,
        minLength: 1,
        maxLength: 6,
      },
    );

    fc.assert(
      fc.property(runs, (all) => {
        const running = all.map(({ name, minute }) => run(name.replaceAll(':', '-'), minute));
        fc.pre(new Set(running.map(({ name }) => name)).size === running.length);
        const first = running.filter(({ arn, since }) => runAhead(running, arn, since) === undefined);
        expect(first).toHaveLength(1);
      }),
    );
  });
});
