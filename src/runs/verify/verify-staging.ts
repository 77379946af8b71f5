import { StatementFailed } from '../../errors/errors.ts';
import { type ExpectedTable, findMissingRows, type LoadedTables } from '../../loads/completeness.ts';
import { countRows } from '../../statements/count-rows.ts';
import type { QueryContext, QueryRequest } from '../../statements/query.ts';
import { adviseReload, type ConsumableTable, findConsumed } from './consumed-tables.ts';
import { explainCount } from './explain-count.ts';

/** A load, and the tables in which it is staged. */
export interface StagingRequest extends QueryRequest {
  readonly load: { readonly id: string };
  readonly stagedTables: readonly (ConsumableTable & ExpectedTable)[];
}

/** What was found in staging. */
export interface StagingFindings {
  /** The fence's list, see VerifyAnswer. */
  readonly stagedRows: string;
  /** What is missing, with what to do if that is known. Empty when nothing is missing. */
  readonly problems: readonly string[];
  /** Staging could not be counted at all. */
  readonly failure?: StatementFailed;
}

/**
 * Counts the staged rows and compares them with what DMS says. Tables that an earlier run of the load has consumed
 * are not counted: they are empty, or gone.
 * @param tasks all tasks of the pipeline
 * @throws StatementAborted, RedshiftUnavailable, InvalidConfig
 */
export async function verifyStaging(
  context: QueryContext,
  request: StagingRequest,
  tasks: readonly LoadedTables[],
): Promise<StagingFindings> {
  const { stagedTables, target } = request;
  try {
    const consumed = await findConsumed(context, request, stagedTables);
    const counted = stagedTables.filter(({ table }) => !consumed.has(table));
    const rows = await countStaged(context, request, counted);
    const missing = findMissingRows(counted, rows, tasks);
    const short = counted.filter(({ table }) => missing.some((problem) => problem.startsWith(`${table}:`)));
    const entries = stagedTables.map(
      ({ table }) => `${table}=${consumed.has(table) ? 'consumed' : (rows[table] ?? 0)}`,
    );
    return { stagedRows: entries.join(','), problems: [...missing, ...[adviseReload(short) ?? []].flat()] };
  } catch (error) {
    if (!(error instanceof StatementFailed)) throw error;
    const failure = explainCount(error, { target, tables: stagedTables.map(({ table }) => table) });
    return { stagedRows: '', problems: [], failure };
  }
}

async function countStaged(
  context: QueryContext,
  request: StagingRequest,
  counted: StagingRequest['stagedTables'],
): Promise<Readonly<Record<string, number>>> {
  const tables = counted.map(({ table }) => table);
  return tables.length === 0 ? {} : countRows(context, request, tables);
}
