import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createHurriedClock } from '../../src/local/clocks.ts';
import { fenceTableName } from '../../src/names/elt-tables.ts';
import { holdTransaction } from '../fixtures/held-transaction.ts';
import { type Sample, startSample } from './sample-stack.ts';

const FACTS =
  'SELECT f.order_number, d.cust_id, f.order_amt::varchar FROM dbo.fact_sales f JOIN dbo.dim_cust d ON d.cust_key = f.cust_key ORDER BY 1';
const SALES = 'SELECT order_number, cust_id, order_amt::varchar FROM dms_sample.sales ORDER BY 1';
const FENCE = `elt.${fenceTableName('redshift-elt-load-customer-sales', 'Load_Customer_Dim')}`;

let sample: Sample;
const addSale = (order: number) =>
  sample.source.transaction('sale', [`INSERT INTO dms_sample.sales VALUES ('${order}', '101', ${order})`]);

/** How every run has ended, the first one first. */
async function endsOfRuns() {
  const runs = (await sample.executions()).toReversed();
  const ends = await Promise.all(runs.map(({ arn }) => sample.stack.stepFunctions.waitForEnd(arn)));
  return ends.map((end) => ({
    ...end,
    ...('output' in end ? { output: JSON.parse(end.output ?? '') } : {}),
  }));
}

async function expectFactsOfLastLoad(): Promise<void> {
  expect(await sample.warehouse.query('facts', FACTS)).toEqual(await sample.source.query('sales', SALES));
}

describe('loads that come while an earlier one is processed', () => {
  beforeAll(async () => {
    sample = await startSample({ waits: createHurriedClock(200) });
  });
  afterEach(() => sample.renew());
  afterAll(() => sample.close());

  it('wait for their turn, and only the last one is run', async () => {
    const step = await holdTransaction(
      sample.stack.warehouse,
      `LOCK TABLE ${FENCE} IN ACCESS EXCLUSIVE MODE`,
    );
    await sample.loadOnly();
    await step.untilWaitedFor();
    for (const order of [201, 202, 203]) {
      await addSale(order);
      await sample.loadOnly('reload-target');
    }
    expect((await sample.executions())[0]).toMatchObject({ status: 'RUNNING' });

    await step.commit();

    expect(await endsOfRuns()).toMatchObject([
      {
        status: 'FAILED',
        error: 'LoadChanged',
        cause: expect.stringContaining('staging no longer holds load'),
      },
      {
        status: 'SUCCEEDED',
        output: { outcome: 'superseded', reason: expect.stringContaining('newer load') },
      },
      { status: 'SUCCEEDED', output: { outcome: 'superseded' } },
      { status: 'SUCCEEDED', output: { outcome: 'published' } },
    ]);
    await expectFactsOfLastLoad();
  });

  it('do not begin while a procedure works on staging, and are run behind it', async () => {
    const reader = await holdTransaction(
      sample.stack.warehouse,
      'LOCK TABLE dbo.dim_cust IN ACCESS EXCLUSIVE MODE',
    );
    await sample.loadOnly();
    await reader.untilWaitedFor();
    await addSale(201);
    const reload = sample.loadOnly('reload-target');

    await reader.commit();
    await reload;

    const ends = await endsOfRuns();
    expect(ends).toMatchObject([
      { status: 'FAILED', error: 'LoadChanged' },
      { status: 'SUCCEEDED', output: { outcome: 'published' } },
    ]);
    await expectFactsOfLastLoad();
  });
});
