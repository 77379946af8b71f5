import type { FinishedLoad } from './current-load.ts';
import type { TableState } from './table-statistics.ts';

/** A staged table as a pipeline declares it. */
export interface ExpectedTable {
  /** `schema.name` in Redshift. */
  readonly table: string;
  /** `schema.name` in the source, or null where it is not known. */
  readonly source: string | null;
  readonly minRows: number;
}

const COMPLETED = 'Table completed';

/**
 * What keeps a finished load of one task from being complete. "Full load finished" only says that DMS has nothing more
 * to do: by default it goes on without a table that it cannot load.
 */
export function findIncompleteTables(load: FinishedLoad, tables: readonly TableState[]): readonly string[] {
  return [...progressProblems(load), ...tables.flatMap((table) => tableProblems(load, table))];
}

function progressProblems({
  tables: { percent, loaded, loading, queued, errored },
}: FinishedLoad): readonly string[] {
  return [
    ...(percent < 100 ? [`the load is at ${percent} %`] : []),
    ...(loaded === 0 ? ['no table was loaded'] : []),
    ...(loading > 0 ? [`${loading} tables are still being loaded`] : []),
    ...(queued > 0 ? [`${queued} tables are still queued`] : []),
    ...(errored > 0 ? [`${errored} tables could not be loaded`] : []),
  ];
}

/** A table that was complete when a load was resumed keeps its time; all that matter came since the target was emptied. */
function tableProblems(
  { freshSince }: FinishedLoad,
  { source, state, endedAt }: TableState,
): readonly string[] {
  if (state !== COMPLETED) return [`${source}: ${state}`];
  if (endedAt !== undefined && endedAt < freshSince)
    return [`${source}: was loaded ${endedAt.toISOString()}, before this load`];
  return [];
}

/**
 * What is missing in staging.
 * @param staged rows by table, as counted in Redshift
 * @param tables tables of all of the pipeline's tasks
 */
export function findMissingRows(
  expected: readonly ExpectedTable[],
  staged: Readonly<Record<string, number>>,
  tables: readonly TableState[],
): readonly string[] {
  return expected.flatMap(({ table, source, minRows }) => {
    const rows = staged[table] ?? 0;
    const tooFew = rows < minRows ? [`${table}: has ${rows} rows, at least ${minRows} are declared`] : [];
    if (source === null) return tooFew;
    const loaded = tables.find((candidate) => candidate.source === source);
    if (loaded === undefined) return [`${table}: no task loads ${source}`];
    return loaded.rows === rows
      ? tooFew
      : [`${table}: has ${rows} rows, DMS loaded ${loaded.rows} from ${source}`];
  });
}
