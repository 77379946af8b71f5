import type { TablePolicy } from '../task-settings.ts';
import { isRowError, SourceError, StoppedByPolicy } from './load-errors.ts';

/** What happens to each table while a task loads it. */
export interface LoadSteps<T> {
  started(table: T): void;
  /** @returns the number of rows @throws SourceError, StoppedByPolicy, Error */
  copy(table: T): Promise<number>;
  completed(table: T, rows: number): Promise<void> | void;
  failed(table: T, error: Error): void;
  cancelled(table: T): void;
}

/** How a task loads its tables. */
export interface LoadRules {
  /** Most tables that are copied at the same time: MaxFullLoadSubTasks. */
  readonly subtasks: number;
  /** What a table that cannot be loaded does to the task: TableErrorPolicy. */
  readonly tableErrors: TablePolicy;
}

/**
 * Loads tables, several at a time and in order. A table that fails does not stop the others, unless the task's settings say so; a
 * source that cannot be read, or the signal, stops all of them.
 * @throws SourceError, StoppedByPolicy
 */
export async function loadTables<T>(
  tables: readonly T[],
  steps: LoadSteps<T>,
  abort: AbortController,
  rules: LoadRules,
): Promise<void> {
  const queue = [...tables];
  const subtask = async () => {
    for (let table = queue.shift(); table !== undefined; table = queue.shift()) {
      if (abort.signal.aborted) steps.cancelled(table);
      else await loadTable(table, steps, abort, rules);
    }
  };
  const subtasks = Array.from({ length: Math.min(rules.subtasks, tables.length) }, subtask);
  const results = await Promise.allSettled(subtasks);
  for (const table of queue) steps.cancelled(table);
  const failure = results.find((result) => result.status === 'rejected');
  if (failure) throw failure.reason;
}

async function loadTable<T>(
  table: T,
  steps: LoadSteps<T>,
  abort: AbortController,
  rules: LoadRules,
): Promise<void> {
  steps.started(table);
  try {
    await steps.completed(table, await steps.copy(table));
  } catch (error) {
    if (abort.signal.aborted) return steps.cancelled(table);
    if (error instanceof SourceError) steps.cancelled(table);
    else steps.failed(table, error instanceof Error ? error : new Error(String(error)));
    const end = endOfTask(error, rules);
    if (end === undefined) return;
    abort.abort();
    throw end;
  }
}

/** What ends the task; undefined where it goes on. Rows have policies of their own. */
function endOfTask(error: unknown, { tableErrors }: LoadRules): Error | undefined {
  if (error instanceof SourceError || error instanceof StoppedByPolicy) return error;
  const isTableError = tableErrors === 'STOP_TASK' && !isRowError(error);
  return isTableError ? new StoppedByPolicy('TableErrorPolicy', error) : undefined;
}
