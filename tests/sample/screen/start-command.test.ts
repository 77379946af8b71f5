import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { extent } from '../../fixtures/runner/extent.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const SIGNALS: ('SIGINT' | 'SIGTERM')[] = ['SIGINT', 'SIGTERM'];
const started: ChildProcess[] = [];
/** Where the commands of these tests put what is temporary: nothing may be left in it. */
let temporary: string;

/** Runs a command's TypeScript as its npm script does, and collects what it prints. */
function run(file: string, ...flags: string[]) {
  const child = spawn(process.execPath, [`src/cli/${file}.ts`, ...flags], {
    cwd: root,
    env: { ...process.env, TMPDIR: temporary },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push(child);
  const lines: string[] = [];
  const waiting = new Map<string, () => void>();
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(line);
    for (const [text, found] of waiting) if (line.includes(text)) found();
  });
  let errors = '';
  child.stderr.on('data', (data) => {
    errors += data;
  });
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal, lines, errors }));
  const prints = (text: string) => new Promise<void>((resolve) => waiting.set(text, resolve));
  return { child, ended, prints };
}

const leftBehind = () => readdir(temporary);

describe('npm start', () => {
  beforeAll(async () => {
    temporary = await mkdtemp(join(tmpdir(), 'elt-start-'));
    // Run by root, the server is somebody else.
    await chmod(temporary, 0o777);
  });
  afterAll(() => rm(temporary, { recursive: true }));
  afterEach(() => {
    for (const child of started.splice(0)) child.kill('SIGKILL');
  });

  it('ends with 0, and shows the steps and the rows of each table', async () => {
    const { code, lines } = await run('start').ended;

    expect(code).toBe(0);
    const text = lines.join('\n');
    expect(text).toMatch(/✓ Load_Customer_Dim calls dbo\.sp_load_cust_dim: done/);
    expect(text).toMatch(/✓ Load_Sales_Fact calls dbo\.sp_load_fact_sales: done/);
    expect(text).toMatch(/dbo\.dim_cust +3 rows +production/);
    expect(text).toMatch(/dbo\.fact_sales +6 rows +production/);
    expect(text).toMatch(/^notification SUCCEEDED: redshift-elt-load-customer-sales-local$/m);
  });

  it('ends without a trace when nobody reads on', async () => {
    const { child, ended, prints } = run('start');
    await prints('full load of DMS task');

    child.stdout.destroy();
    child.stderr.destroy();

    expect(await ended).toMatchObject({ code: 141 });
    expect(await leftBehind()).toEqual([]);
  });

  it('shows, each time, what failed and why, what was not run, who was told, and what to do', async () => {
    for (let time = 1; time <= extent(1, 3); time += 1) {
      const { code, lines, errors } = await run('start', '--sample', 'as-published').ended;

      expect(code).toBe(1);
      expect(errors).toBe('');
      const text = lines.join('\n');
      expect(text).not.toContain('\u001B');
      const inOrder = [
        /^✓ Verify_Full_Load: 2 staged tables, 9 rows \(/m,
        /^✗ Check_Staged_Sales checks sales_without_customer: DataCheckFailed \(/m,
        /^ {4}6 rows are wrong: Staged sales/m,
        /^ {4}statement [0-9a-f-]{36}$/m,
        /^– Load_Customer_Dim calls dbo\.sp_load_cust_dim: not run, because Check_Staged_Sales failed$/m,
        /^– Load_Sales_Fact .*: not run/m,
        /^– Check_Sales_Fact .*: not run/m,
        /^notification FAILED: redshift-elt-load-customer-sales-local at Check_Staged_Sales$/m,
        /^ {2}│ Error: DataCheckFailed$/m,
        /^✗ the run FAILED: DataCheckFailed at Check_Staged_Sales$/m,
        /^ {2}nothing took effect/m,
        /^ {2}did not +Load_Customer_Dim \(not run\), Load_Sales_Fact \(not run\)$/m,
        /^What to do:\n {2}\S/m,
        /^ {2}npm start {2}/m,
      ];
      const places = inOrder.map((pattern) => text.search(pattern));
      expect(places).not.toContain(-1);
      expect(places).toEqual(places.toSorted((x, y) => x - y));
    }
  });

  it('loads as many sales as it is asked for', async () => {
    const { code, lines } = await run('start', '--rows', '12345').ended;

    expect(code).toBe(0);
    expect(lines.join('\n')).toMatch(/dbo\.fact_sales +12,345 rows/);
  });

  it.each([
    [['--rows', 'many'], 'must be a whole number'],
    [['--sample', 'mine'], 'Allowed choices are small, as-published'],
    [
      ['--pipeline', 'none'],
      'there is no pipeline "none"; the pipelines are: redshift-elt-load-customer-sales, customer-sales',
    ],
    [['--colour'], "unknown option '--colour'"],
  ])('refuses %s, starts nothing and ends with 1', async (flags, message) => {
    const { code, errors } = await run('start', ...flags).ended;

    expect(code).toBe(1);
    expect(errors).toContain(message);
  });

  it('ends, and leaves nothing behind, when the local stack cannot be made', async () => {
    const { code, errors } = await run('local', '--port', '0', '--fail-table', 'dms_sample.none').ended;

    expect(code).toBe(1);
    expect(errors).toContain('the source has no table "dms_sample.none"');
    expect(await leftBehind()).toEqual([]);
  });

  it.each(extent(SIGNALS.slice(0, 1), SIGNALS))('leaves nothing behind after %s', async (signal) => {
    const { child, ended, prints } = run('start', '--rows', '200000');
    await prints('full load of DMS task');

    child.kill(signal);

    expect(await ended).toMatchObject({ code: { SIGINT: 130, SIGTERM: 143 }[signal] });
    expect(await leftBehind()).toEqual([]);
  });

  it('leaves nothing behind after a crash', async () => {
    const { child, prints } = run('local', '--port', '0');
    await prints('ready');
    expect(await leftBehind()).toHaveLength(1);

    child.kill('SIGKILL');

    await expect.poll(leftBehind).toEqual([]);
  });
});
