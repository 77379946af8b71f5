import {
  CancelStatementCommand,
  DescribeStatementCommand,
  ExecuteStatementCommand,
  GetStatementResultCommand,
} from '@aws-sdk/client-redshift-data';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../../../fixtures/local-data-api.ts';
import { type LocalRedshift, startLocalRedshift } from '../../../fixtures/local-redshift.ts';

const DEV = { ClusterIdentifier: 'redshiftcluster-abcd', Database: 'dev' };
let redshift: LocalRedshift;
beforeAll(async () => {
  redshift = await startLocalRedshift();
});
afterAll(() => redshift.close());

async function startSleeping(): Promise<string> {
  const { Id } = await redshift.client.send(
    new ExecuteStatementCommand({ ...DEV, Sql: 'select pg_sleep(30)' }),
  );
  const status = async () => (await redshift.client.send(new DescribeStatementCommand({ Id }))).Status;
  await until(async () => (await status()) === 'STARTED');
  return Id as string;
}
const waitFor = (Id: string, WaitTimeSeconds = 30, abortSignal?: AbortSignal) =>
  redshift.client.send(
    new DescribeStatementCommand({ Id, WaitTimeSeconds }),
    abortSignal ? { abortSignal } : {},
  );
const cancel = (Id: string) => redshift.client.send(new CancelStatementCommand({ Id }));

describe('a long poll over HTTP', () => {
  it('is answered when the statement ends', async () => {
    const Id = await startSleeping();

    const description = waitFor(Id);
    await cancel(Id);

    expect((await description).Status).toBe('ABORTED');
  });

  it('is refused while another client waits, until that client goes away', async () => {
    const Id = await startSleeping();
    const client = new AbortController();
    const refusal = (poll: Promise<unknown>) =>
      poll.then(
        () => undefined,
        (error: Error) => error.name,
      );

    const polls = [waitFor(Id, 30, client.signal), waitFor(Id, 30, client.signal)].map(refusal);
    const refused = await Promise.race(polls);
    client.abort();
    await until(async () => (await refusal(waitFor(Id, 1))) === undefined);
    await cancel(Id);

    expect(refused).toBe('ActiveWaitingRequestsExceededException');
  });

  it('of ExecuteStatement brings the status of the moment', async () => {
    const { Id, Status, HasResultSet } = await redshift.client.send(
      new ExecuteStatementCommand({ ...DEV, Sql: 'select pg_sleep(30)', WaitTimeSeconds: 1 }),
    );
    await cancel(Id as string);

    expect({ Status, HasResultSet }).toEqual({ Status: 'STARTED', HasResultSet: false });
  });

  it('of GetStatementResult brings the rows', async () => {
    const { Id } = await redshift.client.send(
      new ExecuteStatementCommand({ ...DEV, Sql: 'select 1 as one' }),
    );

    const { Records } = await redshift.client.send(
      new GetStatementResultCommand({ Id, WaitTimeSeconds: 30 }),
    );

    expect(Records).toEqual([[{ longValue: 1 }]]);
  });
});

it('WithEvent tells the bus of the end', async () => {
  const { Id } = await redshift.run('select 1', { WithEvent: true, StatementName: 'told' });
  await until(() => redshift.events.length > 0);

  expect(redshift.events[0]?.detail).toMatchObject({
    statementId: Id,
    statementName: 'told',
    state: 'FINISHED',
  });
});
