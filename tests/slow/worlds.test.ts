import { describe, expect, it } from 'vitest';
import { runSeeds } from '../../src/simulation/fleet/run-seeds.ts';

const THREADS = 2;
const WORLDS = 200;
const SDK_WORLDS = 20;

describe('many simulated worlds', () => {
  it('have loads, faults and people, and nothing in them that must not be', async () => {
    const { worlds, violated, counts } = await runSeeds({ first: 1, count: WORLDS, threads: THREADS });

    expect(violated).toEqual([]);
    expect(worlds).toBe(WORLDS);
    for (const [what, count] of Object.entries(counts)) expect(count, what).toBeGreaterThan(0);
    expect(counts.historyEvents).toBeGreaterThan(WORLDS * 1_000);
  });

  it('are as well through the SDK clients', async () => {
    const { violated, counts } = await runSeeds({
      first: 201,
      count: SDK_WORLDS,
      threads: THREADS,
      throughSdk: true,
    });

    expect(violated).toEqual([]);
    expect(counts.published).toBeGreaterThan(8);
  });
});
