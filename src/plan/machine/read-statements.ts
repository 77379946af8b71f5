import { ELT_SCHEMA } from '../../names/elt-tables.ts';

/** A procedure that a step calls. */
export interface CallFacts {
  readonly procedure: string;
  /** As SQL, with the values in place of placeholders. */
  readonly args: string;
}

/** What a step counts before it commits. */
export interface AuditFacts {
  readonly name: string;
  readonly severity: string;
  /** The counting, with the values in place of placeholders. */
  readonly sql: string;
  readonly showsRows: boolean;
}

/** What the statements of a step do. */
export interface StatementFacts {
  readonly fence: string | undefined;
  readonly calls: readonly CallFacts[];
  readonly audits: readonly AuditFacts[];
  /** Everything else, such as the query of a check. */
  readonly others: readonly string[];
}

type Parameters = Readonly<Record<string, unknown>>;

const LOCK = new RegExp(`^LOCK ${ELT_SCHEMA}\\.(\\w+)$`);
const OWN_CALL = new RegExp(`^CALL ${ELT_SCHEMA}\\.sp_(?:fence|audit)\\(`);
const CALL = /^CALL ([^(]+)\((.*)\)$/s;
const AUDIT = new RegExp(
  `^INSERT INTO ${ELT_SCHEMA}\\.\\w+ \\([^)]*\\) SELECT :load_id, :load_started_at, :execution, :(audit_\\d+), '(\\w+)', (.*)$`,
  's',
);
const AUDIT_ROWS = new RegExp(
  `^SELECT \\* FROM \\(.*\\) AS wrong WHERE EXISTS \\(SELECT 1 FROM ${ELT_SCHEMA}\\.\\w+ WHERE load_id = :load_id AND audit = :(audit_\\d+) AND`,
  's',
);

/** Reads what a step submits. Whatever has another form than the compiler gives it counts as another statement, as it is. */
export function readStepStatements(sqls: readonly string[], parameters: Parameters): StatementFacts {
  const shown = new Set(sqls.flatMap((sql) => AUDIT_ROWS.exec(sql)?.[1] ?? []));
  const facts = {
    fence: undefined as string | undefined,
    calls: [] as CallFacts[],
    audits: [] as AuditFacts[],
  };
  const others: string[] = [];
  for (const sql of sqls) {
    const fence = LOCK.exec(sql)?.[1];
    const audit = AUDIT.exec(sql);
    const call = CALL.exec(sql);
    if (fence !== undefined) facts.fence = fence;
    else if (OWN_CALL.test(sql) || AUDIT_ROWS.test(sql)) continue;
    else if (audit !== null) facts.audits.push(readAudit(audit, parameters, shown, facts.fence));
    else if (call !== null) facts.calls.push(readCall(call, parameters));
    else others.push(withValues(sql, parameters));
  }
  return { ...facts, others };
}

function readCall([, procedure = '', args = '']: RegExpExecArray, parameters: Parameters): CallFacts {
  return { procedure, args: withValues(args, parameters) };
}

/** The table of the step's audits, which has its name of the step, and the audit's number are left out: a rename moves both. */
function readAudit(
  [, key = '', severity = '', counting = '']: RegExpExecArray,
  parameters: Parameters,
  shown: ReadonlySet<string>,
  fence = '',
): AuditFacts {
  const name = String(parameters[key] ?? key);
  const table = fence.replace(/^fence_/, 'audit_');
  const own = counting.replaceAll(`${ELT_SCHEMA}.${table}`, 'its audits').replaceAll(`:${key} `, ':name ');
  return { name, severity, sql: withValues(own, parameters), showsRows: shown.has(key) };
}

/** The values that a run has are named by the expression that gives them: `{% $states.input.load.id %}`. */
function withValues(sql: string, parameters: Parameters): string {
  return sql.replaceAll(/(?<!:):(\w+)/g, (placeholder, name: string) => {
    const value = parameters[name];
    if (value === undefined) return placeholder;
    const text = String(value);
    return text.startsWith('{%') ? `{${text.slice(2, -2).trim()}}` : `'${text.replaceAll("'", "''")}'`;
  });
}
