import { readFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/clock.ts';
import { pipelines } from '../../../src/pipelines/index.ts';
import { readReport } from '../../../src/report/read/read-report.ts';
import type { Report } from '../../../src/report/report.ts';
import { type Sample, startSample } from '../sample-stack.ts';

const BOOM = `CREATE OR REPLACE PROCEDURE dbo.sp_load_fact_sales() AS $$
BEGIN
  RAISE EXCEPTION 'boom <script>alert(1)</script>';
END;
$$ LANGUAGE plpgsql`;
const PROCEDURE = new URL('../../../sql/migrations/R__procedure_load_fact_sales.sql', import.meta.url);

let sample: Sample;

beforeAll(async () => {
  sample = await startSample();
});
afterEach(() => sample.renew());
afterAll(() => sample.close());

/** The report of the last run. */
async function lastReport(): Promise<Report> {
  const { sfn, dataApi: api } = sample;
  const [run] = await sample.executions();
  return readReport({ sfn, api, pipelines, clock: systemClock }, run?.arn ?? '');
}
const rowsOf = ({ rows }: Report) => Object.fromEntries(rows.map((row) => [row.name, row]));

describe('the report of a run of the sample', () => {
  it('tells of a load that was published: rows, times, statements, audits', async () => {
    await sample.load();
    await sample.load();

    const report = await lastReport();

    expect(report).toMatchObject({
      outcome: { state: 'published' },
      pipeline: 'redshift-elt-load-customer-sales',
      stage: 'local',
      redrives: 0,
      unknown: [],
      load: {
        tables: [
          { table: 'dbo.customer_stg', rows: 3 },
          { table: 'dbo.fact_sales_stg', rows: 6 },
        ],
      },
    });
    expect(report).not.toHaveProperty('trouble');
    expect(report.audits).toHaveLength(4);
    expect(rowsOf(report).Load_Sales_Fact?.step).toMatchObject({
      effect: 'applied',
      attempts: 1,
      procedures: ['dbo.sp_load_fact_sales'],
      written: [{ table: 'dbo.fact_sales', inserted: 6, deleted: 6 }],
      before: { runs: 1 },
      redshiftQueryId: expect.any(Number),
    });
    expect(report.timing.from).toBe(report.load.stoppedAt);
  });

  it('tells of a failure what took effect and the command of the repair, and of the redrive that followed', async () => {
    await sample.warehouse.transaction('boom', [BOOM]);
    await sample.load();
    const { arn = '' } = (await sample.executions())[0] ?? {};

    const failed = await lastReport();

    expect(failed.outcome).toEqual({
      state: 'failed',
      sentence: 'The run failed at Load_Sales_Fact. 1 of 2 steps took effect.',
    });
    expect(failed.trouble).toMatchObject({ error: 'StatementFailed', at: 'Load_Sales_Fact' });
    expect(failed.trouble?.cause).toContain('boom <script>');
    expect(failed.trouble?.effects.map(({ kind, texts }) => [kind, texts])).toEqual([
      ['applied', ['Load_Customer_Dim']],
      ['not-applied', ['Load_Sales_Fact (rolled back)']],
    ]);
    const commands = failed.trouble?.repairs.flatMap(({ actions }) =>
      actions.flatMap((action) => action.commands),
    );
    expect(commands).toContain(
      `aws stepfunctions redrive-execution --region us-east-1 --execution-arn ${arn}`,
    );
    expect(rowsOf(failed).Load_Sales_Fact?.spans.map(({ kind }) => kind)).toContain('failed');
    expect(rowsOf(failed).Confirm_Load?.result).toBe('not run, because Load_Sales_Fact failed');

    await sample.warehouse.transaction('repair', [await readFile(PROCEDURE, 'utf8')]);
    await sample.redrive();
    const redriven = await lastReport();
    expect(redriven).toMatchObject({ outcome: { state: 'published' }, redrives: 1 });
    expect(rowsOf(redriven).Load_Sales_Fact?.spans.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['failed', 'halted', 'running']),
    );
  });
});
