import { BatchExecuteStatementCommand, DescribeStatementCommand } from '@aws-sdk/client-redshift-data';
import { systemClock } from '../../../src/clock.ts';
import { LOCAL_STAGE } from '../../../src/local-stage/local-stage.ts';
import { createDirectClients } from '../../../src/simulation/product/direct-clients.ts';
import { createFunction, type ModelHandler } from '../../../src/simulation/product/functions.ts';
import { readEvent } from '../../fixtures/sample-event.ts';
import type { Findings, Subject } from '../subject.ts';
import { type ServedWorld, serveWorld, shortestInTurn, timed } from './served-world.ts';

const CALLS = 10;
const ROUNDS = 100;
const MOST = 1.15;

const TARGET = { ClusterIdentifier: 'redshiftcluster-abcd', Database: 'dev' };
const SQLS = ['SELECT 1'];

interface Sent {
  readonly execution: { readonly arn: string };
}

function handlerOf(
  name: 'start-statement' | 'check-statement',
  { world, client }: ServedWorld,
): ModelHandler {
  const others = createDirectClients(world.callAs(name));
  return createFunction(
    name,
    { ...others, api: client },
    {
      ...{
        clock: systemClock,
        random: Math.random,
        pipelines: [],
        taskArns: {},
        stage: LOCAL_STAGE,
        lookBackHours: 72,
      },
      target: { clusterIdentifier: TARGET.ClusterIdentifier, database: TARGET.Database },
    },
  );
}

const CONTEXT = { awsRequestId: 'r', functionName: 'f', getRemainingTimeInMillis: () => 60_000 };

async function repeated(call: (index: number) => Promise<unknown>): Promise<number> {
  return timed(async () => {
    for (let index = 0; index < CALLS; index += 1) await call(index);
  });
}

async function measureStart(served: ServedWorld): Promise<number> {
  const handler = handlerOf('start-statement', served);
  const request = await readEvent<Sent>('start-statement.json');
  let executions = 0;
  const start = () => {
    executions += 1;
    const { arn } = request.execution;
    // Another execution has another token: the Data API runs it anew.
    const execution = { ...request.execution, arn: `${arn}-${executions}`, name: `run-${executions}` };
    const stateEnteredAt = new Date().toISOString();
    return handler({ ...request, sqls: SQLS, execution, stateEnteredAt } as never, CONTEXT as never);
  };
  const bare = async () => {
    const { Id } = await served.client.send(
      new BatchExecuteStatementCommand({ ...TARGET, Sqls: SQLS, WaitTimeSeconds: 1 }),
    );
    await served.client.send(new DescribeStatementCommand({ Id }));
  };
  const [ours, other] = await shortestInTurn(
    ROUNDS,
    () => repeated(start),
    () => repeated(bare),
  );
  return ours / other;
}

async function measureCheck(served: ServedWorld): Promise<number> {
  const handler = handlerOf('check-statement', served);
  const request = await readEvent<{ readonly statement: object }>('check-statement.json');
  const { Id = '' } = await served.client.send(
    new BatchExecuteStatementCommand({ ...TARGET, Sqls: SQLS, WaitTimeSeconds: 1 }),
  );
  const check = () =>
    handler(
      { ...request, statement: { ...request.statement, id: Id, complete: false, resubmit: false } } as never,
      CONTEXT as never,
    );
  const bare = () => served.client.send(new DescribeStatementCommand({ Id, WaitTimeSeconds: 30 }));
  const [ours, other] = await shortestInTurn(
    ROUNDS,
    () => repeated(check),
    () => repeated(bare),
  );
  return ours / other;
}

async function measure(): Promise<Findings> {
  const served = await serveWorld(0);
  try {
    return {
      figures: [
        {
          what: 'start-statement beside the calls that it makes: submit, and ask once',
          ...{ ours: await measureStart(served), unit: '×', bar: { most: MOST }, kind: 'ratio' },
        },
        {
          what: 'check-statement beside the call that it makes',
          ...{ ours: await measureCheck(served), unit: '×', bar: { most: MOST }, kind: 'ratio' },
        },
      ],
      tables: [],
    };
  } finally {
    await served.close();
  }
}

export const warm: Subject = {
  name: 'warm',
  title: 'A warm function',
  about: `On the wall clock: the handlers, with the SDK's client, beside bare calls of the same client to the same local endpoint. Shortest of ${ROUNDS} interleaved rounds of ${CALLS}.`,
  measure,
};
