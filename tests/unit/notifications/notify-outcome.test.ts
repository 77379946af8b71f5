import { readFile } from 'node:fs/promises';
import {
  DatabaseMigrationServiceClient,
  DescribeReplicationTasksCommand,
} from '@aws-sdk/client-database-migration-service';
import {
  DescribeExecutionCommand,
  ExecutionDoesNotExist,
  GetExecutionHistoryCommand,
  SFNClient,
} from '@aws-sdk/client-sfn';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { notifyOutcome } from '../../../src/notifications/notify-outcome.ts';
import { OutcomeEventSchema, type RunEndedEvent } from '../../../src/notifications/outcome-event.ts';
import { loadFinishedEvent } from '../../fixtures/dms-event.ts';
import { createJumpingClock } from '../../fixtures/jumping-clock.ts';
import { orders } from '../../fixtures/pipeline.ts';
import { finishedTask } from '../../fixtures/turn-request.ts';

const read = async (file: string) =>
  OutcomeEventSchema.parse(
    JSON.parse(await readFile(new URL(`../../events/${file}`, import.meta.url), 'utf8')),
  );
const runFailed = (await read('notify-outcome.json')) as RunEndedEvent;
const loadFailed = await read('notify-outcome-load-failed.json');

const sns = mockClient(SNSClient);
const sfn = mockClient(SFNClient);
const dms = mockClient(DatabaseMigrationServiceClient);
const context = {
  sns: new SNSClient({ region: 'us-east-1' }),
  sfn: new SFNClient({ region: 'us-east-1' }),
  topic: 'elt-notifications',
  notifySuccess: true,
  dms: new DatabaseMigrationServiceClient({ region: 'us-east-1' }),
  clock: createJumpingClock('2026-11-24T03:00:00.000Z'),
  tasks: [],
  ...{ pipelines: [], stage: 'dev', deadlineMachine: '' },
  functionName: 'notify-outcome',
};
const SAMPLE_ARN = loadFailed.source === 'aws.dms' ? (loadFailed.resources[0] ?? '') : '';
const dmsSays = (task: object) =>
  dms.on(DescribeReplicationTasksCommand).resolves({ ReplicationTasks: [{ ...finishedTask, ...task }] });
const published = () => sns.commandCalls(PublishCommand).map(({ args }) => args[0].input);
const ended = (detail: Partial<RunEndedEvent['detail']>): RunEndedEvent => ({
  ...runFailed,
  detail: { ...runFailed.detail, ...detail },
});

describe('notify-outcome', () => {
  beforeEach(() => {
    sns.reset();
    sfn.reset();
    dms.reset();
    sns.on(PublishCommand).resolves({ MessageId: 'message-1' });
    sfn.on(DescribeExecutionCommand).resolves({ status: 'FAILED', redriveCount: 0 });
  });

  it('tells of a run without its figures when the history cannot be read, and says so', async () => {
    sfn
      .on(GetExecutionHistoryCommand)
      .rejects(Object.assign(new Error('not now'), { name: 'AccessDeniedException' }));
    const pipeline = { ...orders, name: 'redshift-elt-load-customer-sales' };

    const answer = await notifyOutcome({ ...context, pipelines: [pipeline], stage: 'local' }, runFailed);

    expect(answer).toMatchObject({ outcome: 'published', unread: expect.stringContaining('not now') });
    expect(published()).toHaveLength(1);
  });

  it('publishes a failed run to the topic of its Region and account', async () => {
    const answer = await notifyOutcome(context, runFailed);

    expect(answer).toMatchObject({ outcome: 'published', messageId: 'message-1' });
    expect(published()).toMatchObject([
      {
        TopicArn: 'arn:aws:sns:us-east-1:000000000000:elt-notifications',
        MessageAttributes: { status: { DataType: 'String', StringValue: 'FAILED' } },
      },
    ]);
  });

  it('publishes to a topic of another account where its ARN is given', async () => {
    const topic = 'arn:aws:sns:us-east-1:999999999999:ours';
    dmsSays({ ReplicationTaskArn: SAMPLE_ARN, Status: 'failed' });

    await notifyOutcome({ ...context, topic }, loadFailed);

    expect(published()).toMatchObject([
      { TopicArn: topic, Subject: 'LOAD FAILED: DMS task dms-full-dump-task' },
    ]);
  });

  it('publishes no failure of which DMS says that the load has finished all the same', async () => {
    dmsSays({ ReplicationTaskArn: SAMPLE_ARN });

    expect(await notifyOutcome(context, loadFailed)).toMatchObject({ outcome: 'ignored' });
    expect(published()).toEqual([]);
  });

  it('publishes a stop whose event gives no reason, with the one that DMS names; not the end of a load that is run', async () => {
    const stop = {
      ...loadFinishedEvent,
      source: 'aws.dms' as const,
      detail: { eventType: 'REPLICATION_TASK_STOPPED' },
    };

    dmsSays({});
    expect(await notifyOutcome(context, stop)).toMatchObject({ outcome: 'ignored' });
    expect(published()).toEqual([]);

    dmsSays({ StopReason: 'Stop Reason STOPPED_DUE_TO_LOW_DISK' });
    expect(await notifyOutcome(context, stop)).toMatchObject({ outcome: 'published' });
    expect(published()).toMatchObject([{ Message: expect.stringContaining('STOPPED_DUE_TO_LOW_DISK') }]);
  });

  it('tells nobody of a run that was redriven meanwhile', async () => {
    sfn.on(DescribeExecutionCommand).resolves({ status: 'RUNNING', redriveCount: 1 });

    expect(await notifyOutcome(context, runFailed)).toMatchObject({ outcome: 'ignored' });
    expect(published()).toEqual([]);
  });

  it('tells of a failure even where the description lags behind the event', async () => {
    sfn.on(DescribeExecutionCommand).resolves({ status: 'RUNNING', redriveCount: 0 });

    expect(await notifyOutcome(context, ended({ redriveCount: 1 }))).toMatchObject({ outcome: 'published' });
  });

  it('tells nobody of an execution that does not exist', async () => {
    sfn.on(DescribeExecutionCommand).rejects(new ExecutionDoesNotExist({ message: 'x', $metadata: {} }));

    expect(await notifyOutcome(context, runFailed)).toMatchObject({ outcome: 'ignored' });
  });

  it('tells of a success where that is wanted', async () => {
    const succeeded = ended({
      status: 'SUCCEEDED',
      error: null,
      cause: null,
      output: '{"outcome":"published"}',
    });

    expect(await notifyOutcome(context, succeeded)).toMatchObject({ outcome: 'published' });
    expect(await notifyOutcome({ ...context, notifySuccess: false }, succeeded)).toMatchObject({
      outcome: 'ignored',
    });
  });

  it('throws what SNS throws, so that Lambda tries again', async () => {
    sns.on(PublishCommand).rejects(new Error('throttled'));

    await expect(notifyOutcome(context, runFailed)).rejects.toThrow('throttled');
  });
});
