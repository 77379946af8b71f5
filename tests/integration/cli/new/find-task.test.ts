import { DatabaseMigrationServiceClient } from '@aws-sdk/client-database-migration-service';
import { expect, it } from 'vitest';
import { findStageTask } from '../../../../src/cli/new/stage/find-task.ts';
import { type StandInAnswer, startStandIn } from '../../../fixtures/endpoint/stand-in.ts';

const arnOf = (name: string) => `arn:aws:dms:eu-central-1:123456789012:task:${name}`;
const task = (name: string, type = 'full-load') => ({
  ...{ ReplicationTaskIdentifier: name, ReplicationTaskArn: arnOf(name), MigrationType: type },
});

async function find(
  answer: StandInAnswer,
  identifier?: string,
  taskArns: Readonly<Record<string, string>> = {},
) {
  const { config } = await startStandIn({ DescribeReplicationTasks: answer });
  const dms = new DatabaseMigrationServiceClient(config);
  return (await findStageTask(dms, { stage: 'dev', identifier, taskArns })).arn;
}

const TASKS = { ReplicationTasks: [task('nightly'), task('ongoing', 'cdc')] };
const TWO = { ReplicationTasks: [task('nightly'), task('weekly')] };

it('takes the only full load, the one that is named, and the one that the stage names so', async () => {
  expect(await find(TASKS)).toBe(arnOf('nightly'));
  expect(await find(TWO, 'weekly')).toBe(arnOf('weekly'));
  expect(await find(TWO, 'orders', { orders: arnOf('weekly') })).toBe(arnOf('weekly'));
  expect(await find(TWO, 'weekly', { weekly: 'arn:aws:dms:us-east-1:000000000000:task:weekly' })).toBe(
    arnOf('weekly'),
  );
  expect(await find({ ReplicationTasks: [{ ...task('bare'), MigrationType: undefined }] })).toBe(
    arnOf('bare'),
  );
});

it.each<[string, StandInAnswer, string | undefined, Readonly<Record<string, string>>, RegExp]>([
  ['several', TWO, undefined, {}, /several DMS tasks: name one of them with --task: nightly, weekly/],
  ['none of this name', TWO, 'monthly', {}, /"monthly": DMS has no such task; there are: nightly, weekly/],
  [
    'one that was created again',
    TWO,
    'weekly',
    { weekly: arnOf('old') },
    /no such task with the ARN .*:task:old of serverless\.yml; there are: nightly, weekly/,
  ],
  [
    'none at all',
    { error: 'ResourceNotFoundFault' },
    'x',
    {},
    /stage dev: its DMS shows no replication task/,
  ],
  [
    'only others',
    { ReplicationTasks: [task('o', 'cdc')] },
    undefined,
    {},
    /none of its DMS tasks is a full load/,
  ],
  ['one that goes on', TASKS, 'ongoing', {}, /"ongoing": is of type cdc, and a pipeline takes full loads/],
  [
    'DMS Serverless',
    TWO,
    'less',
    { less: 'arn:aws:dms:eu-central-1:123456789012:replication-config:x' },
    /configuration of DMS Serverless/,
  ],
  [
    'a DMS that refuses',
    { error: 'AccessDeniedException' },
    undefined,
    {},
    /DMS refuses to say which tasks it has/,
  ],
])('is refused in words, with what is there: %s', async (_title, answer, identifier, taskArns, message) => {
  await expect(find(answer, identifier, taskArns)).rejects.toThrow(message);
});
