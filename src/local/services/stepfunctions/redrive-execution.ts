import type { Clock } from '../../../clock.ts';
import { epochSeconds } from '../../answer-members.ts';
import { redriveState } from './execution-view.ts';
import { boundedText } from './request.ts';
import { executionNotRedrivable } from './service-errors.ts';
import type { ExecutionObserver } from './start-execution.ts';
import { findExecution, type Store } from './store.ts';

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
