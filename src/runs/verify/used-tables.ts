import type { FinishedTask } from '../../loads/judge-tables.ts';

/** Which tables of a task decide: all, or only those that the pipeline stages. */
export interface TableChoice {
  readonly otherTables?: 'fail' | 'ignore' | undefined;
  readonly stagedTables: readonly { readonly source: string | null; readonly task: string | null }[];
}

/**
 * Separates the tables that decide from the others. A task's counter of errors is about all its tables, so it is not
 * used when only some tables decide.
 */
export function splitTables(
  { otherTables, stagedTables }: TableChoice,
  tasks: readonly FinishedTask[],
): { readonly used: readonly FinishedTask[]; readonly others: readonly FinishedTask[] } {
  if (otherTables !== 'ignore') return { used: tasks, others: [] };
  const isUsed = (identifier: string, name: string) =>
    stagedTables.some(({ source, task }) => source === name && (task ?? identifier) === identifier);
  const keep = (wanted: boolean) =>
    tasks
      .map(({ identifier, load, tables }) => ({
        identifier,
        load: { ...load, erroredTables: 0 },
        tables: tables.filter(({ source }) => isUsed(identifier, source) === wanted),
      }))
      .filter(({ tables }) => tables.length > 0);
  return { used: keep(true), others: keep(false) };
}
