import { DescribeReplicationTasksCommand } from '@aws-sdk/client-database-migration-service';
import { ListStatementsCommand } from '@aws-sdk/client-redshift-data';
import {
  DescribeExecutionCommand,
  DescribeStateMachineCommand,
  ListExecutionsCommand,
  ListTagsForResourceCommand,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { sweepLoads } from '../../../src/runs/sweep-loads.ts';
import { createJumpingClock } from '../../fixtures/jumping-clock.ts';
import { mockClients } from '../../fixtures/mocked-clients.ts';
import { ORDERS_TASK_ARN, orders } from '../../fixtures/pipeline.ts';
import { finishedTask } from '../../fixtures/turn-request.ts';

const { clients, ...mocks } = mockClients();
export const { dms, sfn, api } = mocks;

export const sweep = (options: { now?: string; sweepFrom?: string; pipelines?: (typeof orders)[] } = {}) =>
  sweepLoads({
    ...clients,
    clock: createJumpingClock(options.now ?? '2026-11-24T02:00:00.000Z'),
    pipelines: options.pipelines ?? [orders],
    taskArns: { 'orders-task': ORDERS_TASK_ARN, 'items-task': ORDERS_TASK_ARN.replace('ORDERS', 'ITEMS') },
    stage: 'dev',
    target: { clusterIdentifier: 'mart', database: 'dev', dbUser: 'runtime' },
    requestId: 'request-1',
    ...(options.sweepFrom === undefined ? {} : { sweepFrom: new Date(options.sweepFrom) }),
    lookBackHours: 24,
    hoursWithoutLoad: 26,
  });
/** The load has ended at one o'clock. */
export const machineMade = (time: string) =>
  sfn.on(DescribeStateMachineCommand).resolves({ creationDate: new Date(`2026-11-24T${time}:00.000Z`) });
const doesNotExist = Object.assign(new Error('none'), { name: 'ExecutionDoesNotExist' });
export const exists = Object.assign(new Error('exists'), { name: 'ExecutionAlreadyExists' });

/** One finished load without a run, and no statement that runs. */
export function reset(): void {
  for (const client of Object.values(mocks)) client.reset();
  dms.on(DescribeReplicationTasksCommand).resolves({ ReplicationTasks: [finishedTask] });
  sfn.on(ListTagsForResourceCommand).resolves({ tags: [] });
  sfn.on(DescribeExecutionCommand).rejects(doesNotExist);
  sfn.on(ListExecutionsCommand).resolves({ executions: [] });
  sfn.on(StartExecutionCommand).resolves({});
  machineMade('00:30');
  api.on(ListStatementsCommand).resolves({ Statements: [] });
}
