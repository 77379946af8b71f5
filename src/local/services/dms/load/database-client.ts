import { Client } from 'pg';
import type { PostgresConnection } from '../../../contracts.ts';

/** Runs `work` with a connection of its own, which is closed afterwards. */
export async function withClient<T>(
  connection: PostgresConnection,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const client = new Client({ ...connection, application_name: 'dms', ssl: false });
  // A connection that breaks while idle must not end the process; the query that needs it next reports it.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** An identifier as SQL wants it, whatever characters it has. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
