import type { FenceEntry } from './fence.ts';
import type { AuditFinding, WrongRows } from './warehouse.ts';

/** What a step's transaction does behind its fence, as its SQL says. */
export interface StepWork {
  /** Procedures in the order of their calls. */
  readonly procedures: readonly string[];
  readonly audits: readonly ModelAudit[];
  /** How many statements it has, LOCK and fence among them. */
  readonly statements: number;
}

/** An audit that counts wrong rows. */
export interface ModelAudit {
  /** Of findings, without its schema. */
  readonly table: string;
  readonly name: string;
  readonly severity: 'fail' | 'warn';
}

const KNOWN = /^(?:LOCK|CALL) /;
const PROCEDURE = /^CALL "?(?!elt\.)(\w+)"?\."?(\w+)"?\(/;
const AUDIT =
  /^INSERT INTO elt\.(audit_\w+) .*?\bSELECT .*?:(audit_\d+), '(fail|warn)', counted\.wrong_rows,/;

/**
 * Reads a step's batch. Audits count only where elt.sp_audit judges them at its end.
 * @throws TypeError for statements of which the model knows nothing
 */
export function readStepWork(
  sqls: readonly string[],
  parameters: Readonly<Record<string, string>>,
): StepWork {
  const unknown = sqls.find((sql) => !KNOWN.test(sql) && !AUDIT.test(sql));
  if (unknown !== undefined) throw new TypeError(`the model does not know ${unknown}`);
  const procedures = sqls.flatMap((sql) => PROCEDURE.exec(sql)?.slice(1).join('.') ?? []);
  const audits = sqls.flatMap((sql) => readAudit(sql, parameters) ?? []);
  if (audits.length > 0 && !sqls.at(-1)?.startsWith('CALL elt.sp_audit('))
    throw new TypeError(`nothing judges the audits of ${procedures}`);
  return { procedures, audits, statements: sqls.length };
}

function readAudit(sql: string, parameters: Readonly<Record<string, string>>): ModelAudit | undefined {
  const [, table, key = '', severity] = AUDIT.exec(sql) ?? [];
  if (table === undefined) return undefined;
  return { table, name: parameters[key] ?? key, severity: severity === 'warn' ? 'warn' : 'fail' };
}

/** What the audits of a transaction find in what it has done. */
export function runAudits(
  audits: readonly ModelAudit[],
  loadId: string,
  wrongRows: WrongRows,
): readonly AuditFinding[] {
  return audits.map(({ table, name, severity }) => ({
    ...{ table, loadId, audit: name, severity },
    wrongRows: wrongRows.count(table, name, loadId),
  }));
}

/** Names of the audits whose findings elt.sp_audit does not let pass. */
export function failedAudits(findings: readonly AuditFinding[]): readonly string[] {
  return findings
    .filter(({ severity, wrongRows }) => severity === 'fail' && wrongRows > 0)
    .map(({ audit }) => audit);
}

/** What elt.sp_audit raises, or undefined when no audit failed. @param entries the step's fence */
export function judgeAudits(
  findings: readonly AuditFinding[],
  entries: readonly FenceEntry[],
  loadId: string,
): string | undefined {
  const failed = failedAudits(findings);
  if (failed.length === 0) return undefined;
  const found = findings
    .filter(({ audit }) => failed.includes(audit))
    .map(({ audit, wrongRows }) => `"${audit}": ${wrongRows} wrong row${wrongRows === 1 ? '' : 's'}; `)
    .toSorted();
  const others = entries.filter((entry) => entry.loadId !== loadId);
  const shown = others
    .map(({ loadStartedAt }) => loadStartedAt)
    .toSorted()
    .at(-1);
  const visible =
    shown === undefined
      ? 'nothing was published, and no load was published before'
      : `nothing was published: production still shows the load of ${shown}`;
  return `ELT_AUDIT: ${found.join('')}${visible}`;
}
