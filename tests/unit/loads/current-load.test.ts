import {
  DatabaseMigrationServiceClient,
  DescribeReplicationTasksCommand,
  type ReplicationTask,
} from '@aws-sdk/client-database-migration-service';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { describeCurrentLoad } from '../../../src/loads/current-load.ts';
import { ORDERS_TASK_ARN } from '../../fixtures/pipeline.ts';
import { finishedTask, LOADED_AT } from '../../fixtures/turn-request.ts';

const dms = mockClient(DatabaseMigrationServiceClient);
const client = new DatabaseMigrationServiceClient({ region: 'eu-central-1' });
const current = () => describeCurrentLoad(client, { arn: ORDERS_TASK_ARN, identifier: 'orders-task' });
const dmsSays = (task: ReplicationTask) =>
  dms.on(DescribeReplicationTasksCommand).resolves({ ReplicationTasks: [{ ...finishedTask, ...task }] });
const refused = (name: string, httpStatusCode?: number) =>
  dms
    .on(DescribeReplicationTasksCommand)
    .rejects(Object.assign(new Error('said no'), { name, $metadata: { httpStatusCode } }));

describe('the load that a task holds', () => {
  beforeEach(() => dms.reset());

  it.each([
    ['FULL_LOAD_ONLY_FINISHED', 'full-load', true],
    ['FULL_LOAD_ONLY_FINISHED', 'full-load-and-cdc', false],
    ['STOPPED_AFTER_FULL_LOAD', 'full-load-and-cdc', true],
    ['STOPPED_AFTER_CACHED_EVENTS', 'full-load-and-cdc', false],
  ] as const)('has finished at %s of a task of type %s', async (reason, MigrationType, isWithoutChanges) => {
    dmsSays({ StopReason: `Stop Reason ${reason}`, MigrationType });

    expect(await current()).toMatchObject({
      kind: 'finished',
      startedAt: new Date(LOADED_AT),
      isWithoutChanges,
    });
  });

  it('is none of a task that replicates changes alone', async () => {
    dmsSays({ MigrationType: 'cdc' });

    expect(await current()).toMatchObject({ kind: 'none', reason: expect.stringContaining('no full load') });
  });

  it.each(['starting', 'running', 'stopping'])('is under way while the task is %s', async (Status) => {
    dmsSays({ Status });

    expect(await current()).toMatchObject({ kind: 'running', reason: `the task is ${Status}` });
  });

  it('is under way, and why it stays so, of a task that goes on with changes', async () => {
    dmsSays({ Status: 'running', MigrationType: 'full-load-and-cdc' });

    expect(await current()).toMatchObject({
      kind: 'running',
      reason: expect.stringContaining('StopTaskCachedChangesApplied'),
    });
  });

  it.each(['creating', 'deleting', 'modifying', 'moving', 'failed-move', 'testing', 'ready'])(
    'is not shown while the task is %s, with statistics and without',
    async (Status) => {
      for (const ReplicationTaskStats of [finishedTask.ReplicationTaskStats, undefined]) {
        dmsSays({ Status, ReplicationTaskStats });

        expect(await current()).toMatchObject({ kind: 'none', isHidden: true });
      }
    },
  );

  it('is told from none where the task was made anew: with its ARN of now and what to change', async () => {
    const anew = `${ORDERS_TASK_ARN}2`;
    dms.on(DescribeReplicationTasksCommand).callsFake(({ Filters: [{ Name, Values }] }) => {
      if (Name !== 'replication-task-id') throw noTasks();
      return { ReplicationTasks: [{ ReplicationTaskArn: anew, ReplicationTaskIdentifier: Values[0] }] };
    });

    await expect(current()).rejects.toMatchObject({
      name: 'InvalidConfig',
      message: `no DMS task has the ARN ${ORDERS_TASK_ARN}: "orders-task" was created again and has the ARN ${anew} now. Put that ARN into the stage's parameter dmsTasks, and deploy. Until then its loads are not run`,
    });
  });

  it.each([
    ['with an error', () => dms.on(DescribeReplicationTasksCommand).rejects(noTasks())],
    ['with an empty list', () => dms.on(DescribeReplicationTasksCommand).resolves({ ReplicationTasks: [] })],
  ])('is told from none where there is no such task, which DMS says %s', async (_, say) => {
    say();

    await expect(current()).rejects.toMatchObject({
      name: 'InvalidConfig',
      message: expect.stringContaining('there is also no task called "orders-task"'),
    });
  });

  it.each([
    ['AccessDeniedException', 400],
    ['AccessDeniedFault', 400],
    ['ValidationException', 400],
    ['InvalidParameterValueException', 400],
    ['UnrecognizedClientException', 400],
    ['CredentialsProviderError', undefined],
    ['SomethingNewFault', 400],
  ])('is not asked for again after %s', async (name, status) => {
    refused(name, status);

    await expect(current()).rejects.toMatchObject({ name: 'InvalidConfig' });
  });

  it.each([
    ['ThrottlingException', 400],
    ['TooManyRequestsException', 429],
    ['RequestTimeout', 408],
    ['ExpiredTokenException', 400],
    ['InternalFailure', 500],
    ['TimeoutError', undefined],
    ['Error', undefined],
  ])('is asked for again after %s', async (name, status) => {
    refused(name, status);

    await expect(current()).rejects.toMatchObject({ name: 'ServiceUnavailable' });
  });
});

function noTasks(): Error {
  return Object.assign(new Error('No Tasks found'), {
    name: 'ResourceNotFoundFault',
    $metadata: { httpStatusCode: 400 },
  });
}
