import { SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { queueArn, snsTopicArn } from '../../../src/local/index.ts';
import { localClientConfig } from '../../../src/local-stage/local-client-config.ts';
import { type MachineMessage, MachineMessageSchema } from '../../../src/notifications/forms/machine.ts';
import { RIGHT_PROCEDURE } from './breakages.ts';
import { type Night, PIPELINE, RIGHT, startNight } from './night.ts';

const TOPIC = snsTopicArn('redshift-elt-local-notifications');
const BOOM = `CREATE OR REPLACE PROCEDURE dbo.sp_load_fact_sales() AS $$
BEGIN
  RAISE EXCEPTION 'boom <!channel> @here';
END;
$$ LANGUAGE plpgsql`;

let night: Night;
let sns: SNSClient;
let sqs: SQSClient;

beforeAll(async () => {
  night = await startNight();
  const config = localClientConfig(night.sample.stack.url);
  sns = new SNSClient(config);
  sqs = new SQSClient(config);
});
afterAll(() => night.sample.close());

/** Makes a queue that gets what its filter policy lets pass. @returns what it has got, oldest first */
async function subscribe(
  QueueName: string,
  policy: object,
): Promise<() => Promise<readonly MachineMessage[]>> {
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName }));
  const Attributes = { RawMessageDelivery: 'true', FilterPolicy: JSON.stringify(policy) };
  const Endpoint = queueArn(QueueName);
  await sns.send(new SubscribeCommand({ TopicArn: TOPIC, Protocol: 'sqs', Endpoint, Attributes }));
  return async () => {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }),
    );
    return Messages.map(({ Body = '' }) => MachineMessageSchema.parse(JSON.parse(Body)));
  };
}

it('a queue gets the failure of its pipeline as JSON, and the command in it ends the night well', async () => {
  const failures = await subscribe('on-call', { severity: ['error'], pipeline: [PIPELINE] });
  const others = await subscribe('others', { pipeline: ['another-pipeline'] });
  const all = await subscribe('log', {});
  await night.asOwner(BOOM);

  await night.sample.load();
  await night.settle();

  const [failure, ...more] = await failures();
  expect(more).toEqual([]);
  expect(failure).toMatchObject({
    ...{ event: 'run-failed', severity: 'error', pipelines: [PIPELINE], stage: 'local' },
    ...{ step: 'Load_Sales_Fact', error: 'StatementFailed' },
    cause: expect.stringContaining('boom <!channel> @here'),
    run: { executionArn: (await night.lastRun()).arn },
  });

  await night.asOwner(RIGHT_PROCEDURE);
  const redrive = failure?.nextSteps.flatMap(({ actions }) => actions).find(({ verb }) => verb === 'redrive');
  for (const command of redrive?.commands ?? []) await night.carryOut(command, RIGHT);

  expect(await night.lastRun()).toMatchObject({ status: 'SUCCEEDED' });
  const told = await all();
  expect(told.map(({ event }) => event)).toEqual(['run-failed', 'run-succeeded']);
  expect(told.map(({ threadId }) => threadId)).toEqual([failure?.threadId, failure?.threadId]);
  expect(told[1]?.stagedRows).toMatchObject({ 'dbo.fact_sales_stg': 6 });
  expect(await failures()).toEqual([]);
  expect(await others()).toEqual([]);
});
