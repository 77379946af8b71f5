import type { ResultValue } from '../../../data-api/result.ts';
import { quoteText } from '../../../migrations/quote.ts';
import { foldName } from '../../../names/names.ts';
import type { AskCatalog } from '../../../preflight/warehouse/read-catalog.ts';
import type { FoundColumn, FoundTable } from '../../../scaffold/found/found-stage.ts';

/** Names of the tables of schemas, `schema.name` in lower case. */
export async function readTableNames(
  ask: AskCatalog,
  schemas: readonly string[],
): Promise<readonly string[]> {
  if (schemas.length === 0) return [];
  const rows = await ask(
    'the query of the tables',
    `SELECT n.nspname || '.' || c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p') AND lower(n.nspname) IN (${listed(schemas)}) ORDER BY 1`,
  );
  return rows.map(([name]) => foldName(String(name)));
}

/** Tables and views with their columns in order, and their keys. A name that is missing is in no answer. */
export async function readTables(ask: AskCatalog, names: readonly string[]): Promise<readonly FoundTable[]> {
  if (names.length === 0) return [];
  const from = 'pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace';
  const named = `lower(n.nspname || '.' || c.relname) IN (${listed(names)})`;
  const [columns, keys] = await Promise.all([
    ask(
      'the query of the columns',
      `SELECT n.nspname || '.' || c.relname, CAST(a.attname AS varchar), format_type(a.atttypid, a.atttypmod), a.attnotnull, CAST(a.attnum AS integer)
FROM pg_attribute a JOIN ${from} ON c.oid = a.attrelid
WHERE c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped AND ${named} ORDER BY 1, 5`,
    ),
    // A key only spares a guess.
    ask(
      'the query of the keys',
      `SELECT n.nspname || '.' || c.relname, CAST(a.attname AS varchar), CAST(a.attnum AS integer)
FROM pg_constraint k JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = ANY (k.conkey) JOIN ${from} ON c.oid = k.conrelid
WHERE k.contype = 'p' AND ${named} ORDER BY 1, 3`,
    ).catch(() => []),
  ]);
  const keysOf = Map.groupBy(keys, tableOf);
  return [...Map.groupBy(columns, tableOf)].map(([name, rows]) => ({
    name,
    columns: rows.map(toColumn),
    key: (keysOf.get(name) ?? []).map(([, column]) => foldName(String(column))),
  }));
}

type Row = readonly ResultValue[];

function tableOf([name]: Row): string {
  return foldName(String(name));
}

function toColumn([, name, type, isNotNull]: Row): FoundColumn {
  return {
    name: foldName(String(name)),
    type: String(type),
    isNullable: isNotNull !== true && isNotNull !== 't',
  };
}

/**
 * Names of the procedures that have one of the names, or whose text holds one of the words. Procedures are in PL/pgSQL, in which
 * Redshift has no functions.
 */
export async function readProcedureNames(
  ask: AskCatalog,
  names: readonly string[],
  words: readonly string[],
): Promise<readonly string[]> {
  const holds = words.map((word) => `position(${quoteText(word.toLowerCase())} in lower(p.prosrc)) > 0`);
  const rows = await ask(
    'the query of the procedures’ names',
    `SELECT n.nspname || '.' || p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace JOIN pg_language l ON l.oid = p.prolang
WHERE l.lanname = 'plpgsql' AND n.nspname NOT IN ('elt', 'pg_catalog', 'information_schema', 'local_warehouse')
AND (${[`n.nspname || '.' || p.proname IN (${listed(names)})`, ...holds].join('\nOR ')}) ORDER BY 1`,
  );
  return [...new Set(rows.map(([name]) => String(name)))];
}

/** Names of the arguments of procedures, by the procedure and the types; empty where the warehouse does not tell them. */
export async function readArgumentNames(
  ask: AskCatalog,
  names: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  if (names.length === 0) return new Map();
  const named = (list: string) =>
    ask(
      'the query of the arguments',
      `SELECT n.nspname || '.' || p.proname, oidvectortypes(p.proargtypes), ${list}
FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE p.proargnames IS NOT NULL AND n.nspname || '.' || p.proname IN (${listed(names)})`,
    );
  // AWS does not document in which of these ways Redshift tells a list of its catalog.
  const rows = await named('CAST(p.proargnames AS varchar)')
    .catch(() => named('p.proargnames'))
    .catch(() => []);
  return new Map(
    rows.map(([name, types, list]) => [`${String(name)}(${String(types)})`, readList(String(list ?? ''))]),
  );
}

/** `{load_id,"at"}` */
function readList(text: string): readonly string[] {
  return text
    .replace(/^\{/, '')
    .replace(/\}$/, '')
    .split(',')
    .map((item) => item.replaceAll('"', ''));
}

function listed(names: readonly string[]): string {
  return names.length === 0 ? "''" : names.map((name) => quoteText(name.toLowerCase())).join(', ');
}
