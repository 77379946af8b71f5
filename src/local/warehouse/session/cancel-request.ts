import { connect } from 'node:net';
import type { PostgresConnection } from '../../contracts.ts';

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
      ? connect(`${server.host}/.s.PGSQL.${server.port}`)
      : connect(server.port, server.host);
    socket.once('connect', () => socket.end(message));
    socket.once('error', () => resolve());
    socket.once('close', () => resolve());
    socket.resume();
  });
}
