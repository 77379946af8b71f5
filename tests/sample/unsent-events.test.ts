import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createChaos } from '../../src/local/chaos/chaos.ts';
import { type Sample, startSample } from './sample-stack.ts';

const pipeline = 'redshift-elt-load-customer-sales';

let sample: Sample;
const FACTS = 'SELECT order_number, cust_key::varchar, order_amt::varchar FROM dbo.fact_sales ORDER BY 1';
const facts = () => sample.warehouse.query('facts', FACTS);
const askStartRun = (request: object) =>
  sample.invoke('start-run', { pipeline, reason: 'as a person asks', ...request });

describe('a load whose event is never sent', () => {
  afterAll(() => sample.close());

  it('is found by the sweep, once', async () => {
    sample = await startSample({ chaos: createChaos({ rate: 1, seed: 1, only: ['lost-event'] }) });
    await sample.load();
    expect(await sample.executions()).toEqual([]);

    expect(await sample.invoke('sweep-loads', {})).toMatchObject({ started: 1, reaped: [] });
    expect(await sample.endOfLastRun()).toMatchObject({ status: 'SUCCEEDED' });
    expect(await sample.invoke('sweep-loads', {})).toMatchObject({
      started: 0,
      runs: [{ outcome: 'already-started' }],
    });

    expect(await sample.executions()).toHaveLength(1);
    expect(await facts()).toHaveLength(6);
  });
});

describe('a person', () => {
  beforeAll(async () => {
    sample = await startSample();
  });
  afterEach(() => sample.renew());
  afterAll(() => sample.close());

  it('holds a pipeline, whose event then starts nothing and says so, and releases it', async () => {
    expect(await askStartRun({ hold: true })).toMatchObject({ outcome: 'held' });

    await sample.load();
    expect(await sample.executions()).toEqual([]);
    expect(sample.logs.filter((line) => line.startsWith('start-run') && line.includes('"held"'))).toEqual([
      expect.stringContaining('the pipeline is held: as a person asks'),
      expect.stringContaining('the pipeline is held: as a person asks'),
    ]);

    expect(await askStartRun({ release: true })).toMatchObject({ outcome: 'started' });
    expect(await sample.endOfLastRun()).toMatchObject({ status: 'SUCCEEDED' });
    expect(await facts()).toHaveLength(6);
  });

  it('runs a load again under a number, which the same number does not do twice', async () => {
    await sample.load();
    const [first] = await sample.executions();
    const before = await facts();

    const again = await askStartRun({ rerun: 1 });
    expect(await sample.endOfLastRun()).toMatchObject({ status: 'SUCCEEDED' });

    expect(again).toMatchObject({ outcome: 'started', executionArn: `${first?.arn}-r1` });
    expect(await askStartRun({ rerun: 1 })).toMatchObject({
      outcome: 'already-started',
      executionArn: `${first?.arn}-r1`,
    });
    expect(await sample.executions()).toHaveLength(2);
    expect(await facts()).toEqual(before);
  });
});
