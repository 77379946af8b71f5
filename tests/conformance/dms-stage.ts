import type { Dms } from '../../src/loads/describe-task.ts';

/** The tasks of a stage, by what is special about them. */
export const TASKS = { sound: 'sound', held: 'held', partial: 'partial', failing: 'failing' } as const;
/** What each of them loads; the first load of the partial one cannot load the second. */
export const LOADED_TABLES = ['sales', 'stock'] as const;

/** A DMS with full-load tasks that have never been started. */
export interface DmsStage {
  readonly dms: Dms;
  /** Every event that DMS has sent, as rules see it. */
  readonly events: readonly unknown[];
  staged(task: string, table: string): string;
  rowsOf(staged: string): Promise<number>;
  /** Keeps a staged table from being emptied, until the answered function is called. */
  hold(staged: string): Promise<() => Promise<void>>;
  /** Resolves when no task runs. */
  untilEnded(): Promise<void>;
  close(): Promise<void>;
}
