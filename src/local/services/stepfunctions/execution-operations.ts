import type { Clock } from '../../../clock.ts';
import { epochSeconds } from '../../answer-members.ts';
import type { RecordedEvent } from '../../engine/history.ts';
import { executionListItem, executionStatus, redriveState, viewEvents } from './execution-view.ts';
import { type PageRequest, pageOf } from './pages.ts';
import { boundedText, executionNotRedrivable, oneOf } from './request.ts';
import type { ExecutionObserver } from './start-execution.ts';
import { findExecution, findMachine, type Store, type StoredExecution } from './store.ts';

const STATUSES = ['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED', 'PENDING_REDRIVE'] as const;

export interface ListExecutionsInput extends PageRequest {
  readonly stateMachineArn: string;
  readonly statusFilter?: (typeof STATUSES)[number];
  readonly redriveFilter?: 'REDRIVEN' | 'NOT_REDRIVEN';
}

/** The machine's executions, newest first. */
export function executionPage(store: Store, input: ListExecutionsInput): object {
  const machine = findMachine(store, input.stateMachineArn);
  oneOf(input.statusFilter, 'statusFilter', STATUSES);
  oneOf(input.redriveFilter, 'redriveFilter', ['REDRIVEN', 'NOT_REDRIVEN']);
  const all = [...store.executions.values()]
    .filter((stored) => stored.machine.arn === machine.arn && passes(stored, input))
    .toReversed();
  const scope = JSON.stringify([machine.arn, input.statusFilter, input.redriveFilter]);
  const rules = { scope, orderOf: ({ sequence }: StoredExecution) => -sequence, tokenCharacters: 3_096 };
  const { items, ...rest } = pageOf(all, input, rules);
  return { executions: items.map(executionListItem), ...rest };
}

function passes(stored: StoredExecution, { statusFilter, redriveFilter }: ListExecutionsInput): boolean {
  if (statusFilter !== undefined && executionStatus(stored) !== statusFilter) return false;
  if (redriveFilter === undefined) return true;
  return stored.execution.redriveCount > 0 === (redriveFilter === 'REDRIVEN');
}

export interface GetExecutionHistoryInput extends PageRequest {
  readonly executionArn: string;
  readonly reverseOrder?: boolean;
  readonly includeExecutionData?: boolean;
}

export function getExecutionHistory(store: Store, input: GetExecutionHistoryInput): object {
  const { arn, execution } = findExecution(store, input.executionArn);
  const reverse = input.reverseOrder === true;
  const ordered = reverse ? execution.history.toReversed() : execution.history;
  const { items, ...rest } = pageOf(ordered, input, {
    scope: `${arn} ${reverse}`,
    orderOf: ({ id }: RecordedEvent) => (reverse ? -id : id),
    tokenCharacters: 1_024,
  });
  return { events: viewEvents(items, input.includeExecutionData ?? true), ...rest };
}

export interface StopExecutionInput {
  readonly executionArn: string;
  readonly error?: string;
  readonly cause?: string;
}

/** Stops a running execution; of one that has ended, answers when it ended. */
export function stopExecution(store: Store, input: StopExecutionInput): object {
  const stored = findExecution(store, input.executionArn);
  const error = boundedText(input.error, 'error', 256);
  const cause = boundedText(input.cause, 'cause', 32_768);
  stored.execution.stop(error, cause);
  return { stopDate: epochSeconds(stored.stoppedAt ?? stored.execution.startedAt) };
}

export interface RedriveExecutionInput {
  readonly executionArn: string;
  readonly clientToken?: string;
}

/**
 * Goes on with an execution from where it failed. The same client token while it runs again answers the same redrive.
 * @throws AwsError InvalidArn, ExecutionDoesNotExist, ExecutionNotRedrivable, ValidationException
 */
export function redriveExecution(
  store: Store,
  clock: Clock,
  observer: ExecutionObserver,
  { executionArn, clientToken }: RedriveExecutionInput,
): object {
  const stored = findExecution(store, executionArn);
  const token = boundedText(clientToken, 'clientToken', 64);
  if (stored.redrive !== undefined && token !== undefined && token === stored.redrive.token) {
    return { redriveDate: epochSeconds(stored.redrive.at) };
  }
  const now = clock.now();
  const { redriveStatusReason } = redriveState(stored, now);
  if (redriveStatusReason !== undefined) throw executionNotRedrivable(stored.arn, redriveStatusReason);
  stored.redrive = { at: now, token };
  delete stored.stoppedAt;
  stored.execution.redrive();
  observer.onStatus(stored);
  return { redriveDate: epochSeconds(now) };
}
