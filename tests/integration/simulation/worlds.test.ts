import { describe, expect, it } from 'vitest';
import { simulateWorld } from '../../../src/simulation/simulate-world.ts';

describe('a simulated world', () => {
  it.each([1, 2, 5])('of seed %i has loads and runs, and nothing in it that must not be', async (seed) => {
    const { violations, counts } = await simulateWorld({ seed });

    expect(violations).toEqual([]);
    expect(counts.published).toBeGreaterThan(0);
    expect(counts.historyEvents).toBeGreaterThan(100);
  });

  it('is the same each time for one seed', async () => {
    const first = await simulateWorld({ seed: 7 });
    const second = await simulateWorld({ seed: 7 });

    expect(second).toEqual(first);
  });
});
