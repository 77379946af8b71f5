import { afterEach, describe, expect, it } from 'vitest';
import { type Sample, startSample } from './sample-stack.ts';

let sample: Sample;
const countFacts = () =>
  sample.warehouse.query(
    'facts',
    'SELECT count(*)::varchar, coalesce(sum(order_amt), 0)::varchar FROM dbo.fact_sales',
  );

describe('a load without one of its tables', () => {
  afterEach(() => sample.close());

  it('fails naming the table, leaves production as it was, and runs when DMS has resumed', async () => {
    sample = await startSample({ failTable: 'dms_sample.sales' });
    await sample.warehouse.transaction('old', ["INSERT INTO dbo.fact_sales VALUES ('1', 1, 7)"]);

    await sample.load();
    expect(await sample.endOfLastRun()).toMatchObject({
      status: 'FAILED',
      error: 'LoadIncomplete',
      cause: expect.stringContaining('dms_sample.sales: Table error'),
    });
    expect(await countFacts()).toEqual([['1', '7.00']]);
    await sample.stack.idle();
    expect(sample.notifications).toEqual([expect.stringContaining('LoadIncomplete')]);

    await sample.load('resume-processing');
    expect(await sample.endOfLastRun()).toMatchObject({ status: 'SUCCEEDED' });
    expect(await sample.executions()).toMatchObject([{ status: 'SUCCEEDED' }, { status: 'FAILED' }]);
    expect(await countFacts()).toEqual([['6', '685.00']]);
  });
});
