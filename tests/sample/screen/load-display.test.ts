import { afterEach, describe, expect, it } from 'vitest';
import type { ProgressDisplay } from '../../../src/cli/screen/list/progress-display.ts';
import { runLoadTask } from '../../../src/cli/screen/run-load-task.ts';
import { type Sample, startSample } from '../sample-stack.ts';

const TASK = 'dms-full-dump-task';
const FILES = '  by sql/sample/table-mappings.json and sql/sample/task-settings.json';

let sample: Sample;
const log: string[] = [];

/** What `npm start` shows of the load, without the times. */
async function shownLoad(): Promise<readonly string[]> {
  const lines: string[] = [];
  const display: ProgressDisplay = {
    begin: () => {},
    columns: 100,
    isLive: false,
    list: () => {},
    end: (what, result, { mark = '✓' } = {}) => void lines.push(`${mark} ${what}: ${result}`),
    line: (text) => void lines.push(text),
    sentence: (text) => void lines.push(text),
    close: () => {},
  };
  await runLoadTask({ url: sample.stack.url, identifier: TASK, log }, display);
  return lines;
}

describe('what is shown of a load', () => {
  afterEach(async () => {
    await sample.stack.idle();
    await sample.close();
    log.length = 0;
  });

  it('is a tick where every table is there, and the files that it went by', async () => {
    sample = await startSample();

    expect(await shownLoad()).toEqual([
      `✓ full load of DMS task ${TASK}: customer 3 rows, sales 6 rows; Stop Reason FULL_LOAD_ONLY_FINISHED`,
      FILES,
    ]);
  });

  it('is no tick, and the reason, where a table is not', async () => {
    sample = await startSample({ onTaskLog: (_, line) => void log.push(line) });
    await sample.warehouse.transaction('lock DMS out', ['REVOKE TRUNCATE ON dbo.fact_sales_stg FROM dms']);

    expect(await shownLoad()).toEqual([
      `✗ full load of DMS task ${TASK}: customer 3 rows, sales Table error; Stop Reason FULL_LOAD_ONLY_FINISHED`,
      '  dms_sample.sales could not be loaded into dbo.fact_sales_stg: permission denied for table fact_sales_stg',
      FILES,
    ]);
  });

  it('is no tick, and the reason, where the task failed', async () => {
    sample = await startSample({ onTaskLog: (_, line) => void log.push(line) });
    await sample.source.transaction('lock DMS out', ['REVOKE SELECT ON dms_sample.sales FROM dms']);

    const [first, reason] = await shownLoad();

    expect(first).toMatch(
      /^✗ full load of DMS task .*sales Table cancelled; Last Error {2}permission denied/,
    );
    expect(reason).toMatch(/^ {2}Last Error {2}permission denied for table sales/);
  });
});
