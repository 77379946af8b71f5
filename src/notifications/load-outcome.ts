import { ServiceUnavailable } from '../errors/errors.ts';
import { type Dms, describeCurrentLoad } from '../loads/current-load.ts';
import { type DmsEvent, FULL_LOAD_FINISHED, TASK_FAILED, TASK_STOPPED } from '../loads/dms-event.ts';
import { settleEvent } from '../loads/settle-event.ts';

/** How a load has ended that an event tells of. */
export interface LoadOutcome {
  readonly isFailure: boolean;
  /** Why it has ended, as the event says or DMS. */
  readonly reason: string;
}

/** Stop reasons that are errors; the others are somebody's wish. https://docs.aws.amazon.com/dms/latest/APIReference/API_ReplicationTask.html */
const ERROR_REASONS = [
  'RECOVERABLE_ERROR',
  'FATAL_ERROR',
  'EXPRESS_LICENSE_LIMITS_REACHED',
  'STOPPED_DUE_TO_LOW_MEMORY',
  'STOPPED_DUE_TO_LOW_DISK',
];

/**
 * Whether an event tells of a load that failed. Recorded events of a stop are without a reason: DMS is asked for it then.
 * @throws ServiceUnavailable when DMS does not answer, or not yet about this stop: Lambda tries again
 */
export async function judgeLoad(dms: Dms, event: DmsEvent): Promise<LoadOutcome> {
  const { eventType, detailMessage = '' } = event.detail;
  if (eventType === TASK_FAILED) return { isFailure: true, reason: detailMessage };
  const isSilent = eventType === TASK_STOPPED && !detailMessage.includes('Stop Reason');
  const reason = isSilent && !namesError(detailMessage) ? await askStopReason(dms, event) : detailMessage;
  return { isFailure: namesError(reason), reason };
}

function namesError(text: string): boolean {
  return ERROR_REASONS.some((reason) => text.includes(reason));
}

async function askStopReason(dms: Dms, { resources, time }: DmsEvent): Promise<string> {
  const load = await describeCurrentLoad(dms, resources[0] ?? '');
  const meaning = settleEvent(load, time);
  switch (meaning.kind) {
    case 'late':
      throw new ServiceUnavailable(meaning.reason);
    case 'stale':
      return meaning.reason;
    case 'settled':
      return load.kind === 'none' ? (load.stopReason ?? load.reason) : FULL_LOAD_FINISHED;
  }
}
