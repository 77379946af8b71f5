import { describe, expect, it } from 'vitest';
import { SourceError } from '../../../../src/local/services/dms/load/load-errors.ts';
import { type LoadRules, loadTables } from '../../../../src/local/services/dms/load/load-tables.ts';

const SUBTASKS = 8;
const RULES: LoadRules = { subtasks: SUBTASKS, tableErrors: 'SUSPEND_TABLE' };

/** Records what happens to each table; `copy` says how its copy goes. */
function createSteps(copy: (table: string, open: number) => Promise<number>) {
  const log: string[] = [];
  const peak = { open: 0 };
  let open = 0;
  return {
    log,
    peak,
    started: (table: string) => void log.push(`start ${table}`),
    async copy(table: string) {
      open += 1;
      peak.open = Math.max(peak.open, open);
      try {
        return await copy(table, open);
      } finally {
        open -= 1;
      }
    },
    completed: (table: string, rows: number) => void log.push(`completed ${table} ${rows}`),
    failed: (table: string, error: Error) => void log.push(`failed ${table}: ${error.message}`),
    cancelled: (table: string) => void log.push(`cancelled ${table}`),
  };
}

describe('loadTables', () => {
  it(`loads at most ${SUBTASKS} tables at a time, in order`, async () => {
    const steps = createSteps(async () => 1);
    const tables = Array.from({ length: 20 }, (_, index) => `t${index}`);

    await loadTables(tables, steps, new AbortController(), RULES);

    expect(steps.peak.open).toBe(SUBTASKS);
    expect(steps.log.filter((line) => line.startsWith('start'))).toEqual(
      tables.map((table) => `start ${table}`),
    );
    expect(steps.log.filter((line) => line.startsWith('completed'))).toHaveLength(20);
  });

  it('goes on after a table that failed', async () => {
    const steps = createSteps(async (table) => {
      if (table === 'bad') throw new Error('no such column');
      return 3;
    });

    await loadTables(['bad', 'good'], steps, new AbortController(), RULES);

    expect(steps.log).toEqual(expect.arrayContaining(['failed bad: no such column', 'completed good 3']));
  });

  it('ends the task with a table that failed, where the settings say so', async () => {
    const steps = createSteps(async (table) => {
      if (table === 'bad') throw new Error('no such column');
      return 3;
    });
    const loading = loadTables(['bad', 'good'], steps, new AbortController(), {
      subtasks: 1,
      tableErrors: 'STOP_TASK',
    });

    await expect(loading).rejects.toThrow('TableErrorPolicy is STOP_TASK: no such column');
    expect(steps.log).toEqual(['start bad', 'failed bad: no such column', 'cancelled good']);
  });

  it('leaves rows to their own policies', async () => {
    const steps = createSteps(async (table) => {
      if (table === 'bad') throw Object.assign(new Error('invalid number'), { code: '22P02' });
      return 3;
    });
    const rules: LoadRules = { subtasks: 1, tableErrors: 'STOP_TASK' };

    await loadTables(['bad', 'good'], steps, new AbortController(), rules);

    expect(steps.log).toContain('completed good 3');
  });

  it('cancels everything when the source cannot be read', async () => {
    const abort = new AbortController();
    const steps = createSteps((table) =>
      table === 'bad'
        ? Promise.reject(new SourceError(new Error('permission denied')))
        : new Promise((_, reject) =>
            abort.signal.addEventListener('abort', () => reject(new Error('cancelled'))),
          ),
    );

    await expect(loadTables(['slow', 'bad'], steps, abort, RULES)).rejects.toThrow('permission denied');
    expect(steps.log).toEqual(expect.arrayContaining(['cancelled slow', 'cancelled bad']));
  });

  it('starts nothing more once it was stopped', async () => {
    const abort = new AbortController();
    const tables = Array.from({ length: SUBTASKS + 1 }, (_, index) => `t${index}`);
    const steps = createSteps(async () => {
      abort.abort();
      return 1;
    });

    await loadTables(tables, steps, abort, RULES);

    expect(steps.log).toContain(`cancelled t${SUBTASKS}`);
    expect(steps.log).not.toContain(`start t${SUBTASKS}`);
  });
});
