import type { Json, JsonObject, OutgoingEvent } from '../../contracts.ts';
import { executionStatus, redriveState } from './execution-view.ts';
import type { StoredExecution } from './store.ts';

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
