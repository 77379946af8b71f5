import type { Session, SessionSettings, Warehouse } from '../contracts.ts';
import { DATABASES, USERS } from './bootstrap/bootstrap.ts';
import type { Dialect } from './dialect/translate.ts';
import type { DatabaseServer } from './server/database-server.ts';
import { startEmbeddedServer } from './server/embedded-server.ts';
import { useGivenServer } from './server/given-server.ts';
import type { OriginCache } from './session/columns.ts';
import { createLetters } from './session/letters.ts';
import { openSession } from './session/open-session.ts';
import { createQueryLog } from './session/query-log.ts';
import { WarehouseError } from './warehouse-error.ts';

export interface WarehouseOptions {
  /** Where `LOCAL_PG_URL` is looked up: a server to use instead of one of our own. @default process.env */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Gets a line when something takes longer than usual. @default nobody is told */
  readonly report?: (line: string) => void;
  /** Folder that keeps an initialised server between starts. @default node_modules/.cache/elt-warehouse */
  readonly cacheFolder?: string;
  /** A result larger than this ends in an error. @default 500 MB, as Redshift's Data API (which counts them compressed) */
  readonly maxResultBytes?: number;
}

const MAX_RESULT_BYTES = 500 * 2 ** 20;

/**
 * Starts the local warehouse: a Redshift cluster that is really a PostgreSQL server on this machine.
 * @throws WarehouseServerError when no server can be started
 */
export async function createWarehouse(options: WarehouseOptions = {}): Promise<Warehouse> {
  const url = (options.env ?? process.env).LOCAL_PG_URL;
  const server = url
    ? await useGivenServer(url)
    : await startEmbeddedServer({ report: options.report ?? (() => {}), cacheFolder: options.cacheFolder });
  const sessions = new Set<Session>();
  const databases = new Map(
    DATABASES.map((database) => [database as string, shareDatabase(server, database)]),
  );
  let queries = 0;

  const open = async (database: string, user: string, settings: SessionSettings = {}): Promise<Session> => {
    const shared = databases.get(database);
    if (!shared)
      throw new WarehouseError(`FATAL: database "${database}" does not exist`, { sqlState: '3D000' });
    // A connection may end while it is being opened, before there is a session.
    let session: Session | undefined;
    session = await openSession(server.connection(database, userOf(user)), {
      ...shared,
      nextQueryId: () => ++queries,
      maxResultBytes: settings.maxResultBytes ?? options.maxResultBytes ?? MAX_RESULT_BYTES,
      isReadOnly: settings.isReadOnly ?? false,
      onEnd: () => session && sessions.delete(session),
    });
    sessions.add(session);
    return session;
  };

  const lost = server.lost.then((reason) => {
    // A server that is gone cancels nothing: its processes would go on with what they do.
    for (const { pid } of sessions) killProcess(pid);
    return reason;
  });

  return {
    databases: DATABASES,
    lost,
    open,
    connection: async (database, user) => server.connection(database, userOf(user)),
    close: async () => {
      for (const session of sessions) session.close().catch(() => {});
      for (const { letters, log } of databases.values()) {
        letters.close().catch(() => {});
        log?.close().catch(() => {});
      }
      await server.close();
    },
  };
}

/** What the sessions of a database have in common. */
function shareDatabase(server: DatabaseServer, database: (typeof DATABASES)[number]) {
  const dialect: Dialect = database === 'source' ? 'postgres' : 'redshift';
  const origins: OriginCache = new Map();
  const admin = server.admin(database);
  const log = dialect === 'redshift' ? createQueryLog(admin, database) : undefined;
  return { dialect, origins, log, letters: createLetters(admin) };
}

function userOf(name: string): string {
  return (USERS as readonly string[]).includes(name) ? name : 'owner';
}

function killProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

/** A warehouse that is being started: what is asked of it waits until it is there, or fails as its start did. */
export function startingWarehouse(starting: Promise<Warehouse>): Warehouse {
  // Whoever asks is told; that nobody does is no error.
  starting.catch(() => {});
  return {
    databases: DATABASES,
    // One that never was cannot be lost.
    lost: starting.then(
      ({ lost }) => lost,
      () => new Promise(() => {}),
    ),
    open: async (database, user, settings) => (await starting).open(database, user, settings),
    connection: async (database, user) => (await starting).connection(database, user),
    close: () =>
      starting.then(
        (warehouse) => warehouse.close(),
        () => {},
      ),
  };
}
