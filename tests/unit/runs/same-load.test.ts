import {
  DatabaseMigrationServiceClient,
  DescribeReplicationTasksCommand,
} from '@aws-sdk/client-database-migration-service';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { assertSameLoad } from '../../../src/runs/same-load.ts';
import { ORDERS_TASK_ARN } from '../../fixtures/pipeline.ts';

const dms = mockClient(DatabaseMigrationServiceClient);
const OWN = '2026-11-24T01:00:00.000Z';
const OLDER = '2026-11-23T01:00:00.000Z';
const NEWER = '2026-11-25T01:00:00.000Z';
const load = { id: 'load-1', tasks: [{ arn: ORDERS_TASK_ARN, startedAt: OWN }] };

const FINISHED = { Status: 'stopped', StopReason: 'Stop Reason FULL_LOAD_ONLY_FINISHED' };
const RUNNING = { Status: 'running' };
const STOPPED = { Status: 'stopped', StopReason: 'Stop Reason NORMAL' };

/** Asks for the load while DMS shows the task with a load that was started then. */
function assertWhileDmsShows(task: object, startedAt?: string) {
  const stats = startedAt === undefined ? {} : { ReplicationTaskStats: { StartDate: new Date(startedAt) } };
  const ReplicationTasks = [{ ReplicationTaskArn: ORDERS_TASK_ARN, ...task, ...stats }];
  dms.on(DescribeReplicationTasksCommand).resolves({ ReplicationTasks });
  return assertSameLoad(new DatabaseMigrationServiceClient({ region: 'eu-central-1' }), load);
}

describe('assertSameLoad', () => {
  beforeEach(() => dms.reset());

  it('says what the task is, and what to do if it stays so, where DMS does not show the load', async () => {
    await expect(assertWhileDmsShows({ Status: 'modifying' })).rejects.toThrow(
      /does not show load load-1 .* the task is modifying.* load again/,
    );
  });

  it('says that a task which is no more is a matter of the settings', async () => {
    dms.on(DescribeReplicationTasksCommand).resolves({ ReplicationTasks: [] });

    await expect(
      assertSameLoad(new DatabaseMigrationServiceClient({ region: 'eu-central-1' }), load),
    ).rejects.toMatchObject({ name: 'InvalidConfig' });
  });

  it('answers the load that is still the one', async () => {
    expect(await assertWhileDmsShows(FINISHED, OWN)).toMatchObject([{ kind: 'finished' }]);
  });

  it('knows the load by the time, not by its text', async () => {
    const known = { ...load, tasks: [{ arn: ORDERS_TASK_ARN, startedAt: '2026-11-24T02:00:00+01:00' }] };
    const client = new DatabaseMigrationServiceClient({ region: 'eu-central-1' });
    await assertWhileDmsShows(FINISHED, OWN);

    expect(await assertSameLoad(client, known)).toMatchObject([{ kind: 'finished' }]);
  });

  it.each([
    ['another finished load', FINISHED],
    ['another load that runs', RUNNING],
    ['another load that was stopped', STOPPED],
  ])('says that the load has changed when DMS shows %s, started later', async (_what, task) => {
    await expect(assertWhileDmsShows(task, NEWER)).rejects.toMatchObject({ name: 'LoadChanged' });
  });

  it.each([
    ['an earlier load', FINISHED, OLDER],
    ['an earlier load as stopped', STOPPED, OLDER],
    ['an earlier load as running', RUNNING, OLDER],
    ['the load itself as running', RUNNING, OWN],
    ['a task that was never started', { Status: 'ready' }, undefined],
    ['the load itself while the task is modified', { Status: 'modifying' }, OWN],
    ['the load itself while the task is moved', { Status: 'moving' }, OWN],
    ['the load itself while the task is tested', { Status: 'testing' }, OWN],
    ['the load itself of a task that was modified', { Status: 'ready' }, OWN],
    ['no load while the task is modified', { Status: 'modifying' }, undefined],
  ])(
    'has DMS asked again when it shows %s: the run is about a load that has finished',
    async (_what, task, startedAt) => {
      await expect(assertWhileDmsShows(task, startedAt)).rejects.toMatchObject({
        name: 'ServiceUnavailable',
      });
    },
  );
});
