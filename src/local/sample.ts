import { readdir, readFile } from 'node:fs/promises';
import pg from 'pg';
import type { Pipeline } from '../definition/pipeline.ts';
import { InvalidConfig } from '../errors/errors.ts';
import type { Warehouse } from './contracts.ts';
import { type LocalTask, localTaskArn } from './local-stage.ts';

/** Which rows the sample's source holds. */
export type SampleRows =
  | { readonly kind: 'small' }
  | { readonly kind: 'as-published' }
  | { readonly kind: 'many'; readonly rows: number };

const SAMPLE = new URL('../../sql/sample/', import.meta.url);

/** Creates the sample's source database: what the DMS task copies. Plain PostgreSQL, not Redshift. */
export async function createSampleSource(
  warehouse: Warehouse,
  sample: SampleRows,
  failTable?: string,
): Promise<void> {
  const client = new pg.Client(await warehouse.connection('source', 'owner'));
  await client.connect();
  try {
    await client.query(await readSample('source.sql'));
    if (sample.kind === 'as-published') await client.query(await readSample('as-published.sql'));
    if (sample.kind === 'many') {
      await client.query((await readSample('many-sales.sql')).replaceAll(/\$\{rows\}/g, String(sample.rows)));
    }
    if (failTable !== undefined) await assertTable(client, failTable);
  } finally {
    await client.end();
  }
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

/**
 * The DMS tasks that pipelines name, each with the table mappings that a deployed one would have: those of
 * `table-mappings.TASK.json`, or of `table-mappings.json` where it has none of its own.
 * @param failTable source table, `schema.table`, that they fail to load once
 */
export async function readSampleTasks(
  pipelines: readonly Pipeline[],
  failTable?: string,
  folder: URL = SAMPLE,
): Promise<readonly LocalTask[]> {
  const files = await readdir(folder);
  const identifiers = [...new Set(pipelines.flatMap(({ tasks }) => tasks))];
  return Promise.all(
    identifiers.map(async (identifier) => {
      const ofItsOwn = `table-mappings.${identifier}.json`;
      const file = files.includes(ofItsOwn) ? ofItsOwn : 'table-mappings.json';
      return {
        identifier,
        arn: localTaskArn(identifier),
        tableMappings: JSON.parse(await readFile(new URL(file, folder), 'utf8')),
        sourceDatabase: 'source',
        targetDatabase: 'dev',
        ...(failTable === undefined ? {} : { failTable }),
      };
    }),
  );
}

function readSample(file: string): Promise<string> {
  return readFile(new URL(file, SAMPLE), 'utf8');
}
