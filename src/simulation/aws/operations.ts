import { describeTables, describeTasks } from '../dms/dms-model.ts';
import { lengthOf } from '../faults.ts';
import type { DataApiModel } from '../warehouse/data-api.ts';
import type { World } from '../world.ts';
import type { StepFunctionsModel } from './step-functions-model.ts';

/** An operation as on the wire: JSON in, JSON out, timestamps as epoch seconds. @throws AwsError */
export type WireOperation = (input: never) => object | Promise<object>;

export type ServiceName = 'redshift-data' | 'states' | 'dms' | 'sns';

export interface Operation {
  readonly service: ServiceName;
  readonly run: WireOperation;
}

const LIST_LAG_MS = [1_000, 3 * 86_400_000] as const;
const DESCRIBE_LAG_MS = [1_000, 5 * 60_000] as const;

/** Every operation that the product calls, by its name in the API. */
export function createOperations(world: World): Readonly<Record<string, Operation>> {
  const { clock, faults, dataApi, stepFunctions, tasks, record } = world;
  /** Time as of which an answer is given: earlier than now when it lags. */
  const asOf = (kind: 'lagging-list' | 'lagging-describe', what: string): number => {
    const strike = faults.strike([kind], what);
    if (strike === undefined) return clock.now();
    const [shortest, longest] = kind === 'lagging-list' ? LIST_LAG_MS : DESCRIBE_LAG_MS;
    return clock.now() - lengthOf(strike, shortest, longest);
  };
  const on = (service: ServiceName, run: WireOperation): Operation => ({ service, run });
  return {
    BatchExecuteStatement: on('redshift-data', dataApi.submit),
    ExecuteStatement: on('redshift-data', dataApi.submit),
    DescribeStatement: on('redshift-data', dataApi.describe),
    CancelStatement: on('redshift-data', dataApi.cancel),
    ListStatements: on('redshift-data', (input: Parameters<DataApiModel['list']>[0]) =>
      dataApi.list(input, asOf('lagging-list', 'ListStatements')),
    ),
    GetStatementResult: on('redshift-data', dataApi.result),
    DescribeStateMachine: on('states', stepFunctions.describeMachine),
    StartExecution: on('states', stepFunctions.start),
    DescribeExecution: on('states', (input: { executionArn: string }) =>
      stepFunctions.describe(input, asOf('lagging-describe', 'DescribeExecution')),
    ),
    ListExecutions: on('states', (input: Parameters<StepFunctionsModel['list']>[0]) =>
      stepFunctions.list(input, asOf('lagging-list', 'ListExecutions')),
    ),
    ListTagsForResource: on('states', stepFunctions.tags.list),
    TagResource: on('states', stepFunctions.tags.add),
    UntagResource: on('states', stepFunctions.tags.remove),
    DescribeReplicationTasks: on('dms', (input: object) =>
      describeTasks(tasks, input, asOf('lagging-describe', 'DescribeReplicationTasks')),
    ),
    DescribeTableStatistics: on('dms', (input: { ReplicationTaskArn: string }) =>
      describeTables(tasks, input),
    ),
    Publish: on('sns', (input: { Subject: string; Message: string }) => {
      record.notify(`${input.Subject}\n${input.Message}`);
      return { MessageId: 'published' };
    }),
  };
}
