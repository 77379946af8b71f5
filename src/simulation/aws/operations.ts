import { lengthOf } from '../../local/parts.ts';
import {
  describeTables,
  describeTasks,
  type StartRequest,
  startReplication,
  stopReplication,
  type TaskRequest,
} from '../dms/dms-model.ts';
import type { DmsTask } from '../dms/dms-task.ts';
import type { LoadContext } from '../dms/run-load.ts';
import type { DataApiModel } from '../warehouse/data-api.ts';
import type { World } from '../world.ts';
import type { StepFunctionsModel } from './step-functions-model.ts';

/** An operation as on the wire: JSON in, JSON out, timestamps as epoch seconds. @throws AwsError */
export type WireOperation = (input: never) => object | Promise<object>;

export type ServiceName = 'redshift-data' | 'states' | 'dms' | 'sns';

export interface ModelOperation {
  readonly service: ServiceName;
  readonly run: WireOperation;
}

const LIST_LAG_MS = [1_000, 3 * 86_400_000] as const;
const DESCRIBE_LAG_MS = [1_000, 5 * 60_000] as const;

type Operations = Readonly<Record<string, ModelOperation>>;
type Lag = (kind: 'lagging-list' | 'lagging-describe', what: string) => number;

/** Every operation that the product calls, by its name in the API. */
export function createOperations({
  clock,
  faults,
  dataApi,
  stepFunctions,
  loading,
  tasks,
  record,
}: World): Operations {
  /** Time as of which an answer is given: earlier than now when it lags. */
  const asOf: Lag = (kind, what) => {
    const strike = faults.strike([kind], what);
    if (strike === undefined) return clock.now();
    const [shortest, longest] = kind === 'lagging-list' ? LIST_LAG_MS : DESCRIBE_LAG_MS;
    return clock.now() - lengthOf(strike, shortest, longest);
  };
  return {
    ...dataApiOperations(dataApi, asOf),
    ...stepFunctionsOperations(stepFunctions, asOf),
    ...dmsOperations(loading, tasks, asOf),
    Publish: on('sns', (input: { Subject: string; Message: string }) => {
      record.notify(`${input.Subject}\n${input.Message}`, clock.now());
      return { MessageId: 'published' };
    }),
  };
}

/** @param asOf the moment of which an answer tells */
export function dataApiOperations(dataApi: DataApiModel, asOf: Lag): Operations {
  return {
    BatchExecuteStatement: on('redshift-data', dataApi.submit),
    ExecuteStatement: on('redshift-data', dataApi.submit),
    DescribeStatement: on('redshift-data', dataApi.describe),
    CancelStatement: on('redshift-data', dataApi.cancel),
    ListStatements: on('redshift-data', (input: Parameters<DataApiModel['list']>[0]) =>
      dataApi.list(input, asOf('lagging-list', 'ListStatements')),
    ),
    GetStatementResult: on('redshift-data', dataApi.result),
  };
}

/** @param asOf the moment of which an answer tells */
export function stepFunctionsOperations(stepFunctions: StepFunctionsModel, asOf: Lag): Operations {
  return {
    GetExecutionHistory: on('states', stepFunctions.history),
    DescribeStateMachine: on('states', stepFunctions.describeMachine),
    StartExecution: on('states', stepFunctions.start),
    DescribeExecution: on('states', (input: { executionArn: string }) =>
      stepFunctions.describe(input, asOf('lagging-describe', 'DescribeExecution')),
    ),
    ListExecutions: on('states', (input: Parameters<StepFunctionsModel['list']>[0]) =>
      stepFunctions.list(input, asOf('lagging-list', 'ListExecutions')),
    ),
    StopExecution: on('states', stepFunctions.stop),
    RedriveExecution: on('states', stepFunctions.redrive),
    ListTagsForResource: on('states', stepFunctions.tags.list),
    TagResource: on('states', stepFunctions.tags.add),
    UntagResource: on('states', stepFunctions.tags.remove),
  };
}

/** @param asOf the moment of which an answer tells */
export function dmsOperations(loading: LoadContext, tasks: readonly DmsTask[], asOf: Lag): Operations {
  return {
    DescribeReplicationTasks: on('dms', (input: object) =>
      describeTasks(tasks, input, asOf('lagging-describe', 'DescribeReplicationTasks')),
    ),
    DescribeTableStatistics: on('dms', (input: TaskRequest) => describeTables(tasks, input)),
    StartReplicationTask: on('dms', (input: StartRequest) => startReplication(loading, tasks, input)),
    StopReplicationTask: on('dms', (input: TaskRequest) => stopReplication(tasks, input)),
  };
}

function on(service: ServiceName, run: WireOperation): ModelOperation {
  return { service, run };
}
