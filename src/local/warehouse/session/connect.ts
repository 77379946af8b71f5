import { connect as connectSocket } from 'node:net';
import { Client, DatabaseError } from 'pg';
import type { PostgresConnection } from '../../contracts.ts';
import { WarehouseError } from '../warehouse-error.ts';
import { createStatementQuery } from './statement-query.ts';
import type { Send } from './transaction.ts';

/** Redshift reads backslashes in strings as escapes, and its transactions see one snapshot. */
const REDSHIFT_OPTIONS = [
  'default_transaction_isolation=repeatable\\ read',
  'standard_conforming_strings=off',
  'backslash_quote=on',
  'escape_string_warning=off',
];

/** A session of which every transaction may only read. */
const READ_ONLY_OPTION = 'default_transaction_read_only=on';

export interface ConnectionSettings {
  readonly isRedshift: boolean;
  readonly isReadOnly: boolean;
  readonly maxResultBytes: number;
}

/** A connection to the server that sends statements as they are. */
export interface ServerConnection {
  readonly pid: number;
  /** What a cancel request must show. */
  readonly secret: number;
  readonly send: Send;
  isInBlock(): boolean;
  close(): Promise<void>;
}

export interface ConnectionEvents {
  /** A message of the server beside results. */
  readonly onMessage: (message: {
    code: string | undefined;
    message: string | undefined;
    detail: string | undefined;
  }) => void;
  readonly onEnd: () => void;
}

/** @throws WarehouseError */
export async function connect(
  connection: PostgresConnection,
  { isRedshift, isReadOnly, maxResultBytes }: ConnectionSettings,
  events: ConnectionEvents,
): Promise<ServerConnection> {
  const settings = [...(isRedshift ? REDSHIFT_OPTIONS : []), ...(isReadOnly ? [READ_ONLY_OPTION] : [])];
  const options = settings.map((setting) => `-c ${setting}`).join(' ');
  const client = new Client({ ...connection, ssl: false, options });
  client.on('error', () => {});
  client.on('notice', events.onMessage);
  client.once('end', events.onEnd);
  try {
    // A server that dies meanwhile ends the connection without an answer.
    const ended = new Promise<never>((_, reject) => {
      client.once('end', () => reject(new Error('The connection has ended.')));
    });
    ended.catch(() => {});
    await Promise.race([client.connect(), ended]);
  } catch (error) {
    throw describeRefusal(error, connection);
  }
  const { processID: pid, secretKey: secret } = client as unknown as { processID: number; secretKey: number };
  const status = client as unknown as { getTransactionStatus(): string | null };
  return {
    pid,
    secret,
    send: (text, values = []) =>
      new Promise((resolve, reject) => {
        client.query(
          createStatementQuery(text, values, maxResultBytes, (error, result) =>
            error ? reject(error) : resolve(result),
          ),
        );
      }),
    isInBlock: () => status.getTransactionStatus() !== 'I',
    close: () => client.end(),
  };
}

/** A server that answers says FATAL; of one that does not the driver says where it was looked for. */
function describeRefusal(error: unknown, { host, port }: PostgresConnection): WarehouseError {
  if (error instanceof DatabaseError) {
    const state = error.code ? { sqlState: error.code } : {};
    return new WarehouseError(`FATAL: ${error.message}`, { ...state, cause: error });
  }
  // Without a server its socket may be gone, which has a path for a host.
  const isRefused = ['ECONNREFUSED', 'ENOENT'].includes((error as NodeJS.ErrnoException).code ?? '');
  const where = `${host.startsWith('/') ? 'localhost' : host}:${port}`;
  const message = isRefused
    ? `Connection to ${where} refused. Check that the hostname and port are correct and that the postmaster is accepting TCP/IP connections.`
    : 'The connection attempt failed.';
  return new WarehouseError(message, { sqlState: '08001', cause: error });
}

const CANCEL_CODE = 80877102;

/**
 * Sends PostgreSQL's cancel request for a backend, which needs no login. Resolves when the server has taken it; the
 * server does nothing when the backend is idle.
 */
export function sendCancelRequest(server: PostgresConnection, pid: number, secret: number): Promise<void> {
  const message = Buffer.alloc(16);
  message.writeInt32BE(16, 0);
  message.writeInt32BE(CANCEL_CODE, 4);
  message.writeInt32BE(pid, 8);
  message.writeInt32BE(secret, 12);
  return new Promise((resolve) => {
    const socket = server.host.startsWith('/')
      ? connectSocket(`${server.host}/.s.PGSQL.${server.port}`)
      : connectSocket(server.port, server.host);
    socket.once('connect', () => socket.end(message));
    socket.once('error', () => resolve());
    socket.once('close', () => resolve());
    socket.resume();
  });
}
