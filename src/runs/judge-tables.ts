import { findIncompleteTables } from '../loads/completeness.ts';
import type { FinishedLoad } from '../loads/current-load.ts';
import type { TableState } from '../loads/table-statistics.ts';

/** Which tables of a task decide: all, or only those that the pipeline stages. */
export interface TableChoice {
  readonly otherTables?: 'fail' | 'ignore' | undefined;
  readonly stagedTables: readonly { readonly source: string | null }[];
}

export interface TableJudgement {
  /** What keeps the load from being used. */
  readonly problems: readonly string[];
  /** What would, were the other tables not ignored. */
  readonly ignored: readonly string[];
}

/** The task's counters are of all its tables; where only some count, the tables' own states decide. */
const SILENT = { percent: 100, loaded: 1, loading: 0, queued: 0, errored: 0 };

/** Judges the tables of a load. */
export function judgeTables(
  { otherTables, stagedTables }: TableChoice,
  load: FinishedLoad,
  tables: readonly TableState[],
): TableJudgement {
  if (otherTables !== 'ignore') return { problems: findIncompleteTables(load, tables), ignored: [] };
  const sources = new Set(stagedTables.map(({ source }) => source));
  const isUsed = ({ source }: TableState) => sources.has(source);
  const silent = { ...load, tables: SILENT };
  return {
    problems: findIncompleteTables(silent, tables.filter(isUsed)),
    ignored: findIncompleteTables(
      silent,
      tables.filter((table) => !isUsed(table)),
    ),
  };
}
