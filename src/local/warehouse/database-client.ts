import { Client, type ClientConfig } from 'pg';

/** Opens a connection without TLS, hands it to `use` and ends it. */
export async function withClient<T>(config: ClientConfig, use: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ ssl: false, application_name: 'elt-warehouse', ...config });
  // A connection that breaks while idle must not end the process; the query that needs it next reports it.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** An identifier as SQL wants it, whatever characters it has. */
export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
