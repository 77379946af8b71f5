import { DATABASES, prepareDatabase, USERS, withClient } from './bootstrap.ts';

/** The server's superuser, connected to any database. */
export interface AdminConnection {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
}

/**
 * Makes users and databases in a new cluster, and drops the databases nobody needs: a start copies every file.
 * One scram iteration is enough for a random password and makes a connection 3 ms faster.
 */
export async function makeDatabases(admin: AdminConnection): Promise<void> {
  await withClient({ ...admin, database: 'postgres' }, async (client) => {
    await client.query('SET scram_iterations = 1');
    await client.query(`ALTER ROLE ${admin.user} PASSWORD '${admin.password}'`);
    for (const user of USERS) await client.query(`CREATE ROLE ${user} LOGIN PASSWORD '${admin.password}'`);
  });
  await withClient({ ...admin, database: 'postgres' }, async (client) => {
    for (const database of DATABASES) await client.query(`CREATE DATABASE ${database} OWNER owner`);
  });
  for (const database of DATABASES) {
    await withClient({ ...admin, database }, (client) => prepareDatabase(client, database));
  }
  await withClient({ ...admin, database: DATABASES[0] }, async (client) => {
    await client.query("UPDATE pg_database SET datistemplate = false WHERE datname LIKE 'template%'");
    for (const database of ['postgres', 'template0', 'template1'])
      await client.query(`DROP DATABASE ${database}`);
  });
}
