/**
 * The second face of the local AWS: its parts one by one, for whoever builds another world of them, or tells what they support.
 * Loads more than `index.ts`.
 */

// What all parts speak.
export { AwsError } from './aws-error.ts';
// Faults: their kinds, how a seed draws them, and what they do to a call.
export { disturbAnswer } from './chaos/disturb-calls.ts';
export type { ChaosKind } from './chaos/kinds.ts';
export { createDraws, type Draw, lengthOf, mixBits } from './chaos/plan.ts';
export type { EventBus, FunctionInvoker, FunctionResult, OutgoingEvent, Support } from './contracts.ts';
// The engine of state machines, and time that passes when nobody does anything.
export type { EngineDeps } from './engine/branch.ts';
export { createVirtualClock, type VirtualClock } from './engine/clock/virtual-clock.ts';
export type { RecordedEvent } from './engine/history.ts';
export { ENGINE_SUPPORT } from './engine/support.ts';
// DMS: its documents, and what it makes of them.
export { type DmsType, redshiftType } from './services/dms/mapping/dms-type.ts';
export { type PlannedColumn, planColumns } from './services/dms/mapping/plan-columns.ts';
export type { RowFilter } from './services/dms/mapping/rule-schemas.ts';
export { isPattern, type RenamingRule, type TableMappings } from './services/dms/mapping/rules.ts';
export { selectTables } from './services/dms/mapping/select-tables.ts';
export { readTableMappings } from './services/dms/mapping/table-mappings.ts';
export { isForTable, isRenaming, type TableName, targetName } from './services/dms/mapping/target-name.ts';
export { DMS_SUPPORT } from './services/dms/support.ts';
export { readTaskSettings } from './services/dms/task-settings.ts';
// EventBridge: events and rules.
export { createEventsService, EVENTS_SUPPORT } from './services/events/create-events.ts';
export { type BusEvent, busEvent } from './services/events/event-envelope.ts';
// Lambda: its queue of events, and what its invocations answer.
export { createAsyncInvocations } from './services/lambda/async-invocations.ts';
export { LAMBDA_SUPPORT } from './services/lambda/create-lambda.ts';
export { createFunctionCatalogue } from './services/lambda/functions.ts';
export { timedOut } from './services/lambda/sandboxes.ts';
// Redshift Data API, SNS and SQS.
export { REDSHIFT_DATA_SUPPORT } from './services/redshift-data/support.ts';
export { SNS_SUPPORT } from './services/sns/create-sns.ts';
export { SQS_SUPPORT } from './services/sqs/create-sqs.ts';
// Step Functions: its operations on a store.
export { redriveExecution, stopExecution } from './services/stepfunctions/execution-operations.ts';
export {
  executionDescription,
  executionStatus,
  executionStatusEvent,
} from './services/stepfunctions/execution-view.ts';
export { createStateMachine, describeStateMachine } from './services/stepfunctions/machine-operations.ts';
export {
  beginExecution,
  type ExecutionObserver,
  type StartExecutionInput,
} from './services/stepfunctions/start-execution.ts';
export {
  createStore,
  findExecution,
  findMachine,
  type Store,
  type StoredExecution,
  type StoredMachine,
} from './services/stepfunctions/store.ts';
export { STEP_FUNCTIONS_SUPPORT } from './services/stepfunctions/support.ts';
export {
  listTags,
  type TagResourceInput,
  tagResource,
  type UntagResourceInput,
  untagResource,
} from './services/stepfunctions/tag-operations.ts';
export { WAREHOUSE_SUPPORT } from './warehouse/support.ts';
