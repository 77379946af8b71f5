import { afterEach, describe, expect, it } from 'vitest';
import { runSoak } from '../../src/cli/soak/run-soak.ts';
import { createSoakWorld, type SoakWorld } from '../../src/cli/soak/soak-world.ts';
import { createChaos } from '../../src/local/chaos/chaos.ts';
import { createHurriedClock } from '../../src/local/hurried-clock.ts';
import { type Sample, startSample, TASK_ARN } from './sample-stack.ts';

let sample: Sample;
let world: SoakWorld;

describe('loads under chaos', () => {
  afterEach(async () => {
    world.close();
    await sample.close();
  });

  it('are published once each, with the rows of the last one', async () => {
    const waits = createHurriedClock(200);
    const chaos = createChaos({ rate: 0.2, seed: 1, waits });
    sample = await startSample({ waits, chaos });
    world = createSoakWorld(sample.stack, TASK_ARN);

    const report = await runSoak(world, { loads: 3, notifications: sample.notifications, report: () => {} });

    expect(report).toMatchObject({ published: 3, failed: 0, violations: [] });
    expect(chaos.counts.size).toBeGreaterThan(5);
  });
});
