import type { ResultValue } from '../../data-api/result.ts';
import { ELT_SCHEMA } from '../../names/elt-tables.ts';
import type { Run } from '../../run-history/run.ts';
import type { WrittenRows } from '../report.ts';
import { askWarehouse, type WarehouseQuestion } from './ask-warehouse.ts';

/** The statement in which a step took effect. */
export interface StepStatement {
  readonly step: string;
  /** Process of the session that ran it: RedshiftPid in DescribeStatement. */
  readonly pid: number;
  /** Its life, milliseconds since 1970: from before it was submitted to when its end was known. */
  readonly from: number;
  readonly to: number;
}

/** The statements in which steps of a run took effect, as far as the history says where they ran. */
export function effectiveStatements({ steps }: Pick<Run, 'steps'>): readonly StepStatement[] {
  return steps.flatMap(({ name, effect, alreadyApplied, redshiftPid, startedAt, endedAt }) =>
    effect === 'applied' && !alreadyApplied && redshiftPid !== undefined && startedAt !== undefined
      ? [{ step: name, pid: redshiftPid, from: startedAt, to: endedAt ?? startedAt }]
      : [],
  );
}

/**
 * The rows that each step's statement wrote, by table, from Redshift's own record: SYS_QUERY_DETAIL, for seven days, of the statements
 * of the user who asks. Tables of the orchestrator, temporary tables and tables that are no more are left out. Redshift also shows
 * what was rolled back, so ask only about steps that took effect.
 * @returns a list for each step, empty where nothing is known
 * @throws RedshiftUnavailable, InvalidConfig, StatementFailed
 */
export async function readWrittenRows(
  where: WarehouseQuestion,
  steps: readonly StepStatement[],
): Promise<ReadonlyMap<string, readonly WrittenRows[]>> {
  if (steps.length === 0) return new Map();
  const from = Math.min(...steps.map((step) => step.from));
  const to = Math.max(...steps.map((step) => step.to));
  const pids = [...new Set(steps.map(({ pid }) => pid))];
  const rows = await askWarehouse(where, QUERY, writtenRowsSql(pids, from, to));
  const changes = Map.groupBy(
    rows.map((row) => readChange(row, from)),
    (change) => stepOf(change, steps),
  );
  return new Map(steps.map((step) => [step.step, sum(changes.get(step) ?? [])]));
}

const QUERY = { name: 'report/written-rows', what: 'asking for the rows that steps wrote' };

/** One row for each table that a statement changed in one way. */
function writtenRowsSql(pids: readonly number[], from: number, to: number): string {
  const [first, last] = [timestamp(from), timestamp(to)];
  return `SELECT history.session_id, datediff(millisecond, ${first}, history.start_time), namespace.nspname::varchar, class.relname::varchar,
  trim(detail.step_name), sum(detail.output_rows)
FROM sys_query_history AS history
JOIN sys_query_detail AS detail ON detail.query_id = history.query_id
JOIN pg_catalog.pg_class AS class ON class.oid = detail.table_id
JOIN pg_catalog.pg_namespace AS namespace ON namespace.oid = class.relnamespace
WHERE history.session_id IN (${pids.map((pid) => Math.trunc(pid)).join(', ')})
  AND history.start_time >= ${first} AND history.start_time <= ${last}
  AND trim(history.status) = 'success' AND trim(detail.step_name) IN ('insert', 'delete')
  AND namespace.nspname <> '${ELT_SCHEMA}' AND left(namespace.nspname::varchar, 3) <> 'pg_'
GROUP BY 1, 2, 3, 4, 5
ORDER BY 3, 4`;
}

const timestamp = (ms: number) =>
  `'${new Date(ms).toISOString().replace('T', ' ').replace('Z', '')}'::timestamp`;

interface Change {
  readonly pid: number;
  /** When its statement began. */
  readonly at: number;
  readonly table: string;
  readonly kind: string;
  readonly rows: number;
}

function readChange(row: readonly ResultValue[], from: number): Change {
  const [pid, after, schema, table, kind, rows] = row;
  return {
    pid: Number(pid),
    at: from + Number(after),
    table: `${schema}.${table}`,
    kind: String(kind),
    rows: Number(rows),
  };
}

/**
 * A session runs the statements of several steps, one after the other. A step may have been submitted while the one before it still
 * ran: a change belongs to the step that ended first.
 */
function stepOf({ pid, at }: Change, steps: readonly StepStatement[]): StepStatement | undefined {
  return steps
    .filter((step) => step.pid === pid && step.from <= at && at <= step.to)
    .toSorted((a, b) => a.to - b.to)[0];
}

function sum(changes: readonly Change[]): readonly WrittenRows[] {
  const rows = (kind: string, list: readonly Change[]) =>
    list.reduce((total, change) => total + (change.kind === kind ? change.rows : 0), 0);
  return [...Map.groupBy(changes, ({ table }) => table)].map(([table, list]) => ({
    table,
    inserted: rows('insert', list),
    deleted: rows('delete', list),
  }));
}
