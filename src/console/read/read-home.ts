import { DescribeTableStatisticsCommand } from '@aws-sdk/client-database-migration-service';
import type { Pipeline } from '../../definition/pipeline.ts';
import { readHold } from '../../executions/hold.ts';
import { describeTask } from '../../loads/describe-task.ts';
import { localMachineArn, localTaskArn } from '../../local-stage/local-stage.ts';
import type { ShownStack } from '../shown-stack.ts';

/** A pipeline as it stands. */
export interface PipelineStanding {
  readonly name: string;
  readonly tasks: readonly TaskStanding[];
  /** Why it is held; absent where it is not. */
  readonly held?: string;
}

export interface TaskStanding {
  readonly identifier: string;
  /** As DMS has it: `ready`, `running`, `stopped`, … */
  readonly status: string;
  /** Rows that its last load has copied. */
  readonly rows: number;
  /** Why its last load ended without success. */
  readonly failure?: string;
}

/** Every pipeline of the stack. @throws ServiceUnavailable, InvalidConfig */
export function readPipelines(shown: ShownStack): Promise<readonly PipelineStanding[]> {
  return Promise.all(shown.pipelines.map((pipeline) => readPipeline(shown, pipeline)));
}

async function readPipeline(shown: ShownStack, { name, tasks }: Pipeline): Promise<PipelineStanding> {
  const [held, states] = await Promise.all([
    readHold(shown.sfn, localMachineArn(name)),
    Promise.all(tasks.map((task) => readTask(shown, task))),
  ]);
  return { name, tasks: states, ...(held === undefined ? {} : { held }) };
}

async function readTask({ dms }: ShownStack, identifier: string): Promise<TaskStanding> {
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
