import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** Changes what an operation answers, as a stage would answer that cannot be built here. */
export type Rewrite = (answer: string) => string;

/** Stands before a local endpoint, and notes what it is asked. */
export interface WatchedEndpoint {
  readonly url: string;
  /** Operations, `RedshiftData.ExecuteStatement`, each time they were asked. */
  readonly calls: readonly string[];
  /** Statements that were submitted, as they are. */
  readonly statements: readonly string[];
  close(): Promise<void>;
}

/** @param rewrites by operation: `AmazonDMSv20160101.DescribeReplicationTasks` @param ask changes each question */
export async function watchEndpoint(
  endpoint: string,
  rewrites: Readonly<Record<string, Rewrite>> = {},
  ask: Rewrite = (question) => question,
): Promise<WatchedEndpoint> {
  const calls: string[] = [];
  const statements: string[] = [];
  const server = createServer(async (incoming, outgoing) => {
    const body = ask((await buffer(incoming)).toString());
    const target = String(incoming.headers['x-amz-target'] ?? '');
    if (incoming.method === 'POST') calls.push(target.replace(/_\d{8}\./, '.'));
    if (target.endsWith('ExecuteStatement')) statements.push(...sqlsOf(body));
    const { hostname, port, host } = new URL(endpoint);
    const { method = 'POST', url: path = '/' } = incoming;
    const headers = {
      ...incoming.headers,
      host,
      'content-length': Buffer.byteLength(body),
      'accept-encoding': 'identity',
    };
    const forwarded = request({ hostname, port, method, path, headers }, async (answer) => {
      const text = (await buffer(answer)).toString();
      const {
        'content-length': _length,
        'transfer-encoding': _encoding,
        'x-amz-crc32': _sum,
        ...kept
      } = answer.headers;
      outgoing.writeHead(answer.statusCode ?? 500, kept);
      outgoing.end((rewrites[target] ?? ((same: string) => same))(text));
    });
    forwarded.on('error', () => outgoing.destroy());
    forwarded.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    ...{ url: `http://127.0.0.1:${port}`, calls, statements },
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function sqlsOf(body: string): readonly string[] {
  const { Sql, Sqls = [] } = JSON.parse(body) as { Sql?: string; Sqls?: readonly string[] };
  return Sql === undefined ? Sqls : [Sql, ...Sqls];
}
