import type { ResultValue } from '../../data-api/result.ts';
import { quoteText } from '../../migrations/quote.ts';
import { foldName } from '../../names/names.ts';
import type { TableRight } from '../sql/reading.ts';
import type { CatalogFacts, ProcedureFacts, SessionFacts, TableFacts } from './warehouse-facts.ts';

/** Runs one SELECT and reads its rows. @param what it asks for, in messages */
export type AskCatalog = (what: string, sql: string) => Promise<readonly (readonly ResultValue[])[]>;

/** Who the session is. */
export async function readSession(ask: AskCatalog): Promise<SessionFacts> {
  const [[user, database, timeout] = []] = await ask(
    'the query of the session',
    `SELECT CAST(current_user AS varchar), CAST(current_database() AS varchar), current_setting('statement_timeout')`,
  );
  return {
    user: String(user),
    database: String(database),
    statementTimeoutMs: readMilliseconds(String(timeout)),
  };
}

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, min: 60_000, h: 3_600_000, d: 86_400_000 };

/** Redshift shows milliseconds, PostgreSQL adds a unit: `90s`. */
function readMilliseconds(text: string): number {
  const [, number = '0', unit = 'ms'] = /^(\d+)\s*([a-z]+)?$/.exec(text.trim()) ?? [];
  return Number(number) * (UNITS[unit] ?? 1);
}

/**
 * The statement_timeout that ALTER USER … SET has given a user, in milliseconds; undefined where he has none, or the warehouse does not
 * tell.
 */
export async function readUserTimeout(ask: AskCatalog, user: string): Promise<number | undefined> {
  const [[settings] = []] = await ask(
    'the query of the user’s settings',
    `SELECT CAST(u.useconfig AS varchar) FROM pg_user u WHERE u.usename = ${quoteText(user)}`,
  ).catch(() => []);
  const [, text] = /\bstatement_timeout=([^,}"]+)/.exec(String(settings ?? '')) ?? [];
  return text === undefined ? undefined : readMilliseconds(text);
}

/** The procedures of these names, with all their overloads. */
export async function readProcedures(
  ask: AskCatalog,
  names: readonly string[],
  runtime: string,
): Promise<readonly ProcedureFacts[]> {
  if (names.length === 0) return [];
  const from = `FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace`;
  const named = `n.nspname || '.' || p.proname IN (${names.map(quoteText).join(', ')})`;
  const [rows, callable] = await Promise.all([
    ask(
      'the query of the procedures',
      `SELECT CAST(p.oid AS bigint), n.nspname || '.' || p.proname, oidvectortypes(p.proargtypes), p.prosecdef, CAST(pg_get_userbyid(p.proowner) AS varchar), p.prosrc
${from} WHERE ${named}`,
    ),
    // Redshift’s documentation does not name this function.
    ask(
      'the query of the grants on procedures',
      `SELECT CAST(p.oid AS bigint) ${from} JOIN pg_user u ON u.usename = ${quoteText(runtime)}
WHERE ${named} AND has_function_privilege(u.usename, p.oid, 'EXECUTE')`,
    ).catch(() => undefined),
  ]);
  const ids = callable && new Set(callable.map(([id]) => String(id)));
  return rows.map(([id, name, types, isDefiner, owner, body]) => ({
    name: String(name),
    argumentTypes: String(types ?? '')
      .split(', ')
      .filter((type) => type !== ''),
    ...(isTrue(isDefiner) ? { definer: String(owner) } : {}),
    body: withoutLocalWords(String(body ?? '')),
    isCallable: ids === undefined ? 'unknown' : ids.has(String(id)),
  }));
}

/** What the local warehouse adds to a body to behave as Redshift: it is no part of the procedure. */
const LOCAL_WORDS = /\bIF local_warehouse\.\w+\([^;]*?\) THEN (?:NULL|COMMIT); END IF/g;

/** A TRUNCATE, which commits on Redshift by itself. */
const LOCAL_TRUNCATE =
  /\bIF local_warehouse\.refuse_in_block\('TRUNCATE',[^;]*?\) THEN NULL; END IF;\s*(TRUNCATE TABLE [^;]+;)\s*COMMIT;/g;

function withoutLocalWords(body: string): string {
  return body.replaceAll(LOCAL_TRUNCATE, '$1').replaceAll(LOCAL_WORDS, 'NULL');
}

/** Names of all functions in Python, with their schemas. */
export async function readPythonFunctions(ask: AskCatalog): Promise<readonly string[]> {
  const rows = await ask(
    'the query of the functions in Python',
    `SELECT n.nspname || '.' || p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
JOIN pg_language l ON l.oid = p.prolang WHERE l.lanname LIKE 'plpython%'`,
  );
  return rows.map(([name]) => String(name));
}

/** What is asked for. */
export interface Names {
  readonly users: readonly string[];
  readonly schemas: readonly string[];
  /** `schema.table` */
  readonly tables: readonly string[];
}

/** Rights that Redshift's own function documents; TRUNCATE is asked for apart. */
const DOCUMENTED: readonly TableRight[] = ['SELECT', 'INSERT', 'UPDATE', 'DELETE'];

/** What the catalog says of users, schemas and tables. A name that is missing is in none of its answers. */
export async function readCatalog(ask: AskCatalog, { users, schemas, tables }: Names): Promise<CatalogFacts> {
  const ofUsers = `u.usename IN (${users.map(quoteText).join(', ')})`;
  const askRights = (rights: readonly TableRight[], table: string) =>
    ask('the query of the grants', selectRights(rights, table, ofUsers, tables));
  const [found, usable, documented, truncatable] = await Promise.all([
    ask('the query of the users', `SELECT CAST(u.usename AS varchar) FROM pg_user u WHERE ${ofUsers}`),
    ask(
      'the query of the schemas',
      `SELECT CAST(n.nspname AS varchar), CAST(u.usename AS varchar), has_schema_privilege(u.usename, n.nspname, 'USAGE')
FROM pg_namespace n LEFT JOIN pg_user u ON ${ofUsers} WHERE n.nspname IN (${listed(schemas)})`,
    ),
    // Where the function does not take an ID, it takes a name, but only from whoever may use the schema.
    askRights(DOCUMENTED, BY_ID).catch(() => askRights(DOCUMENTED, BY_NAME)),
    // Redshift’s documentation does not name TRUNCATE among what this function knows.
    askRights(['TRUNCATE'], BY_ID).catch(() => undefined),
  ]);
  return {
    users: new Set(found.map(([user]) => String(user))),
    schemas: groupUsers(usable),
    tables: groupRights(documented, truncatable),
  };
}

const BY_ID = 'c.oid';
const BY_NAME = "quote_ident(n.nspname) || '.' || quote_ident(c.relname)";

/** Names are compared without case, because a warehouse may be set to keep that of quoted ones. */
function selectRights(
  rights: readonly TableRight[],
  table: string,
  ofUsers: string,
  tables: readonly string[],
): string {
  const columns = rights.map((right) => `has_table_privilege(u.usename, ${table}, '${right}')`);
  return `SELECT n.nspname || '.' || c.relname, CAST(u.usename AS varchar), ${columns.join(', ')}
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_user u ON ${ofUsers}
WHERE c.relkind IN ('r', 'v', 'm', 'p', 'f') AND lower(n.nspname || '.' || c.relname) IN (${listed(tables.map((name) => name.toLowerCase()))})`;
}

/** A list that matches nothing if there is nothing to look for. */
function listed(names: readonly string[]): string {
  return names.length === 0 ? "''" : names.map(quoteText).join(', ');
}

type Rows = readonly (readonly ResultValue[])[];

function groupUsers(rows: Rows): ReadonlyMap<string, ReadonlySet<string>> {
  const schemas = new Map<string, Set<string>>();
  for (const [schema, user, isUsable] of rows) {
    const users = schemas.get(String(schema)) ?? new Set();
    if (isTrue(isUsable)) users.add(String(user));
    schemas.set(String(schema), users);
  }
  return schemas;
}

function groupRights(documented: Rows, truncatable: Rows | undefined): ReadonlyMap<string, TableFacts> {
  const tables = new Map<string, { rights: Map<string, Set<string>>; unknown: ReadonlySet<string> }>();
  const unknown: ReadonlySet<string> = new Set(truncatable === undefined ? ['TRUNCATE'] : []);
  const add = (rows: Rows, names: readonly string[]) => {
    for (const [name, user, ...allowed] of rows) {
      const table = tables.get(foldName(String(name))) ?? { rights: new Map(), unknown };
      tables.set(foldName(String(name)), table);
      const rights = table.rights.get(String(user)) ?? new Set<string>();
      table.rights.set(String(user), rights);
      for (const [index, right] of names.entries()) if (isTrue(allowed[index])) rights.add(right);
    }
  };
  add(documented, DOCUMENTED);
  add(truncatable ?? [], ['TRUNCATE']);
  return tables;
}

function isTrue(value: ResultValue | undefined): boolean {
  return value === true || value === 't' || value === 'true' || value === 1;
}
