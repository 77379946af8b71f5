import { ELT_SCHEMA } from '../../names/elt-tables.ts';
import { queryCounts } from '../../statements/count-rows.ts';
import type { QueryContext, QueryRequest } from '../../statements/query.ts';

/** A staged table, and the steps that empty it. */
export interface ConsumableTable {
  readonly table: string;
  readonly consumedBy?: readonly { readonly step: string; readonly fenceTable: string }[] | undefined;
}

/** Takes the place of a step's name in the name of the statement that asks the fences. */
const STATE = 'Verify_Full_Load_consumed';

/**
 * Finds the staged tables of a load that an earlier run has consumed, which may be empty or gone: the fence of a step
 * that consumes them has recorded the load. If no step consumes anything, Redshift is not asked.
 * @throws StatementFailed, StatementAborted, RedshiftUnavailable, InvalidConfig
 */
export async function findConsumed(
  context: QueryContext,
  request: QueryRequest & { readonly load: { readonly id: string } },
  tables: readonly ConsumableTable[],
): Promise<ReadonlySet<string>> {
  const fences = new Set(
    tables.flatMap(({ consumedBy = [] }) => consumedBy.map(({ fenceTable }) => fenceTable)),
  );
  if (fences.size === 0) return new Set();
  const records = [...fences].map(
    (fence) => `SELECT CAST('${fence}' AS varchar(127)) AS fence, load_id FROM ${ELT_SCHEMA}.${fence}`,
  );
  const sql = `SELECT fence, count(*) AS records FROM (${records.join(' UNION ALL ')}) AS fences WHERE load_id = :load_id GROUP BY fence`;
  const parameters = [{ name: 'load_id', value: request.load.id }];
  const found = await queryCounts(context, request, {
    state: STATE,
    sql,
    parameters,
    what: 'reading the fences',
  });
  const isConsumed = ({ consumedBy = [] }: ConsumableTable) =>
    consumedBy.some(({ fenceTable }) => (found[fenceTable] ?? 0) > 0);
  return new Set(tables.filter(isConsumed).map(({ table }) => table));
}

/**
 * What to do when a table that a step consumes does not hold the rows of the load; undefined when no such table is
 * given.
 */
export function adviseReload(tables: readonly ConsumableTable[]): string | undefined {
  const consumed = tables.filter(({ consumedBy = [] }) => consumedBy.length > 0);
  if (consumed.length === 0) return undefined;
  const each = consumed.map(
    ({ table, consumedBy = [] }) => `${consumedBy.map(({ step }) => step).join(' and ')} consumes ${table}`,
  );
  return `${each.join(', ')}. If this load was taken to production before, DMS must load again before it can be run again (reload-target)`;
}
