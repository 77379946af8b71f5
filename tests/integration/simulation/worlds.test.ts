import { describe, expect, it } from 'vitest';
import { runSeeds } from '../../../src/simulation/fleet/run-seeds.ts';
import { simulateWorld } from '../../../src/simulation/simulate-world.ts';

const THREADS = 2;
const TIMEOUT_MS = 180_000;

describe('simulated worlds', () => {
  it('have loads, faults and people, and nothing in them that must not be', {
    timeout: TIMEOUT_MS,
  }, async () => {
    const { worlds, violated, counts } = await runSeeds({ first: 1, count: 80, threads: THREADS });

    expect(violated).toEqual([]);
    expect(worlds).toBe(80);
    const { superseded: _, ...frequent } = counts;
    for (const [what, count] of Object.entries(frequent)) expect(count, what).toBeGreaterThan(0);
    expect(counts.historyEvents).toBeGreaterThan(80 * 1_000);
  });

  it('are as well through the SDK clients', { timeout: TIMEOUT_MS }, async () => {
    const { violated, counts } = await runSeeds({
      first: 201,
      count: 20,
      threads: THREADS,
      throughSdk: true,
    });

    expect(violated).toEqual([]);
    expect(counts.published).toBeGreaterThan(8);
  });

  it('are the same each time for one seed', async () => {
    expect(await simulateWorld({ seed: 7 })).toEqual(await simulateWorld({ seed: 7 }));
  });
});
