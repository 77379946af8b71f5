import { describe, expect, it } from 'vitest';
import { runSeeds } from '../../../src/simulation/fleet/run-seeds.ts';
import { simulateWorld } from '../../../src/simulation/simulate-world.ts';
import { extent } from '../../fixtures/runner/extent.ts';

const THREADS = extent(1, 2);
const FIRST = 2;
const WORLDS = extent(1, 200);
const SDK_WORLDS = 20;

describe('simulated worlds', () => {
  it('have loads, faults and people, and nothing in them that must not be', async () => {
    const { worlds, violated, counts } = await runSeeds({ first: FIRST, count: WORLDS, threads: THREADS });

    expect(violated).toEqual([]);
    expect(worlds).toBe(WORLDS);
    // What is rare needs many worlds to be seen.
    const { superseded, reruns, continuations, ...often } = counts;
    const seen = extent<object>(often, { superseded, reruns, continuations, ...often });
    for (const [what, count] of Object.entries(seen)) expect(count, what).toBeGreaterThan(0);
    expect(counts.published).toBeGreaterThan(WORLDS);
    expect(counts.historyEvents).toBeGreaterThan(WORLDS * 800);
  });

  it.each(extent([], ['the SDK clients']))('are as well through %s', async () => {
    const { violated, counts } = await runSeeds({
      first: 201,
      count: SDK_WORLDS,
      threads: THREADS,
      throughSdk: true,
    });

    expect(violated).toEqual([]);
    expect(counts.published).toBeGreaterThan(SDK_WORLDS / 3);
  });

  it('are the same each time for one seed', async () => {
    expect(await simulateWorld({ seed: 7 })).toEqual(await simulateWorld({ seed: 7 }));
  });
});
