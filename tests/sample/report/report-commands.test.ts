import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type ReportFlags, writeReports } from '../../../src/cli/report/write-reports.ts';
import { type Sample, startSample } from '../sample-stack.ts';
import { useCommands } from '../screen/run-command.ts';

const BOOM = `CREATE OR REPLACE PROCEDURE dbo.sp_load_fact_sales() AS $$
BEGIN
  RAISE EXCEPTION 'boom <script>alert(1)</script>';
END;
$$ LANGUAGE plpgsql`;
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
/** Writes as the command does, in this process. */
const write = (flags: Partial<ReportFlags>) =>
  writeReports({ format: 'html', endpointUrl: sample.stack.url, ...flags });
const EXECUTIONS = 'arn:aws:states:us-east-1:000000000000:execution';

describe('before the first run', () => {
  it('there is nothing to report, and the status says so', async () => {
    await expect(write({})).rejects.toThrow(
      /^there is no run yet in stage local of redshift-elt-load-customer-sales/,
    );
    expect((await command('status')).lines).toEqual(['redshift-elt-load-customer-sales', '  – no run yet']);
  });
});

describe('when Step Functions remembers no run', () => {
  it('the pages show those that the warehouse has recorded', async () => {
    await sample.warehouse.transaction('old run', [
      `INSERT INTO elt.runs SELECT 'redshift-elt-load-customer-sales', '${EXECUTIONS}:redshift-elt-load-customer-sales-local:old', 'old',
        '2026-01-01T02:00:00.000Z', '2026-01-01T02:00:01.000Z', 0, 'dbo.customer_stg=5000', 'Load_Customer_Dim=1200', getdate()`,
    ]);
    const out = join(folder, 'forgotten');

    await write({ days: 30, out });

    const page = await readFile(join(out, 'pipelines', 'redshift-elt-load-customer-sales.html'), 'utf8');
    expect(page).toContain(
      'Production shows the load of 2026-01-01 02:00 UTC: 5,000 rows of 1 staged table.',
    );
    expect(page).toContain('1.2 s');
  });
});

describe('npm run report', () => {
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
