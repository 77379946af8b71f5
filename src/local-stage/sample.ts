import type { EventEmitter } from 'node:events';
import pg from 'pg';
import { InvalidConfig } from '../errors/errors.ts';
import { lineAndColumn } from '../json-text.ts';
import type { Warehouse } from '../local/index.ts';
import { readStatements } from '../sql-text.ts';
import { pathFromRoot, readSampleFile, readSampleNames, SAMPLE_FOLDER } from './sample-tasks.ts';

/** Which rows the sample's source holds. */
export type SampleRows =
  | { readonly kind: 'small' }
  | { readonly kind: 'as-published' }
  | { readonly kind: 'many'; readonly rows: number };

/**
 * Creates the sample's source database: what the DMS task copies. Plain PostgreSQL, not Redshift.
 * @throws InvalidConfig naming file and line where its SQL is wrong, or listing the tables there are
 */
export async function createSampleSource(
  warehouse: Warehouse,
  sample: SampleRows,
  failTable?: string,
  folder: URL = SAMPLE_FOLDER,
): Promise<void> {
  const client = new pg.Client(await warehouse.connection('source', 'owner'));
  await client.connect();
  try {
    for (const file of await sourceFiles(folder)) await runFile(client, file, folder);
    if (sample.kind === 'as-published') await runFile(client, 'as-published.sql', folder);
    if (sample.kind === 'many') await runFile(client, 'many-sales.sql', folder, String(sample.rows));
    if (failTable !== undefined) await assertTable(client, failTable);
  } finally {
    await client.end();
  }
}

/**
 * The files that make the source: `source.sql`, then each `source.NAME.sql`. Without any, `source.sql`, which is named as missing when
 * it is read.
 */
async function sourceFiles(folder: URL): Promise<readonly string[]> {
  const names = await readSampleNames(folder);
  const more = names.filter((name) => /^source\..+\.sql$/.test(name)).toSorted();
  return names.includes('source.sql') || more.length === 0 ? ['source.sql', ...more] : more;
}

/** @throws InvalidConfig listing the tables there are */
async function assertTable(client: pg.Client, table: string): Promise<void> {
  const sql = `SELECT schemaname || '.' || tablename AS name FROM pg_tables
    WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1`;
  const names = (await client.query(sql)).rows.map(({ name }) => name);
  if (names.includes(table)) return;
  throw new InvalidConfig(
    `the source has no table "${table}" that could fail; there are: ${names.join(', ')}`,
  );
}

/** Runs a file in one transaction. @throws InvalidConfig naming its line */
async function runFile(client: pg.Client, file: string, folder: URL, rows = ''): Promise<void> {
  const url = new URL(file, folder);
  const path = pathFromRoot(url);
  const text = await readSampleFile(url);
  const sql = text.replaceAll(/\$\{rows\}/g, rows);
  const connection = Reflect.get(client, 'connection') as EventEmitter;
  let done = 0;
  const count = () => {
    done += 1;
  };
  connection.on('commandComplete', count);
  try {
    await client.query(sql);
  } catch (error) {
    if (!(error instanceof pg.DatabaseError)) throw error;
    const hint = error.hint ? ` ${error.hint}` : '';
    throw new InvalidConfig(
      `${path}${placeOf(error, sql, done)}: ${error.message}.${hint} Correct the file and start again.`,
    );
  } finally {
    connection.off('commandComplete', count);
  }
}

/**
 * The place in the file where PostgreSQL found the error. If it does not say, the line on which the statement begins.
 */
function placeOf({ position }: pg.DatabaseError, sql: string, done: number): string {
  if (position !== undefined) {
    // PostgreSQL counts characters. A string's length counts UTF-16 units, and some characters have two.
    return `:${lineAndColumn(sql, [...sql].slice(0, Number(position) - 1).join('').length)}`;
  }
  try {
    const line = readStatements(sql)[done]?.line;
    return line === undefined ? '' : `:${line}`;
  } catch {
    return '';
  }
}
