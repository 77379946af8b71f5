import {
  DescribeReplicationTasksCommand,
  type ReplicationTask,
} from '@aws-sdk/client-database-migration-service';
import {
  DescribeExecutionCommand,
  ListTagsForResourceCommand,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import type { StartRunContext } from '../../../src/runs/start-run.ts';
import { createJumpingClock } from '../../fixtures/jumping-clock.ts';
import { ORDERS_TASK_ARN, orders } from '../../fixtures/pipeline.ts';

/** When a load has begun and ended. */
export interface Times {
  readonly startedAt: string;
  readonly stoppedAt: string;
}

/** What AWS says while start-run looks. */
export interface Circumstances {
  /** What DMS says of the task, one answer after the other, the last one for good; undefined: it does not answer. */
  readonly tasks: readonly (Partial<ReplicationTask> | undefined)[];
  /** The load that may be run. In all other circumstances nothing may be started, whatever the input. */
  readonly load?: Times;
  readonly hold?: string;
  /** Whether the load has its run: for long, or since it was asked. */
  readonly hasRun?: 'known' | 'just-now';
  readonly settings?: Pick<StartRunContext, 'pipelines' | 'taskArns'>;
}

/** Settings and clients in which one invocation after the other begins anew. */
export interface World {
  readonly context: Omit<StartRunContext, 'requestId'>;
  /** Goes back to the first answers; what is started from now on comes into the list that this answers. */
  begin(): readonly unknown[];
}

const today = { startedAt: '2026-11-24T01:00:00.000Z', stoppedAt: '2026-11-24T01:00:09.000Z' };
const yesterday = { startedAt: '2026-11-23T01:00:00.000Z', stoppedAt: '2026-11-23T01:10:00.000Z' };
const stats = { FreshStartDate: new Date(today.startedAt) };
const finished = ({ startedAt, stoppedAt }: Times) => ({
  Status: 'stopped',
  StopReason: 'Stop Reason FULL_LOAD_ONLY_FINISHED',
  ReplicationTaskStats: { FreshStartDate: new Date(startedAt), StopDate: new Date(stoppedAt) },
});
const running = { Status: 'running', ReplicationTaskStats: stats };
const failed = { Status: 'failed', LastFailureMessage: 'no disk', ReplicationTaskStats: stats };
const ready = { Status: 'ready' };
const OTHER_ARN = ORDERS_TASK_ARN.replace('ORDERS', 'ITEMS');
const settings = { pipelines: [orders], taskArns: { 'orders-task': ORDERS_TASK_ARN } };
const twoTasks = {
  pipelines: [{ ...orders, tasks: ['orders-task', 'items-task'] }],
  taskArns: { ...settings.taskArns, 'items-task': OTHER_ARN },
};

export const circumstances: readonly Circumstances[] = [
  { tasks: [finished(today)], load: today },
  { tasks: [finished(yesterday)], load: yesterday },
  { tasks: [finished(yesterday), finished(today)], load: today },
  { tasks: [finished(today)], hasRun: 'known' },
  { tasks: [finished(today)], hasRun: 'just-now' },
  { tasks: [finished(today)], hold: 'rows are repaired' },
  { tasks: [finished(today)], settings: twoTasks },
  { tasks: [finished(today)], settings: { ...settings, taskArns: {} } },
  { tasks: [running] },
  { tasks: [running, failed] },
  { tasks: [failed] },
  { tasks: [{ ...finished(today), StopReason: 'Stop Reason NORMAL' }] },
  { tasks: [ready] },
  { tasks: [{ ...finished(today), ReplicationTaskStats: undefined }] },
  { tasks: [{ ...finished(today), ReplicationTaskArn: OTHER_ARN }] },
  { tasks: [undefined] },
];

export function createWorld(given: Circumstances): World {
  let starts: unknown[] = [];
  let asked = 0;
  const describeTask = (arn: string | undefined) => {
    if (arn === OTHER_ARN) return { ReplicationTaskArn: arn, ...ready };
    const answer = given.tasks[Math.min(asked++, given.tasks.length - 1)];
    if (answer === undefined) throw new Error('connect ECONNREFUSED');
    return { ReplicationTaskArn: arn, ...answer };
  };
  const dms = async (command: unknown) => {
    if (!(command instanceof DescribeReplicationTasksCommand)) throw new TypeError('unexpected command');
    return { ReplicationTasks: [describeTask(command.input.Filters?.[0]?.Values?.[0])] };
  };
  const sfn = async (command: unknown) => {
    if (command instanceof ListTagsForResourceCommand)
      return { tags: given.hold === undefined ? [] : [{ key: 'elt-hold', value: given.hold }] };
    if (command instanceof DescribeExecutionCommand) {
      if (given.hasRun === 'known') return { status: 'RUNNING' };
      throw Object.assign(new Error('none'), { name: 'ExecutionDoesNotExist' });
    }
    if (command instanceof StartExecutionCommand) {
      if (given.hasRun) throw Object.assign(new Error('exists'), { name: 'ExecutionAlreadyExists' });
      starts.push(command.input.name);
    }
    return {};
  };
  const context = {
    ...settings,
    ...given.settings,
    stage: 'dev',
    target: { clusterIdentifier: 'mart', database: 'dev', dbUser: 'runtime' },
    clock: createJumpingClock('2026-11-24T01:00:11.000Z'),
    dms: { send: dms },
    sfn: { send: sfn },
  };
  return {
    context: context as unknown as World['context'],
    begin: () => {
      [starts, asked] = [[], 0];
      return starts;
    },
  };
}
