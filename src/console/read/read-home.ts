import { DescribeTableStatisticsCommand } from '@aws-sdk/client-database-migration-service';
import type { Pipeline } from '../../definition/pipeline.ts';
import { readHold } from '../../executions/hold.ts';
import { describeTask } from '../../loads/describe-task.ts';
import { localMachineArn, localTaskArn } from '../../local-stage/local-stage.ts';
import type { World } from '../world.ts';

/** A pipeline as it stands. */
export interface PipelineState {
  readonly name: string;
  readonly tasks: readonly TaskState[];
  /** Why it is held; absent where it is not. */
  readonly held?: string;
}

export interface TaskState {
  readonly identifier: string;
  /** As DMS has it: `ready`, `running`, `stopped`, … */
  readonly status: string;
  /** Rows that its last load has copied. */
  readonly rows: number;
  /** Why its last load ended without success. */
  readonly failure?: string;
}

/** Every pipeline of the stack. @throws ServiceUnavailable, InvalidConfig */
export function readPipelineStates(world: World): Promise<readonly PipelineState[]> {
  return Promise.all(world.pipelines.map((pipeline) => readPipelineState(world, pipeline)));
}

async function readPipelineState(world: World, { name, tasks }: Pipeline): Promise<PipelineState> {
  const [held, states] = await Promise.all([
    readHold(world.sfn, localMachineArn(name)),
    Promise.all(tasks.map((task) => readTaskState(world, task))),
  ]);
  return { name, tasks: states, ...(held === undefined ? {} : { held }) };
}

async function readTaskState({ dms }: World, identifier: string): Promise<TaskState> {
  const arn = localTaskArn(identifier);
  const [{ Status = '', LastFailureMessage }, { TableStatistics = [] }] = await Promise.all([
    describeTask(dms, { arn, identifier }),
    dms.send(new DescribeTableStatisticsCommand({ ReplicationTaskArn: arn })),
  ]);
  const rows = TableStatistics.reduce((sum, { FullLoadRows = 0 }) => sum + FullLoadRows, 0);
  return {
    ...{ identifier, status: Status, rows },
    ...(LastFailureMessage ? { failure: LastFailureMessage } : {}),
  };
}
