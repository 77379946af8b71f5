import { createWarehouse } from '../../../../src/local/warehouse/create-warehouse.ts';

/**
 * A process of its own that holds a warehouse: says on a line where its server is, answers SIGINT with a query and an
 * orderly end, and otherwise waits to be killed. Run by the tests of the server's life.
 */
const warehouse = await createWarehouse();
const session = await warehouse.open('dev', 'owner');
await session.execute('CREATE TABLE kept (a int)');
const { host } = await warehouse.connection('dev', 'owner');
const { rows } = await session.execute('SELECT pg_backend_pid()');

process.on('SIGINT', async () => {
  const answer = await session.execute('SELECT count(*) FROM kept');
  await warehouse.close();
  process.stdout.write(`${JSON.stringify({ answer: answer.rows })}\n`);
  process.exit(0);
});
process.stdout.write(`${JSON.stringify({ folder: host, pid: Number(rows?.[0]?.[0]) })}\n`);
setInterval(() => {}, 60_000);
