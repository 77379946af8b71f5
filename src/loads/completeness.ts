import type { FinishedLoad } from './current-load.ts';
import type { TableState } from './table-statistics.ts';

/** A staged table as a pipeline declares it. */
export interface ExpectedTable {
  /** `schema.name` in Redshift. */
  readonly table: string;
  /** `schema.name` in the source, or null where it is not known. */
  readonly source: string | null;
  /** Identifier of the task that fills it, or null where it is not known. */
  readonly task: string | null;
  readonly minRows: number;
}

/** A task's load and its tables. A table's name is unique within a task, not across tasks. */
export interface LoadedTables {
  readonly identifier: string;
  readonly load: Pick<FinishedLoad, 'isWithoutChanges'>;
  readonly tables: readonly TableState[];
}

/** State of a table whose full load has succeeded. */
export const COMPLETED = 'Table completed';

/**
 * Lists why a finished load of one task is not complete. "Full load finished" only means that DMS has nothing more to
 * do: by default, it goes on without a table that it cannot load. So the states of the tables decide. The task's
 * counters are zero once it has stopped, except the counter of errors.
 */
export function findIncompleteTables(load: FinishedLoad, tables: readonly TableState[]): readonly string[] {
  if (tables.length === 0) return ['DMS lists no table'];
  const problems = tables.flatMap((table) => tableProblems(load, table));
  const errored = tables.filter(({ state }) => state === 'Table error').length;
  return load.erroredTables > errored
    ? [...problems, `DMS counts ${load.erroredTables} tables that it could not load, but lists ${errored}`]
    : problems;
}

/**
 * A table that was complete before a resume keeps its time. Every table of the load ended after the target was
 * emptied.
 */
function tableProblems(
  { freshSince }: FinishedLoad,
  { source, state, endedAt }: TableState,
): readonly string[] {
  if (state !== COMPLETED) return [`${source}: ${state}`];
  if (endedAt !== undefined && endedAt < freshSince)
    return [`${source}: was loaded ${endedAt.toISOString()}, before this load began`];
  return [];
}

/**
 * Lists what is missing in staging.
 * @param staged rows by table, as counted in Redshift
 * @param tasks all tasks of the pipeline
 */
export function findMissingRows(
  expected: readonly ExpectedTable[],
  staged: Readonly<Record<string, number>>,
  tasks: readonly LoadedTables[],
): readonly string[] {
  return expected.flatMap(({ table, source, task, minRows }) => {
    const rows = staged[table] ?? 0;
    const tooFew =
      rows < minRows ? [`${table}: has ${rows} rows, but the pipeline expects at least ${minRows}`] : [];
    if (source === null) return tooFew;
    const filledBy = tasks.find(({ identifier }) => identifier === task);
    const loaded = filledBy?.tables.find((candidate) => candidate.source === source);
    if (filledBy === undefined || loaded === undefined)
      return [
        `${table}: task "${task}" does not load the table ${source}${inOtherLetters(source, filledBy)}`,
      ];
    const from = tasks.length === 1 ? source : `${source} of task "${task}"`;
    return fits(rows, loaded, filledBy.load)
      ? tooFew
      : [`${table}: has ${rows} rows, but DMS loaded ${loaded.rows} from ${from}${changesOf(loaded)}`];
  });
}

/** DMS distinguishes upper and lower case in the names of the source. People often do not. */
function inOtherLetters(source: string, task: LoadedTables | undefined): string {
  const twin = task?.tables.find((table) => table.source.toLowerCase() === source.toLowerCase());
  return twin === undefined
    ? ''
    : `, but it loads ${twin.source}: write the source with the same upper and lower case`;
}

/**
 * Changes that were applied after a full load add and remove rows. A change may also find its row already in the
 * final state, so the number of rows is not exact.
 */
function fits(
  staged: number,
  { rows, inserts, deletes }: TableState,
  { isWithoutChanges }: LoadedTables['load'],
): boolean {
  if (isWithoutChanges) return staged === rows;
  return staged >= rows - deletes && staged <= rows + inserts;
}

function changesOf({ inserts, deletes }: TableState): string {
  return inserts + deletes === 0 ? '' : `, with ${inserts} inserts and ${deletes} deletes since`;
}
