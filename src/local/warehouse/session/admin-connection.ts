import { Client } from 'pg';
import type { PostgresConnection } from '../../contracts.ts';

/** Connects as the superuser, for what the local warehouse does beside the sessions. An idle one does not keep the process alive. */
export async function connectAsAdmin(admin: PostgresConnection): Promise<Client> {
  const client = new Client({ ...admin, ssl: false, application_name: 'elt-warehouse' });
  client.on('error', () => {});
  await client.connect();
  (client as unknown as { unref(): void }).unref();
  return client;
}
