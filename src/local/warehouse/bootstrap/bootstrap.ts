import { readFileSync } from 'node:fs';
import type { Client } from 'pg';
import { withClient } from '../database-client.ts';

/** Databases of the local cluster. */
export const DATABASES = ['dev', 'source'] as const;
/** Its users; none is a superuser. */
export const USERS = ['owner', 'runtime', 'dms'] as const;

/** What each database gets; `source` stands for a relational database that is no Redshift. */
const FILES: Readonly<Record<(typeof DATABASES)[number], readonly string[]>> = {
  dev: [
    'functions.sql',
    'procedures.sql',
    'routines.sql',
    'roles.sql',
    'values.sql',
    'conversions.sql',
    'redefined.sql',
    'more-functions.sql',
    'windows.sql',
    'query-history.sql',
    'tables.sql',
    'late-views.sql',
    'append.sql',
    'system-views.sql',
    'keys.sql',
    'allowed-functions.sql',
  ],
  source: ['functions.sql'],
};

/** The SQL that makes Redshift's functions and rules in a database, in the order it must run. */
export function databaseScripts(database: (typeof DATABASES)[number]): readonly string[] {
  return FILES[database].map((file) => readFileSync(new URL(file, import.meta.url), 'utf8'));
}

/** Puts Redshift's functions and rules into a new database, as its superuser. */
export async function prepareDatabase(client: Client, database: (typeof DATABASES)[number]): Promise<void> {
  for (const script of databaseScripts(database)) await client.query(script);
  for (const user of USERS) {
    await client.query(`ALTER DEFAULT PRIVILEGES FOR ROLE ${user} REVOKE EXECUTE ON ROUTINES FROM PUBLIC`);
  }
  await client.query('GRANT ALL ON SCHEMA public TO PUBLIC');
}

/** The server's superuser, connected to any database. */
export interface AdminConnection {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
}

/** The databases that initdb makes, and what becomes of them: renaming is faster than making and dropping. */
const RENAMED = { dev: 'postgres', source: 'template1' } as const;

/**
 * Makes users and databases in a new cluster, with no database more than needed: a start copies every file.
 * One scram iteration is enough for a random password and makes a connection 3 ms faster.
 */
export async function makeDatabases(admin: AdminConnection): Promise<void> {
  await withClient({ ...admin, database: RENAMED.source }, async (client) => {
    await client.query('SET scram_iterations = 1');
    await client.query(`ALTER ROLE ${admin.user} PASSWORD '${admin.password}'`);
    for (const user of USERS) await client.query(`CREATE ROLE ${user} LOGIN PASSWORD '${admin.password}'`);
    await client.query(`ALTER DATABASE ${RENAMED.dev} RENAME TO dev`);
  });
  await withClient({ ...admin, database: 'dev' }, async (client) => {
    await client.query("UPDATE pg_database SET datistemplate = false WHERE datname LIKE 'template%'");
    await client.query(`ALTER DATABASE ${RENAMED.source} RENAME TO source`);
    await client.query('DROP DATABASE template0');
    for (const database of DATABASES) {
      await client.query(`ALTER DATABASE ${database} OWNER TO owner`);
      await client.query(`GRANT TEMPORARY ON DATABASE ${database} TO PUBLIC`);
      await client.query(`COMMENT ON DATABASE ${database} IS NULL`);
    }
  });
  for (const database of DATABASES) {
    await withClient({ ...admin, database }, (client) => prepareDatabase(client, database));
  }
}
