import { Agent, request as httpRequest } from 'node:http';
import { DescribeStatementCommand } from '@aws-sdk/client-redshift-data';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { type LocalRedshift, startLocalRedshift } from '../fixtures/local-redshift.ts';

let redshift: LocalRedshift;
let id: string;
const agent = new Agent({ keepAlive: true, maxSockets: 16 });

/** One request of a client that does nothing but HTTP. */
function raw(operation: string, body: object): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `RedshiftData.${operation}`,
    };
    const call = httpRequest(redshift.url, { method: 'POST', agent, headers }, (answer) => {
      answer.resume().on('end', resolve);
    });
    call.on('error', reject).end(JSON.stringify(body));
  });
}

describe('the local Data API', () => {
  beforeAll(async () => {
    redshift = await startLocalRedshift();
    id = (await redshift.run('SELECT 1')).Id ?? '';
  });
  afterAll(async () => {
    agent.destroy();
    await redshift.close();
  });

  it('answers', async ({ bench }) => {
    const sixteen = (call: () => Promise<unknown>) => Promise.all(Array.from({ length: 16 }, call));
    const viaSdk = () => redshift.client.send(new DescribeStatementCommand({ Id: id }));
    await bench.compare(
      bench(
        '16 DescribeStatement at once, raw',
        async () => void (await sixteen(() => raw('DescribeStatement', { Id: id }))),
      ),
      bench('16 DescribeStatement at once, through the SDK', async () => void (await sixteen(viaSdk))),
      bench('SELECT 1, submitted and waited for', async () => void (await redshift.run('SELECT 1'))),
    );
  });
});
