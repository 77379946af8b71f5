import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RedshiftDataClient } from '@aws-sdk/client-redshift-data';
import { SFNClient } from '@aws-sdk/client-sfn';
import pg from 'pg';
import type { Pipeline } from '../../../src/definition/pipeline.ts';
import { localClientConfig } from '../../../src/local-stage/local-client-config.ts';
import { type Stack, startStack } from '../../../src/local-stage/stack.ts';
import { type MigrateOptions, migrate } from '../../../src/migrations/migrate.ts';
import {
  createSqlRunner,
  type SqlRunner,
  type SqlRunnerOptions,
} from '../../../src/migrations/sql-runner.ts';

const USERS = { owner: 'owner', runtime: 'runtime', dms: 'dms' };

/** A local stack whose warehouse is empty, and a folder of migrations. */
export interface MigrationWorld {
  readonly stack: Stack;
  readonly dataApi: RedshiftDataClient;
  readonly sfn: SFNClient;
  readonly folder: string;
  /** Writes files of the folder; undefined takes one away. */
  write(files: Readonly<Record<string, string | undefined>>): Promise<void>;
  runner(user: 'owner' | 'runtime', options?: SqlRunnerOptions): SqlRunner;
  /** Migrates as the owner. @returns the scripts that were applied */
  migrate(options?: Partial<MigrateOptions>): Promise<readonly string[]>;
  /** Rows of a query that the owner asks, as text. */
  query(sql: string): Promise<readonly (readonly string[])[]>;
  /** Scripts in the history, in order. */
  history(): Promise<readonly string[]>;
  /** Takes away everything that was migrated, and all files. */
  empty(): Promise<void>;
  close(): Promise<void>;
}

export async function startMigrationWorld(pipelines: readonly Pipeline[] = []): Promise<MigrationWorld> {
  const ignore = () => {};
  const listeners = { onNotification: ignore, onLog: ignore, report: ignore };
  const stack = await startStack({ port: 0, pipelines: [], tasks: [], functions: [], ...listeners });
  const config = localClientConfig(stack.url);
  const clients = { dataApi: new RedshiftDataClient(config), sfn: new SFNClient(config) };
  const folder = await mkdtemp(join(tmpdir(), 'elt-migrations-'));
  const cluster = { clusterIdentifier: 'redshiftcluster-abcd', database: 'dev' };
  const runner: MigrationWorld['runner'] = (dbUser, options) =>
    createSqlRunner(clients.dataApi, { ...cluster, dbUser }, options);
  const query = (sql: string) => runner('owner').query('test', sql);

  return {
    stack,
    ...clients,
    folder,
    runner,
    query,
    write: (files) => writeFiles(folder, files),
    migrate: async (options) => {
      const applied = await migrate({
        runner: runner('owner'),
        folder,
        placeholders: USERS,
        pipelines,
        ...options,
      });
      return applied.map(({ script }) => script);
    },
    history: async () =>
      (await query('SELECT script FROM elt.schema_history ORDER BY installed_rank')).flat(),
    empty: async () => {
      const client = new pg.Client(await stack.warehouse.connection('dev', 'owner'));
      await client.connect();
      await client.query('DROP SCHEMA IF EXISTS elt, mart CASCADE');
      await client.end();
      await rm(folder, { recursive: true });
      await writeFiles(folder, {});
    },
    close: async () => {
      for (const client of Object.values(clients)) client.destroy();
      await stack.close();
      await rm(folder, { recursive: true });
    },
  };
}

async function writeFiles(
  folder: string,
  files: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [file, text] of Object.entries(files)) {
    if (text === undefined) await rm(join(folder, file));
    else await writeFile(join(folder, file), text);
  }
}
