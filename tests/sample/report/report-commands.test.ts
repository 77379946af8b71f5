import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type ReportFlags, writeReports } from '../../../src/cli/report/write-reports.ts';
import { systemClock } from '../../../src/clock.ts';
import { pipelines } from '../../../src/pipelines/index.ts';
import { readReport } from '../../../src/report/read/read-report.ts';
import type { Report } from '../../../src/report/report.ts';
import { useCommands } from '../../fixtures/runner/run-command.ts';
import { type Sample, startSample } from '../sample-stack.ts';

const BOOM = `CREATE OR REPLACE PROCEDURE dbo.sp_load_fact_sales() AS $$
BEGIN
  RAISE EXCEPTION 'boom <script>alert(1)</script>';
END;
$$ LANGUAGE plpgsql`;
const PROCEDURE = new URL('../../../sql/migrations/R__procedure_load_fact_sales.sql', import.meta.url);

let sample: Sample;
let folder: string;
const { run } = useCommands();

beforeAll(async () => {
  sample = await startSample();
  folder = await mkdtemp(join(tmpdir(), 'elt-reports-'));
});
afterEach(() => sample.renew());
afterAll(async () => {
  await sample.close();
  await rm(folder, { recursive: true });
});

const command = (name: 'report' | 'status', ...flags: string[]) =>
  run(name, '--endpoint-url', sample.stack.url, ...flags).ended;
/** The report of the last run, as the command makes it. */
async function lastReport(): Promise<Report> {
  const { sfn, dataApi: api } = sample;
  const [run] = await sample.executions();
  return readReport({ sfn, api, pipelines, clock: systemClock }, run?.arn ?? '');
}
/** Writes as the command does, in this process. */
const write = (flags: Partial<ReportFlags>) =>
  writeReports({ format: 'html', endpointUrl: sample.stack.url, ...flags });
const rowsOf = ({ rows }: Report) => Object.fromEntries(rows.map((row) => [row.name, row]));

const EXECUTIONS = 'arn:aws:states:us-east-1:000000000000:execution';

describe('before the first run', () => {
  it('there is nothing to report, and the status says so', async () => {
    await expect(write({})).rejects.toThrow(
      /^there is no run yet in stage local of redshift-elt-load-customer-sales/,
    );
    expect((await command('status')).lines).toEqual(['redshift-elt-load-customer-sales', '  – no run yet']);
  });
});

describe('npm run report', () => {
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

  it('writes one file that needs nothing else, and names it', async () => {
    await sample.load();
    const out = join(folder, 'one', 'report.html');

    const { code, lines } = await command('report', '--out', out);

    expect({ code, last: lines.at(-1) }).toEqual({ code: 0, last: `report: ${out}` });
    const page = await readFile(out, 'utf8');
    expect(page).toMatch(/^<!doctype html>/i);
    expect(page).not.toMatch(/(?:src|href)="(?!#|data:)/);
  });

  it('writes pages on all runs, which lead to each other, and lists runs that only the warehouse remembers', async () => {
    await sample.load();
    const { arn = '', name = '' } = (await sample.executions())[0] ?? {};
    await sample.warehouse.transaction('old run', [
      `INSERT INTO elt.runs SELECT pipeline, '${arn.replace(name, 'old')}', load_id, load_ended_at, run_started_at, 0,
        'dbo.customer_stg=70000', step_durations, recorded_at FROM elt.runs`,
    ]);
    const out = join(folder, 'site');

    await write({ days: 30, out });

    const files = (await readdir(out, { recursive: true })).filter((file) => file.endsWith('.html'));
    expect(files).toEqual(expect.arrayContaining(['index.html', expect.stringContaining(name)]));
    for (const file of files) {
      const page = await readFile(join(out, file), 'utf8');
      const links = [...page.matchAll(/href="([^"#]+)"/g)].map(([, link = '']) => link);
      expect(links.length).toBeGreaterThan(0);
      for (const link of links) expect(files).toContain(join(file, '..', link));
    }
    expect(await readFile(join(out, 'index.html'), 'utf8')).toContain('70,000 rows');
  });

  it.each([
    ['nonsense', /"nonsense" is not the ARN of an execution/],
    [
      `${EXECUTIONS}:redshift-elt-load-customer-sales-local:no`,
      /there is no execution .*:no\. Step Functions keeps/,
    ],
    [`${EXECUTIONS}:other-local:no`, /other-local is not the state machine of a pipeline of this tree/],
  ])('says what is wrong with %s', async (executionArn, said) => {
    await expect(write({ executionArn })).rejects.toThrow(expect.objectContaining({ name: 'InvalidConfig' }));
    await expect(write({ executionArn })).rejects.toThrow(said);
  });

  it('says that nothing listens, and where it cannot write', async () => {
    await sample.load();

    await expect(write({ endpointUrl: 'http://127.0.0.1:1' })).rejects.toThrow(
      /^nothing answers at http:\/\/127.0.0.1:1\. Start npm run local/,
    );
    await expect(write({ out: '/dev/null/report.html' })).rejects.toThrow(
      /^\/dev\/null\/report\.html cannot be written: .*Choose another path with --out$/,
    );
  });

  it('tells in one line what was wrong with the command', async () => {
    const { code, errors } = await command('report', '--days', '0');

    expect({ code, errors }).toEqual({
      code: 1,
      errors: expect.stringContaining('a whole number from 1 to 3650'),
    });
  });
});

describe('npm run status', () => {
  it('tells of the last run, and of a hold', async () => {
    await sample.load();

    const request = { pipeline: 'redshift-elt-load-customer-sales', reason: 'inventory' };
    await sample.invoke('start-run', { ...request, hold: true });
    const held = await command('status');
    await sample.invoke('start-run', { ...request, release: true });
    expect(held.lines.join('\n')).toMatch(/ {2}✓ Production shows the load .*9 rows/s);
    expect(held.lines.join('\n')).toContain('! held: nothing is started until it is released (inventory');
  });

  it('tells of a failure with its error', async () => {
    await sample.warehouse.transaction('boom', [BOOM]);
    await sample.load();

    const { code, lines } = await command('status');

    expect(code).toBe(0);
    expect(lines.join(' ').replaceAll(/\s+/g, ' ')).toMatch(
      /✗ The run failed at Load_Sales_Fact\. 1 of 2 steps took effect\. StatementFailed: .*boom/,
    );
  });
});
