import { createHmac, randomBytes } from 'node:crypto';
import type { Client } from 'pg';
import { DATABASES, prepareDatabase, USERS } from '../bootstrap/bootstrap.ts';
import { withClient } from '../database-client.ts';
import { type DatabaseServer, WarehouseServerError } from './database-server.ts';
import { isGone, thisProcess } from './run-folder.ts';

/** Comment on what is ours in a server of somebody else; behind it stands the owner as JSON. */
const MARK = 'redshift-elt local warehouse ';
/** Any two processes that prepare the same server wait for each other. */
const SETUP_LOCK = 7_283_061_120;
const OLDEST_VERSION = 160000;

interface Login {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password?: string;
}

/**
 * Uses a PostgreSQL server that is already there: makes the users `owner`, `runtime` and `dms` in it if they are missing,
 * and databases of this process's own, which are dropped in the end. Nothing else is touched.
 * @param url connection URL of a superuser, without TLS
 * @throws WarehouseServerError `given-server`
 */
export async function useGivenServer(url: string): Promise<DatabaseServer> {
  try {
    return await setUp(url);
  } catch (error) {
    if (error instanceof WarehouseServerError) throw error;
    throw refused((error as Error).message, error);
  }
}

async function setUp(url: string): Promise<DatabaseServer> {
  const names = nameDatabases();
  const userPassword = createHmac('sha256', url).update(MARK).digest('hex').slice(0, 48);
  const { login, maintenance } = await withClient({ connectionString: url }, async (client) => {
    await checkServer(client);
    await client.query('SELECT pg_advisory_lock($1)', [SETUP_LOCK]);
    await dropAbandoned(client);
    for (const user of USERS) await makeUser(client, user, userPassword);
    for (const database of DATABASES) await makeDatabase(client, names[database] ?? '');
    return { login: loginOf(client), maintenance: client.database ?? 'postgres' };
  });
  for (const database of DATABASES) {
    await withClient({ ...login, database: names[database] }, (client) => prepareDatabase(client, database));
  }
  return {
    connection: (database, user) => ({
      ...login,
      database: names[database] ?? database,
      user,
      password: userPassword,
    }),
    admin: (database) => ({ ...login, database: names[database] ?? database }),
    // Somebody else's: it may come back, and its statements say what is wrong with it.
    lost: new Promise(() => {}),
    close: () =>
      withClient({ ...login, database: maintenance }, (client) =>
        dropDatabases(client, Object.values(names)),
      ),
  };
}

function nameDatabases(): Readonly<Record<string, string>> {
  const run = randomBytes(4).toString('hex');
  return Object.fromEntries(DATABASES.map((database) => [database, `elt_${run}_${database}`]));
}

function loginOf(client: Client): Login {
  const { host, port, user = '', password } = client;
  return { host, port, user, ...(typeof password === 'string' ? { password } : {}) };
}

async function checkServer(client: Client): Promise<void> {
  const { rows } = await client.query(
    "SELECT current_setting('is_superuser') AS superuser, current_setting('server_version_num')::int AS version",
  );
  if (rows[0].superuser !== 'on') throw refused('its user is no superuser');
  if (rows[0].version < OLDEST_VERSION) throw refused('its server is older than PostgreSQL 16');
}

/** A role of the same name that somebody else made stays theirs. */
async function makeUser(client: Client, user: string, password: string): Promise<void> {
  const { rows } = await client.query(
    "SELECT coalesce(shobj_description(oid, 'pg_authid'), '') AS comment FROM pg_roles WHERE rolname = $1",
    [user],
  );
  if (rows.length === 0) {
    await client.query(`CREATE ROLE ${user}`);
    await client.query(`COMMENT ON ROLE ${user} IS '${MARK}'`);
  } else if (rows[0].comment !== MARK) {
    throw refused(`it has a role "${user}" that is not the local warehouse's`);
  }
  await client.query(`ALTER ROLE ${user} LOGIN NOSUPERUSER PASSWORD '${password}'`);
}

async function makeDatabase(client: Client, name: string): Promise<void> {
  await client.query(`CREATE DATABASE ${name} OWNER owner TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'`);
  await client.query(
    `COMMENT ON DATABASE ${name} IS '${MARK}${JSON.stringify(thisProcess()).replaceAll("'", "''")}'`,
  );
}

/** Drops databases whose process has died. */
async function dropAbandoned(client: Client): Promise<void> {
  const { rows } = await client.query<{ datname: string; comment: string }>(
    "SELECT datname, shobj_description(oid, 'pg_database') AS comment FROM pg_database " +
      "WHERE starts_with(shobj_description(oid, 'pg_database'), $1)",
    [MARK],
  );
  const abandoned = rows.filter(({ comment }) => isGone(JSON.parse(comment.slice(MARK.length))));
  await dropDatabases(
    client,
    abandoned.map(({ datname }) => datname),
  );
}

async function dropDatabases(client: Client, names: readonly string[]): Promise<void> {
  for (const name of names) await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
}

function refused(reason: string, cause?: unknown): WarehouseServerError {
  return new WarehouseServerError(
    'given-server',
    `The server that LOCAL_PG_URL names cannot be used: ${reason}. It must be the URL of a superuser, as in ` +
      'postgres://postgres:secret@127.0.0.1:5432/postgres; without LOCAL_PG_URL a server is started from node_modules.',
    { cause },
  );
}
