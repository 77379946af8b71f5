import { afterEach, describe, expect, it } from 'vitest';
import { findWrongTables, readSoakFiles } from '../../src/cli/soak/production-check.ts';
import { runSoak } from '../../src/cli/soak/run-soak.ts';
import { createSoakWorld, type SoakWorld } from '../../src/cli/soak/soak-world.ts';
import { createChaos } from '../../src/local/chaos/chaos.ts';
import { createHurriedClock } from '../../src/local/clocks.ts';
import { customerSales } from '../../src/pipelines/customer-sales.ts';
import { type Sample, startSample } from './sample-stack.ts';

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
    world = createSoakWorld(sample.stack, customerSales);

    const files = await readSoakFiles();
    const { notifications } = sample;
    const report = await runSoak(world, { loads: 3, files, notifications, report: () => {} });

    expect(report).toMatchObject({ published: 3, failed: 0, violations: [] });
    expect(chaos.counts.size).toBeGreaterThan(5);
    expect(
      await sample.warehouse.query('new', "SELECT 1 FROM dbo.fact_sales WHERE order_number LIKE 'soak-%'"),
    ).toHaveLength(3);

    // Production that does not show the load is seen, both ways.
    await sample.warehouse.transaction('wrong', [
      "UPDATE dbo.fact_sales SET order_amt = 7 WHERE order_number = '101'",
    ]);
    expect(await findWrongTables(world, files)).toEqual([
      expect.stringMatching(
        /^production differs from the load in 2 rows, the first is (only|not) in production, 101, /,
      ),
    ]);
  });
});
