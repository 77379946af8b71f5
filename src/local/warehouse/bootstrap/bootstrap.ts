import { readFileSync } from 'node:fs';
import type { Client } from 'pg';

/** Databases of the local cluster. */
export const DATABASES = ['dev', 'source'] as const;
/** Its users; none is a superuser. */
export const USERS = ['owner', 'runtime', 'dms'] as const;

/** What each database gets; `source` stands for a relational database that is no Redshift. */
const FILES: Readonly<Record<(typeof DATABASES)[number], readonly string[]>> = {
  dev: ['functions.sql', 'procedures.sql', 'values.sql', 'tables.sql'],
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
