import * as z from 'zod';
import type { ResultValue } from '../../data-api/result.ts';
import { ELT_SCHEMA } from '../../names/elt-tables.ts';
import { type QueryContext, type QueryRequest, queryRows } from '../../statements/query.ts';

/** A step with audits, and the table that holds what they found. */
export const AuditedStepSchema = z.object({ step: z.string().min(1), auditTable: z.string().min(1) });
export type AuditedStep = z.infer<typeof AuditedStepSchema>;

/** What an audit has found, as it stands in a run's output. */
export interface AuditResult {
  readonly step: string;
  readonly audit: string;
  readonly severity: string;
  readonly wrongRows: number;
  /** Of an audit that counts a table: its rows, and those in the load before; null where that is the first. */
  readonly rows?: number;
  readonly rowsBefore?: number | null;
}

/** What the audits of a load have found. */
export interface AuditReport {
  readonly audits: readonly AuditResult[];
  /** What audits that only warn have found. */
  readonly warnings: readonly string[];
}

/** Stands for a step's name in the name of the statement that reads. */
const STATE = 'Confirm_Load_audits';

/**
 * Reads what the audits of a load have found, of all steps in one query.
 * @throws StatementFailed, StatementAborted, RedshiftUnavailable, InvalidConfig
 */
export async function readAudits(
  context: QueryContext,
  request: QueryRequest & { readonly load: { readonly id: string } },
  steps: readonly AuditedStep[],
): Promise<AuditReport> {
  const findings = steps.map(
    ({ step, auditTable }) =>
      `SELECT CAST('${step}' AS varchar(127)) AS step, load_id, audit, severity, wrong_rows, counted_rows, counted_before FROM ${ELT_SCHEMA}.${auditTable}`,
  );
  const sql = `SELECT step, audit, severity, wrong_rows, counted_rows, counted_before FROM (${findings.join(' UNION ALL ')}) AS findings WHERE load_id = :load_id ORDER BY step, audit`;
  const parameters = [{ name: 'load_id', value: request.load.id }];
  const audits = (
    await queryRows(context, request, {
      state: STATE,
      sql,
      parameters,
      what: 'reading what the audits found',
    })
  ).map(toResult);
  // What is kept of a load, and found wrong rows, was only to warn: the others rolled their step back.
  const warned = audits.filter(({ wrongRows }) => wrongRows > 0);
  return { audits, warnings: warned.map(describeWarning) };
}

function toResult([step, audit, severity, wrongRows, rows, rowsBefore]: readonly ResultValue[]): AuditResult {
  const isCount = rows !== null && rows !== undefined;
  return {
    step: String(step),
    audit: String(audit),
    severity: String(severity),
    wrongRows: Number(wrongRows),
    ...(isCount ? { rows: Number(rows), rowsBefore: rowsBefore === null ? null : Number(rowsBefore) } : {}),
  };
}

function describeWarning({ step, audit, wrongRows, rows, rowsBefore }: AuditResult): string {
  if (rows === undefined)
    return `audit "${audit}" of ${step}: ${wrongRows} wrong row${wrongRows === 1 ? '' : 's'}`;
  const before = rowsBefore === null ? 'no load before to compare with' : `${rowsBefore} in the load before`;
  return `audit "${audit}" of ${step}: ${rows} rows, ${before}`;
}
