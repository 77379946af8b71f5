import { SourceError } from './source-error.ts';

/** Most tables of a task that are copied at the same time (MaxFullLoadSubTasks, default). */
export const MAX_SUBTASKS = 8;

/** What happens to each table while a task loads it. */
export interface LoadSteps<T> {
  started(table: T): void;
  /** @returns the number of rows @throws SourceError, Error */
  copy(table: T): Promise<number>;
  completed(table: T, rows: number): void;
  failed(table: T, error: Error): void;
  cancelled(table: T): void;
}

/**
 * Loads tables, several at a time and in order. A table that fails does not stop the others (TableErrorPolicy
 * SUSPEND_TABLE); a source that cannot be read, or the signal, stops all of them.
 * @throws SourceError
 */
export async function loadTables<T>(
  tables: readonly T[],
  steps: LoadSteps<T>,
  abort: AbortController,
): Promise<void> {
  const queue = [...tables];
  const subtask = async () => {
    for (let table = queue.shift(); table !== undefined; table = queue.shift()) {
      if (abort.signal.aborted) steps.cancelled(table);
      else await loadTable(table, steps, abort);
    }
  };
  const subtasks = Array.from({ length: Math.min(MAX_SUBTASKS, tables.length) }, subtask);
  const results = await Promise.allSettled(subtasks);
  const failure = results.find((result) => result.status === 'rejected');
  if (failure) throw failure.reason;
}

async function loadTable<T>(table: T, steps: LoadSteps<T>, abort: AbortController): Promise<void> {
  steps.started(table);
  try {
    steps.completed(table, await steps.copy(table));
  } catch (error) {
    if (abort.signal.aborted) return steps.cancelled(table);
    if (error instanceof SourceError) {
      steps.cancelled(table);
      abort.abort();
      throw error;
    }
    steps.failed(table, error instanceof Error ? error : new Error(String(error)));
  }
}
