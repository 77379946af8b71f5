import type { Pipeline } from '../../definition/pipeline.ts';
import { quoteText } from '../../migrations/quote.ts';
import { foldName } from '../../names/names.ts';
import type { Audit } from '../../steps/audit/definition.ts';
import type { FindingOf, Where } from '../finding.ts';
import type { AskCatalog } from './read-catalog.ts';

/** Columns of a table that an audit names. */
export interface AuditedColumns {
  readonly table: string;
  readonly columns: readonly string[];
  /** Name of the audit. */
  readonly audit: string;
  readonly where: Where;
}

/** What the audits of pipelines name. The columns of a query in sql/checks are not read. */
export function auditedColumns(pipelines: readonly Pipeline[]): readonly AuditedColumns[] {
  return pipelines.flatMap(({ name: pipeline, steps }) =>
    steps.flatMap((step) =>
      (step.kind === 'call' ? step.audits : []).flatMap((audit) =>
        columnsOf(audit).map(([table, columns]) => ({
          ...{ table, columns, audit: audit.name },
          where: { pipeline, step: step.name },
        })),
      ),
    ),
  );
}

function columnsOf(audit: Audit): readonly (readonly [table: string, columns: readonly string[]])[] {
  switch (audit.kind) {
    case 'unique':
    case 'notNull':
      return [[audit.table, audit.columns]];
    case 'references':
      return [
        [audit.table, audit.columns],
        [audit.to, audit.key],
      ];
    case 'accepted':
      return [[audit.table, [audit.column]]];
    case 'check':
    case 'rows':
      return [];
  }
}

/** Names of the columns of tables, by table. One that the catalog shows no column of, as a late-binding view, is left out. */
export async function readColumns(
  ask: AskCatalog,
  tables: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  if (tables.length === 0) return new Map();
  const rows = await ask(
    'the query of the columns',
    `SELECT n.nspname || '.' || c.relname, CAST(a.attname AS varchar)
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE a.attnum > 0 AND NOT a.attisdropped AND lower(n.nspname || '.' || c.relname) IN (${tables.map(quoteText).join(', ')})
ORDER BY a.attnum`,
  );
  const columns = new Map<string, string[]>();
  for (const [table, column] of rows) {
    const name = foldName(String(table));
    columns.set(name, [...(columns.get(name) ?? []), foldName(String(column))]);
  }
  return columns;
}

/** Columns that audits name and tables do not have. @param migrate the command that applies a migration */
export function judgeAuditedColumns(
  audited: readonly AuditedColumns[],
  known: ReadonlyMap<string, readonly string[]>,
  migrate: string,
): readonly FindingOf[] {
  return audited.flatMap(({ table, columns, audit, where }) => {
    const own = known.get(table);
    const missing = columns.filter((column) => own !== undefined && !own.includes(column));
    return missing.map((column) => ({
      ...{ id: 'column-missing', severity: 'problem' as const, where: { ...where, object: table } },
      what: `${table} has no column ${column}, which the audit "${audit}" names. It has ${own?.join(', ')}.`,
      consequence: 'The step fails: the column does not exist. What its procedures wrote is rolled back.',
      repair: `Correct the audit in src/pipelines, or add the column in a new V file of sql/migrations, then: ${migrate}`,
    }));
  });
}
