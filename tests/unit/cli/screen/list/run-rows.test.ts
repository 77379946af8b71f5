import { describe, expect, it } from 'vitest';
import { createRunDisplay } from '../../../../../src/cli/screen/list/run-display.ts';
import { runRows } from '../../../../../src/cli/screen/list/run-rows.ts';
import type { ShownRow } from '../../../../../src/cli/screen/list/shown-row.ts';
import { readRun } from '../../../../../src/run-history/read-run.ts';
import type { Run, RunStep } from '../../../../../src/run-history/run.ts';
import { orders } from '../../../../fixtures/pipeline.ts';

const [first, ...others] = orders.steps;
const base = readRun(orders, []);

/** A run whose first step is as given. */
const runWith = (step: Partial<RunStep>, run: Partial<Run> = {}): Run => ({
  ...base,
  status: 'RUNNING',
  ...run,
  steps: base.steps.map((other, index) => (index === 0 ? { ...other, ...step } : other)),
});
const done = { state: 'done', effect: 'applied', startedAt: 0, endedAt: 1500, attempts: 1 } as const;
const name = first?.name ?? '';

describe('the rows of a run', () => {
  it('are all of its steps from the beginning on, in the pipeline’s order', () => {
    const rows = runRows(orders, runWith({}), new Map());

    expect(rows.map((row) => row.name)).toEqual([
      'Verify_Full_Load',
      name,
      ...others.map((step) => step.name),
    ]);
    expect(rows.map(({ state, result }) => [state, result])).toEqual(rows.map(() => ['not-started', '']));
  });

  it('say of a step what it wrote, in groups of three digits', () => {
    const written = new Map([[name, [{ table: 'mart.orders', inserted: 12345, deleted: 6789 }]]]);

    const row = runRows(orders, runWith({ kind: 'call', ...done }), written)[1];

    expect(row?.result).toBe('mart.orders: 12,345 in, 6,789 out');
    expect(row?.sentence.result).toBe('done; mart.orders: 12,345 in, 6,789 out');
  });

  it('say of a check how many rows were wrong', () => {
    const check = { ...done, kind: 'check', effect: 'reads-only' } as const;

    expect(runRows(orders, runWith(check), new Map())[1]?.result).toBe('0 wrong rows');
    expect(runRows(orders, runWith({ ...check, wrongRows: 2 }), new Map())[1]?.result).toBe(
      'done, it warns: 2 wrong rows',
    );
  });

  it('say why a step was not run', () => {
    const failure = { error: 'StatementFailed', cause: 'boom' };

    const rows = runRows(
      orders,
      runWith({ state: 'failed', failure }, { status: 'FAILED', failure }),
      new Map(),
    );

    expect(rows[1]).toMatchObject({ state: 'failed', result: 'StatementFailed', cause: 'boom' });
    expect(rows[2]?.result).toBe(`not run, because ${name} failed`);
  });
});

describe('the display of a run', () => {
  const shown: string[] = [];
  const lists: (readonly ShownRow[])[] = [];
  const display = {
    columns: 100,
    begin: (what: string) => void shown.push(`… ${what}`),
    end: (what: string, result: string) => void shown.push(`${what}: ${result}`),
    line: (text: string) => void shown.push(text),
    sentence: (text: string) => void shown.push(text),
    list: (rows: readonly ShownRow[]) => void lists.push(rows),
    close: () => {},
  };
  const inserted = { table: 'mart.orders', inserted: 7, deleted: 0 };

  it('tells an end with its rows, before what begins after it', async () => {
    const answer = Promise.withResolvers<readonly (typeof inserted)[]>();
    const runs = createRunDisplay(orders, { ...display, isLive: false }, () => answer.promise);
    runs.update(runWith({ kind: 'call', state: 'running', startedAt: 0 }));
    const ended = runWith({ kind: 'call', ...done });
    const next = {
      ...ended,
      steps: ended.steps.map((step, index) => (index === 1 ? { ...step, state: 'running' as const } : step)),
    };
    runs.update(next);
    answer.resolve([inserted]);
    await runs.finish(next);

    const told = shown.filter((line) => line.includes(name) || line.includes(others[0]?.name ?? '-'));
    expect(told[1]).toMatch(/done; mart\.orders: 7 in$/);
    expect(told[2]).toMatch(new RegExp(`^… ${others[0]?.name}`));
  });

  it('goes on without the rows when they cannot be found out', async () => {
    const runs = createRunDisplay(orders, { ...display, isLive: true }, () =>
      Promise.reject(new Error('no')),
    );
    const ended = runWith({ kind: 'call', ...done });
    runs.update(ended);
    await runs.finish(ended);

    expect(lists.at(-1)?.[1]?.result).toBe('done');
  });
});
