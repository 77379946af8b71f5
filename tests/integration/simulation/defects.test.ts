import { describe, expect, it } from 'vitest';
import { DEFECTS } from '../../../src/simulation/defects/defects.ts';
import { replaySeed } from '../../../src/simulation/fleet/run-jobs.ts';
import { simulateWorld } from '../../../src/simulation/simulate-world.ts';

/** A seed whose world notices each mistake, and in which words: found by `npm run simulate -- --defects`. */
const SEEDS: Readonly<Record<string, readonly [seed: number, violation: RegExp]>> = {
  'random ClientToken': [1, /submitted twice within eight hours/],
  'redrive count in the token': [2, /submitted twice within eight hours/],
  'no fence': [2, /took load \S+ to production, with \S+, 2 times/],
  'no staging count': [9, /of another load, or half of one/],
  'audits in a transaction of their own': [
    1,
    /says published, but not what "unique mart\.step_3 \(id\)" of Step_3 found/,
  ],
  'a group published step by step': [2, /showed several loads side by side/],
  'no adoption at redrive': [17, /submitted again although lists show the first/],
  'ABORTED taken as running': [1, /is waited for, and is ABORTED/],
  'no turn-taking and no fence': [2, /took load \S+ to production, with \S+, 2 times/],
  'counts looked up by name alone': [1, /was not published, and staging holds its load/],
  'deadline silenced': [4, /nobody was told of the deadline of /],
  'deadline told under a name of its own each time': [
    4,
    /the deadline of \S+ for \S+ was (?:told|warned of) 2 times/,
  ],
  'no verify': [1, /of an incomplete load/],
  'late Describe taken as superseded': [4, /says superseded, but no newer load had begun/],
  'late stop event not guarded': [56, /had long been running again, was cancelled as stopped/],
  'redrive without guard': [10, /submitted under a redrive, long after a newer load/],
  'name from the event id': [1, /has 2 runs/],
  'continued under a load id of its own': [1, /was gone on with before it had a run/],
  'identity by full-load start': [1, /of an incomplete load/],
  'sweep without look-back': [1, /was swept, its load ended before sweeping began/],
};

describe('a deliberate mistake', () => {
  it('has a seed that notices it', () => {
    expect(Object.keys(SEEDS).toSorted()).toEqual(DEFECTS.map(({ name }) => name).toSorted());
  });

  it.each(DEFECTS)('is noticed: $name', async ({ name, variation }) => {
    const [seed, violation] = SEEDS[name] as (typeof SEEDS)[string];

    const { violations } = await simulateWorld({ seed, variation });

    expect(violations.join('\n')).toMatch(violation);
  });

  it('is none of the product', async () => {
    for (const seed of new Set(Object.values(SEEDS).map(([kept]) => kept)))
      expect((await simulateWorld({ seed })).violations).toEqual([]);
  });

  it('is shown with the fewest faults that it takes, and all that happened', async () => {
    const { report, log } = await replaySeed({ seed: 3, defect: 'no verify' });

    expect(report.violations.length).toBeGreaterThan(0);
    expect(report.faults.length).toBeLessThan(10);
    expect(report.faults.map(({ kind }) => kind)).toContain('table-error');
    expect(log.some((line) => line.includes('VIOLATION'))).toBe(true);
  });
});
