import type { Client } from 'pg';
import { quoteIdentifier } from '../../../warehouse/database-client.ts';
import { redshiftType } from '../mapping/dms-type.ts';
import type { PlannedColumn } from '../mapping/plan-columns.ts';
import type { TableName } from '../mapping/target-name.ts';
import type { LoadSettings, Preparation } from '../task-settings.ts';

/** A table of the target, under the names that it really has. */
interface TargetTable extends TableName {
  readonly columns: readonly string[];
}

/** What a table needs of the target. */
export interface TargetTableRequest {
  readonly to: TableName;
  readonly planned: readonly PlannedColumn[];
  /** Source names of the columns that may not be NULL: those of the key. */
  readonly key: readonly string[];
  readonly settings: LoadSettings;
}

/** Redshift does not tell the cases of a name apart. Here both are kept, and the folded one is preferred. */
const FIND = `
  SELECT n.nspname AS schema, c.relname AS name, array_agg(a.attname::text ORDER BY a.attnum) AS columns
  FROM pg_class c
  JOIN pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
  WHERE lower(n.nspname) = lower($1) AND lower(c.relname) = lower($2) AND c.relkind IN ('r', 'p')
  GROUP BY n.nspname, c.relname
  ORDER BY n.nspname = lower($1) DESC, c.relname = lower($2) DESC LIMIT 1`;

/**
 * Finds the table that rows go to, and makes or empties it as the settings say. Each of the statements commits by itself: readers see
 * the table empty while rows arrive, and after a failure.
 * @see https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Tasks.CustomizingTasks.TaskSettings.FullLoad.html
 */
export async function prepareTarget(client: Client, request: TargetTableRequest): Promise<TargetTable> {
  const mode = request.settings.FullLoadSettings.TargetTablePrepMode;
  const found = await findTarget(client, request.to);
  if (found === undefined || mode === 'DROP_AND_CREATE') return makeTable(client, request, found);
  matchColumns(
    found,
    request.planned.map(({ name }) => name),
  );
  await emptyTable(client, found, mode);
  return found;
}

/** The table with this name, whatever its case. */
export async function findTarget(
  client: Client,
  { schema, name }: TableName,
): Promise<TargetTable | undefined> {
  return (await client.query<TargetTable>(FIND, [schema, name])).rows[0];
}

/** The target's names of columns. @throws Error where it lacks one */
export function matchColumns(target: TargetTable, columns: readonly string[]): readonly string[] {
  const byFoldedName = new Map(target.columns.map((column) => [column.toLowerCase(), column]));
  return columns.map((column) => {
    const match = byFoldedName.get(column.toLowerCase());
    if (match !== undefined) return match;
    throw new Error(`column "${column}" of relation "${target.schema}.${target.name}" does not exist`);
  });
}

/** A table's name as SQL wants it. */
export function qualified({ schema, name }: TableName): string {
  return `${quoteIdentifier(schema)}.${quoteIdentifier(name)}`;
}

async function emptyTable(client: Client, table: TargetTable, mode: Preparation): Promise<void> {
  if (mode === 'TRUNCATE_BEFORE_LOAD') await client.query(`TRUNCATE ${qualified(table)}`);
}

/** A new table belongs to DMS, has DMS' types and nobody's grants. In every mode DMS makes a table that is not there. */
async function makeTable(
  client: Client,
  request: TargetTableRequest,
  found: TargetTable | undefined,
): Promise<TargetTable> {
  const folded = { schema: request.to.schema.toLowerCase(), name: request.to.name.toLowerCase() };
  try {
    if (found) await client.query(`DROP TABLE ${qualified(found)}`);
    const table = { ...folded, schema: found?.schema ?? (await makeSchema(client, folded.schema)) };
    await client.query(`CREATE TABLE ${qualified(table)} (${columnList(request)})`);
    return { ...table, columns: request.planned.map(({ name }) => name.toLowerCase()) };
  } catch (error) {
    const missing = `relation "${folded.schema}.${folded.name}" does not exist, and DMS cannot make it`;
    throw new Error(`${found ? 'DROP_AND_CREATE' : missing}: ${(error as Error).message}`, { cause: error });
  }
}

/** duplicate_schema, and unique_violation where two are made at the same time. */
const MADE_BY_ANOTHER = ['42P06', '23505'];

/** The schema's own name; made where it is not there. */
async function makeSchema(client: Client, schema: string): Promise<string> {
  const sql = 'SELECT nspname AS name FROM pg_namespace WHERE lower(nspname) = $1 ORDER BY nspname = $1 DESC';
  const [found] = (await client.query<{ readonly name: string }>(sql, [schema])).rows;
  if (found) return found.name;
  try {
    await client.query(`CREATE SCHEMA ${quoteIdentifier(schema)}`);
  } catch (error) {
    // Another table of the same task has made it meanwhile.
    if (!MADE_BY_ANOTHER.includes(String(Object(error).code))) throw error;
  }
  return schema;
}

function columnList({ planned, key, settings }: TargetTableRequest): string {
  const lobBytes = settings.TargetMetadata.LobMaxSize * 1024;
  return planned
    .map(({ name, type, source }) => {
      const isKey = source !== undefined && key.includes(source.name);
      return `${quoteIdentifier(name.toLowerCase())} ${redshiftType(type, lobBytes)}${isKey ? ' NOT NULL' : ''}`;
    })
    .join(', ');
}
