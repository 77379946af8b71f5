import { auditTableName, ELT_SCHEMA, fenceTableName } from '../../names/elt-tables.ts';
import { toSqlName } from '../../names/sql-name.ts';
import type { StepStatements } from '../any-step.ts';
import { argumentExpression } from '../call/argument.ts';
import type { Audit } from './definition.ts';
import type { ShownAudit } from './judge.ts';
import { type BoundQuery, findWrongRows } from './wrong-rows.ts';

/** Rows that are shown at most, where an audit shows rows at all. */
const SHOWN_ROWS = 20;

/** What the step's transaction ends with, and what is known of it when it is judged. Statements have their numbers in the step. */
export interface AuditStatements extends StepStatements {
  readonly shown: readonly ShownAudit[];
  /** The statements of each audit. */
  readonly numbers: readonly (readonly number[])[];
}

/** A step as far as its audits are concerned. */
interface AuditedStep {
  readonly name: string;
  readonly audits: readonly Audit[];
}

/**
 * The audits of a step: each leaves in the step's table of audits what it has found, and the last statement raises ELT_AUDIT when
 * one of them failed, naming all that did. Findings and procedures commit together.
 * @param before how many statements of the step come before them
 * @throws InvalidPipeline for a query that is missing, or that the Data API would take for one with parameters
 */
export function compileAudits(
  pipeline: string,
  { name: step, audits }: AuditedStep,
  before: number,
): AuditStatements {
  const table = auditTableName(pipeline, step);
  const sqls: string[] = [];
  const shown: ShownAudit[] = [];
  const numbers: number[][] = [];
  const add = (sql: string) => before + sqls.push(sql);
  let parameters: Record<string, string> = {};
  for (const [index, audit] of audits.entries()) {
    const key = `audit_${index + 1}`;
    const field = `pipeline "${pipeline}": steps.${step}.audit.${index}`;
    if (audit.kind === 'rows') {
      const finding = countTable(audit, key, table);
      numbers.push([add(finding.sql)]);
      parameters = { ...parameters, [key]: audit.name, ...finding.parameters };
      continue;
    }
    const wrong = findWrongRows(field, audit, key);
    const counted = `SELECT count(*) AS wrong_rows FROM (${wrong.sql}) AS wrong`;
    const counts = { from: `(${counted}) AS counted`, wrongRows: 'counted.wrong_rows' };
    const own = [add(insertFinding(table, audit, key, counts))];
    numbers.push(own);
    parameters = { ...parameters, [key]: audit.name, ...wrong.parameters };
    if (!audit.showRows) continue;
    const statement = add(
      `SELECT * FROM (${wrong.sql}) AS wrong WHERE EXISTS (${found(table, key)}) LIMIT ${SHOWN_ROWS}`,
    );
    own.push(statement);
    shown.push({ name: audit.name, statement });
  }
  add(`CALL ${ELT_SCHEMA}.sp_audit(:audit_table, :fence_table, :load_id)`);
  return {
    sqls,
    parameters: { ...parameters, audit_table: table, fence_table: fenceTableName(pipeline, step) },
    shown,
    numbers,
  };
}

/** What an audit of this load has left where it failed. Where it passed, its rows need not be looked for a second time. */
function found(table: string, key: string): string {
  return `SELECT 1 FROM ${ELT_SCHEMA}.${table} WHERE load_id = :load_id AND audit = :${key} AND wrong_rows > 0`;
}

interface Finding {
  readonly from: string;
  readonly wrongRows: string;
  readonly countedRows?: string;
  readonly countedBefore?: string;
}

function insertFinding(
  table: string,
  { severity }: Audit,
  key: string,
  { from, wrongRows, countedRows = 'NULL::bigint', countedBefore = 'NULL::bigint' }: Finding,
): string {
  return [
    `INSERT INTO ${ELT_SCHEMA}.${table}`,
    '(load_id, load_started_at, execution_arn, audit, severity, wrong_rows, counted_rows, counted_before, audited_at)',
    `SELECT :load_id, :load_started_at, :execution, :${key}, '${severity}', ${wrongRows}, ${countedRows}, ${countedBefore}, getdate()`,
    `FROM ${from}`,
  ].join(' ');
}

/**
 * Counts a table and holds the number against its bounds, and against that of the load before, as this table of audits has it.
 * The number is what is kept: where it is out of bounds, one row is wrong.
 */
function countTable(audit: Audit & { readonly kind: 'rows' }, key: string, table: string): BoundQuery {
  const { min, max, change } = audit;
  const values: Record<string, string> = {};
  const bound = (name: string, value: number) => {
    values[`${key}_${name}`] = String(value);
    return argumentExpression(value, `:${key}_${name}`);
  };
  const outside = [
    ...(min === null ? [] : [`now.amount < ${bound('min', min)}`]),
    ...(max === null ? [] : [`now.amount > ${bound('max', max)}`]),
    ...(change === null
      ? []
      : [
          `now.amount < before.amount * ${bound('least', change.least)}`,
          // Nothing is a share of an empty table.
          `(before.amount > 0 AND now.amount > before.amount * ${bound('most', change.most)})`,
        ]),
  ];
  // The fence lets a load through once, so that all that is there is of other loads.
  const kept = `FROM ${ELT_SCHEMA}.${table} WHERE audit = :${key}`;
  const before = `SELECT max(counted_rows) AS amount ${kept} AND load_started_at = (SELECT max(load_started_at) ${kept})`;
  const now = `SELECT count(*) AS amount FROM ${toSqlName(audit.table)}`;
  const sql = insertFinding(table, audit, key, {
    from: `(${now}) AS now CROSS JOIN (${before}) AS before`,
    wrongRows: `CASE WHEN ${outside.join(' OR ')} THEN 1 ELSE 0 END`,
    countedRows: 'now.amount',
    countedBefore: 'before.amount',
  });
  return { sql, parameters: values };
}
