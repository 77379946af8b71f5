import { epochSeconds } from '../../answer-members.ts';
import type { Json, JsonObject, OutgoingEvent } from '../../contracts.ts';
import { HISTORY_LIMIT, type RecordedEvent } from '../../engine/history.ts';
import type { StoredExecution } from './store.ts';

export type ExecutionStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';

export function executionStatus({ execution }: StoredExecution): ExecutionStatus {
  return execution.end?.status ?? 'RUNNING';
}

const DAY_MS = 24 * 3_600_000;
const REDRIVABLE_MS = 14 * DAY_MS;
const MAX_OPEN_MS = 365 * DAY_MS;

export interface RedriveState {
  readonly redriveStatus: 'REDRIVABLE' | 'NOT_REDRIVABLE';
  readonly redriveStatusReason?: string;
}

/** Whether RedriveExecution would be accepted now, and why not (API reference: DescribeExecution). */
export function redriveState(stored: StoredExecution, now: number): RedriveState {
  const reason = refusal(stored, now);
  if (reason === undefined) return { redriveStatus: 'REDRIVABLE' };
  return { redriveStatus: 'NOT_REDRIVABLE', redriveStatusReason: reason };
}

function refusal(stored: StoredExecution, now: number): string | undefined {
  const status = executionStatus(stored);
  if (status === 'RUNNING') return 'Execution is RUNNING and cannot be redriven';
  if (status === 'SUCCEEDED') return 'Execution is SUCCEEDED and cannot be redriven';
  if (now - stored.execution.startedAt > MAX_OPEN_MS) return 'Execution has exceeded the max execution time';
  if (stored.execution.history.length >= HISTORY_LIMIT - 1) return 'Execution history event limit exceeded';
  if (now - (stored.stoppedAt ?? now) > REDRIVABLE_MS) return 'Execution redrivable period exceeded';
  return undefined;
}

/** DescribeExecution's answer. */
export function executionDescription(stored: StoredExecution, now: number): object {
  const { execution, machine, arn, name, input, stoppedAt, redrive } = stored;
  const { end } = execution;
  return {
    executionArn: arn,
    stateMachineArn: machine.arn,
    name,
    status: executionStatus(stored),
    startDate: epochSeconds(execution.startedAt),
    ...(end === undefined || stoppedAt === undefined ? {} : { stopDate: epochSeconds(stoppedAt) }),
    input,
    inputDetails: { included: true },
    ...(end?.status === 'SUCCEEDED' ? { output: end.output, outputDetails: { included: true } } : {}),
    ...(end !== undefined && end.status !== 'SUCCEEDED' ? failureMembers(end) : {}),
    redriveCount: execution.redriveCount,
    ...(redrive === undefined ? {} : { redriveDate: epochSeconds(redrive.at) }),
    ...redriveState(stored, now),
  };
}

function failureMembers({ error, cause }: { error?: string; cause?: string }) {
  return { ...(error === undefined ? {} : { error }), ...(cause === undefined ? {} : { cause }) };
}

/** One entry of ListExecutions. */
export function executionListItem(stored: StoredExecution): object {
  const { execution, machine, arn, name, stoppedAt, redrive } = stored;
  return {
    executionArn: arn,
    stateMachineArn: machine.arn,
    name,
    status: executionStatus(stored),
    startDate: epochSeconds(execution.startedAt),
    ...(execution.end === undefined || stoppedAt === undefined ? {} : { stopDate: epochSeconds(stoppedAt) }),
    redriveCount: execution.redriveCount,
    ...(redrive === undefined ? {} : { redriveDate: epochSeconds(redrive.at) }),
  };
}

const DATA_MEMBERS = new Set(['input', 'output', 'parameters', 'assignedVariables']);

/** Events as GetExecutionHistory answers them; without execution data, inputs and outputs are left out. */
export function viewEvents(events: readonly RecordedEvent[], includeData: boolean): readonly object[] {
  return includeData ? events : events.map(withoutData);
}

function withoutData(event: RecordedEvent): object {
  return Object.fromEntries(
    Object.entries(event).map(([key, value]) => [key, typeof value === 'object' ? strip(value) : value]),
  );
}

function strip(details: object): object {
  return Object.fromEntries(Object.entries(details).filter(([key]) => !DATA_MEMBERS.has(key)));
}

const INCLUDED_LIMIT_BYTES = 248 * 1024;

/** The event of a status change (docs: Automating Step Functions with EventBridge, "Standard Workflow events"). */
export function executionStatusEvent(stored: StoredExecution, now: number): OutgoingEvent {
  return {
    source: 'aws.states',
    detailType: 'Step Functions Execution Status Change',
    resources: [stored.arn],
    detail: statusDetail(stored, now),
  };
}

function statusDetail(stored: StoredExecution, now: number): JsonObject {
  const { execution, machine, arn, name, input, stoppedAt, redrive } = stored;
  const { end, redriveCount, startedAt } = execution;
  const output = end?.status === 'SUCCEEDED' ? end.output : undefined;
  const failure = end?.status === 'SUCCEEDED' ? undefined : end;
  const { redriveStatus, redriveStatusReason } = redriveState(stored, now);
  return {
    executionArn: arn,
    stateMachineArn: machine.arn,
    stateMachineVersionArn: null,
    stateMachineAliasArn: null,
    name,
    status: executionStatus(stored),
    startDate: startedAt,
    stopDate: end === undefined ? null : (stoppedAt ?? null),
    ...included('input', input),
    ...included('output', output),
    error: failure?.error ?? null,
    cause: failure?.cause ?? null,
    redriveCount,
    redriveDate: redrive?.at ?? null,
    redriveStatus,
    redriveStatusReason: redriveStatusReason ?? null,
  };
}

function included(name: 'input' | 'output', text: string | undefined): { [key: string]: Json } {
  if (text === undefined) return { [name]: null, [`${name}Details`]: null };
  const fits = Buffer.byteLength(text) <= INCLUDED_LIMIT_BYTES;
  return { [name]: fits ? text : null, [`${name}Details`]: { included: fits } };
}
