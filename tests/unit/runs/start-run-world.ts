import { DescribeReplicationTasksCommand } from '@aws-sdk/client-database-migration-service';
import {
  DescribeExecutionCommand,
  ListTagsForResourceCommand,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { startRun } from '../../../src/runs/start-run.ts';
import { createJumpingClock } from '../../fixtures/jumping-clock.ts';
import { mockClients } from '../../fixtures/mocked-clients.ts';
import { ORDERS_TASK_ARN, orders } from '../../fixtures/pipeline.ts';

const mocked = mockClients();
export const { dms, sfn } = mocked;

export const clock = createJumpingClock('2026-11-24T01:00:11.000Z');
export const context = {
  dms: mocked.clients.dms,
  sfn: mocked.clients.sfn,
  pipelines: [orders],
  taskArns: { 'orders-task': ORDERS_TASK_ARN },
  stage: 'dev',
  target: { clusterIdentifier: 'mart', database: 'dev', dbUser: 'runtime' },
  requestId: 'request-1',
  clock,
};
export const run = (input: unknown) => startRun(context, input);

export const finishedTask = {
  ReplicationTaskArn: ORDERS_TASK_ARN,
  Status: 'stopped',
  StopReason: 'Stop Reason FULL_LOAD_ONLY_FINISHED',
  ReplicationTaskStats: {
    FreshStartDate: new Date('2026-11-24T01:00:00.000Z'),
    StartDate: new Date('2026-11-24T00:00:00.000Z'),
  },
};
export const dmsReports = (...tasks: object[]) =>
  dms.on(DescribeReplicationTasksCommand).resolves({ ReplicationTasks: tasks });
const doesNotExist = Object.assign(new Error('none'), { name: 'ExecutionDoesNotExist' });
export const starts = () => sfn.commandCalls(StartExecutionCommand).map((call) => call.args[0].input);

/** One finished load, whose pipeline is not held and has no run yet. */
export function reset(): void {
  dms.reset();
  sfn.reset();
  sfn.on(DescribeExecutionCommand).rejects(doesNotExist);
  sfn.on(StartExecutionCommand).resolves({});
  sfn.on(ListTagsForResourceCommand).resolves({ tags: [] });
  dmsReports(finishedTask);
}
