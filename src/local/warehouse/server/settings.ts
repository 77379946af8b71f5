import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

/** Where a server listens: a socket in its private folder, or loopback where that path is too long for a socket. */
export interface Listening {
  /** Folder of the socket, or `127.0.0.1`. */
  readonly host: string;
  readonly port: number;
}

/** `sockaddr_un` holds 104 bytes on macOS and 108 on Linux. */
const SOCKET_PATH_LIMIT = 100;
const SOCKET_NAME = '/.s.PGSQL.5432';

/** Chooses where the server of a run folder listens. */
export async function chooseListening(runFolder: string): Promise<Listening> {
  if (Buffer.byteLength(runFolder + SOCKET_NAME) < SOCKET_PATH_LIMIT) return { host: runFolder, port: 5432 };
  return { host: '127.0.0.1', port: await findFreePort() };
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}

/**
 * Settings of a server whose data nobody keeps: nothing is flushed, logged for replicas or vacuumed in the background. So
 * it does not go on after one of its processes crashed: commits would be missing.
 * Dynamic shared memory lies in the data folder, so that nothing outlives a killed server.
 */
const SETTINGS = {
  max_connections: '600',
  shared_buffers: '192MB',
  work_mem: '48MB',
  maintenance_work_mem: '128MB',
  dynamic_shared_memory_type: 'mmap',
  fsync: 'off',
  synchronous_commit: 'off',
  restart_after_crash: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_wal_size: '4GB',
  min_wal_size: '32MB',
  wal_recycle: 'off',
  wal_init_zero: 'off',
  checkpoint_timeout: '1h',
  autovacuum: 'off',
  jit: 'off',
  max_parallel_workers_per_gather: '0',
  max_worker_processes: '0',
  max_logical_replication_workers: '0',
  io_method: 'sync',
  timezone: 'UTC',
  lc_messages: 'C',
  log_min_messages: 'log',
  log_checkpoints: 'off',
  unix_socket_permissions: '0700',
};

/** Writes the server's settings into its data folder. */
export function writeSettings(runFolder: string, listening: Listening): void {
  const places =
    listening.host === runFolder
      ? { listen_addresses: '', unix_socket_directories: runFolder, port: '5432' }
      : { listen_addresses: listening.host, unix_socket_directories: '', port: String(listening.port) };
  const lines = Object.entries({ ...SETTINGS, ...places }).map(
    ([name, value]) => `${name} = '${quote(value)}'\n`,
  );
  writeFileSync(join(runFolder, 'data/postgresql.auto.conf'), lines.join(''));
}

function quote(value: string): string {
  return value.replaceAll("'", "''");
}
