import { DescribeReplicationTasksCommand } from '@aws-sdk/client-database-migration-service';
import {
  DescribeExecutionCommand,
  ListExecutionsCommand,
  ListTagsForResourceCommand,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { nameRun } from '../../../src/runs/run-name.ts';
import { type StartRunContext, startRun } from '../../../src/runs/start-run.ts';
import { createJumpingClock } from '../../fixtures/jumping-clock.ts';
import { ORDERS_TASK_ARN, orders } from '../../fixtures/pipeline.ts';

export const MACHINE = 'arn:aws:states:eu-central-1:123456789012:execution:load-orders-dev:';
const task = {
  ReplicationTaskArn: ORDERS_TASK_ARN,
  Status: 'stopped',
  StopReason: 'Stop Reason FULL_LOAD_ONLY_FINISHED',
  ReplicationTaskStats: { FreshStartDate: new Date('2026-11-24T01:00:00.000Z') },
};
const taskArns = { 'orders-task': ORDERS_TASK_ARN };
const finished = {
  ...{ kind: 'finished' as const, taskArn: ORDERS_TASK_ARN, freshSince: new Date(0) },
  startedAt: new Date('2026-11-24T01:00:00.000Z'),
  isWithoutChanges: true,
  erroredTables: 0,
};
export const LOAD_ID = nameRun(orders, [finished], {}).load.id;

/** What is there, and what was started. */
export const state = {
  /** Status of each execution by its name, and the inputs of those that were started here. */
  runs: new Map<string, string>(),
  inputs: {} as Record<string, { load: { id: string } }>,
  /** Lists are eventually consistent. */
  isListed: (_run: [name: string, status: string]) => true,
  /** Of the state machine. */
  tags: [] as { key: string; value: string }[],
};

const sfn = async (command: unknown) => {
  if (command instanceof ListTagsForResourceCommand) return { tags: state.tags };
  if (command instanceof DescribeExecutionCommand) {
    const status = state.runs.get(command.input.executionArn?.slice(MACHINE.length) ?? '');
    if (status === undefined) throw Object.assign(new Error('none'), { name: 'ExecutionDoesNotExist' });
    return { status };
  }
  if (command instanceof ListExecutionsCommand)
    return { executions: [...state.runs].filter(state.isListed).map(([name, status]) => ({ name, status })) };
  if (!(command instanceof StartExecutionCommand)) throw new TypeError('unexpected command');
  const { name = '', input = '' } = command.input;
  state.runs.set(name, 'RUNNING');
  state.inputs[name] = JSON.parse(input);
  return {};
};
const dms = async (command: unknown) => {
  if (!(command instanceof DescribeReplicationTasksCommand)) throw new TypeError('unexpected command');
  return { ReplicationTasks: [task] };
};
const context = {
  ...{ dms: { send: dms }, sfn: { send: sfn }, pipelines: [orders], taskArns, stage: 'dev' },
  ...{ target: { clusterIdentifier: 'mart', database: 'dev' }, requestId: 'request-1' },
  clock: createJumpingClock('2026-11-24T01:00:11.000Z'),
} as unknown as StartRunContext;
export const ask = (request: object, settings: Partial<StartRunContext> = {}) =>
  startRun({ ...context, ...settings }, { pipeline: 'load-orders', reason: 'query repaired', ...request });
