import type { Client } from 'pg';
import type { PostgresConnection } from '../../contracts.ts';
import { connectAsAdmin } from './admin-connection.ts';

/** A statement of a session that has ended. */
export interface EndedQuery {
  readonly queryId: number;
  readonly user: string;
  readonly pid: number;
  /** As Redshift classifies it, `CREATE TABLE`; absent where it could not be read. */
  readonly command: string | undefined;
  readonly status: 'success' | 'failed' | 'canceled';
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly endedAt: number;
  readonly elapsedMs: number;
  /** Rows of a result set. */
  readonly returnedRows: number;
  readonly error: string | undefined;
  readonly sql: string;
}

/** What SYS_QUERY_HISTORY shows of a database. It is written beside the statements: none of them waits for it. */
export interface QueryLog {
  add(query: EndedQuery): void;
  /** Resolves when everything that was added can be read. */
  written(): Promise<void>;
  close(): Promise<void>;
}

/** Statements that are kept, with what they wrote. A few more are kept until the older ones are removed. */
const KEPT_QUERIES = 10_000;
const REMOVED_AT_ONCE = 1_000;

const INSERT = `
  INSERT INTO local_warehouse.query_history
  SELECT query_id, pg_roles.oid, session_id, database_name, query_type, status,
    to_timestamp(started) AT TIME ZONE 'UTC', to_timestamp(ended) AT TIME ZONE 'UTC',
    elapsed, error_message, returned_rows, query_text
  FROM jsonb_to_recordset($1::jsonb) AS query (query_id bigint, user_name text, session_id integer, database_name text,
    query_type text, status text, started float8, ended float8, elapsed bigint, error_message text, returned_rows bigint,
    query_text text)
  JOIN pg_roles ON rolname = user_name`;

/** @param admin how to connect as the superuser, who writes the rows; connects when it is first needed */
export function createQueryLog(admin: PostgresConnection, database: string): QueryLog {
  let connected: Promise<Client> | undefined;
  let waiting: EndedQuery[] = [];
  let writing: Promise<void> | undefined;
  let kept = 0;

  const writeAll = async () => {
    connected ??= connectAsAdmin(admin);
    const client = await connected;
    while (waiting.length > 0) {
      const queries = waiting;
      waiting = [];
      await client.query(INSERT, [JSON.stringify(queries.map((query) => toRow(query, database)))]);
      kept += queries.length;
      if (kept >= KEPT_QUERIES + REMOVED_AT_ONCE) kept -= await removeOld(client);
    }
  };
  const write = (): Promise<void> =>
    writeAll()
      .catch(() => {
        // A server that is gone shows no history either.
        waiting = [];
      })
      .then(() => {
        // What was added after the last look.
        writing = waiting.length > 0 ? write() : undefined;
      });
  return {
    add: (query) => {
      waiting.push(query);
      writing ??= write();
    },
    written: async () => {
      while (writing) await writing;
    },
    close: async () => {
      const client = await connected?.catch(() => undefined);
      await client?.end().catch(() => {});
    },
  };
}

/** Nothing is vacuumed in the background, so the room is freed here. */
async function removeOld(client: Client): Promise<number> {
  const oldest = `(SELECT query_id FROM local_warehouse.query_history ORDER BY query_id DESC OFFSET ${KEPT_QUERIES} LIMIT 1)`;
  await client.query(`DELETE FROM local_warehouse.written_rows WHERE query_id <= ${oldest}`);
  const { rowCount } = await client.query(
    `DELETE FROM local_warehouse.query_history WHERE query_id <= ${oldest}`,
  );
  await client.query('VACUUM local_warehouse.query_history, local_warehouse.written_rows');
  return rowCount ?? 0;
}

function toRow(query: EndedQuery, database: string): object {
  return {
    query_id: query.queryId,
    user_name: query.user,
    session_id: query.pid,
    database_name: database,
    query_type: queryType(query.command),
    status: query.status,
    started: query.startedAt / 1000,
    ended: query.endedAt / 1000,
    elapsed: Math.round(query.elapsedMs * 1000),
    error_message: query.error === undefined ? null : storable(query.error, 512),
    returned_rows: query.returnedRows,
    query_text: storable(query.sql, 4000),
  };
}

/** The server stores no NUL and no half of a character. */
const storable = (text: string, length: number) => text.slice(0, length).toWellFormed().replaceAll('\0', '');

const TYPES_OF_THEIR_OWN = new Set(['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'MERGE', 'COPY', 'UNLOAD']);

function queryType(command = ''): string {
  if (TYPES_OF_THEIR_OWN.has(command)) return command;
  if (command === 'CALL') return 'PROCEDURE';
  return /^(CREATE|ALTER|DROP|TRUNCATE)\b/.test(command) ? 'DDL' : 'UTILITY';
}
