import { InvalidConfig, ServiceUnavailable } from '../errors/errors.ts';
import { type CurrentLoad, describeCurrentLoad, type NoLoad } from '../loads/current-load.ts';
import type { Dms, TaskName } from '../loads/describe-task.ts';
import { type DmsEvent, TASK_FAILED } from '../loads/dms-event.ts';
import { settleEvent } from '../loads/settle-event.ts';
import { readStop } from '../loads/stop-reason.ts';

/** What has become of a load whose task has stopped or failed, according to an event. */
export type LoadOutcome =
  /** No message is needed: the load is run, or goes on, or another one has begun. */
  | { readonly kind: 'fine'; readonly reason: string }
  /** No run is started: the load failed, or was stopped before it had finished. */
  | { readonly kind: 'failed' | 'stopped'; readonly reason: string };

/**
 * Milliseconds after an event during which DMS may lag behind it, or may be about to start the task again. After
 * that, DMS's answer is believed.
 */
const BELIEVED_AFTER_MS = 2 * 60_000;

/**
 * Asks DMS what has become of the load of an event: the event may be late, and DMS may have started the task again.
 * @param now epoch milliseconds
 * @throws ServiceUnavailable when DMS does not answer, or does not show yet what the event says: Lambda retries
 * @throws InvalidConfig when DMS refuses to answer, or no longer has the task, and the event does not say that the
 * load failed
 */
export async function judgeLoad(
  dms: Dms,
  task: TaskName,
  event: DmsEvent,
  now: number,
): Promise<LoadOutcome> {
  try {
    return judgeAnswer(await describeCurrentLoad(dms, task), event, now);
  } catch (error) {
    // If DMS says nothing about the task, only the event can say what happened.
    if (!(error instanceof InvalidConfig) || !saysFailure(event)) throw error;
    return { kind: 'failed', reason: `${messageOf(event) || 'the event gives no reason'}; ${error.message}` };
  }
}

function saysFailure(event: DmsEvent): boolean {
  return event.detail.eventType === TASK_FAILED || readStop(messageOf(event)) === 'failure';
}

function judgeAnswer(load: CurrentLoad, event: DmsEvent, now: number): LoadOutcome {
  const meaning = settleEvent(load, event.time);
  // Lambda calls the function three times within three minutes.
  const isBelieved = now - Date.parse(event.time) >= BELIEVED_AFTER_MS;
  switch (meaning.kind) {
    case 'stale':
      return { kind: 'fine', reason: meaning.reason };
    case 'late':
      if (load.kind !== 'running' || !isBelieved) throw new ServiceUnavailable(meaning.reason);
      return {
        kind: 'fine',
        reason: `DMS started the task again by itself: ${load.reason} after ${messageOf(event)}`,
      };
    case 'settled':
      // If DMS shows no load, only a failure is reported: an answer from before the first start looks the same.
      if (load.kind === 'none' && load.startedAt === undefined && !saysFailure(event))
        return { kind: 'fine', reason: load.reason };
      if (!isBelieved && load.startedAt !== undefined && mayGoOn(load))
        throw new ServiceUnavailable(load.reason);
      return judgeSettled(load, event);
  }
}

/** Whether the task may still go on: DMS starts it again by itself, or its answer is from before the start. */
function mayGoOn(load: CurrentLoad): load is NoLoad {
  return load.kind === 'none' && (load.isHidden || readStop(load.stopReason ?? '') === 'restart');
}

function judgeSettled(load: CurrentLoad, event: DmsEvent): LoadOutcome {
  if (load.kind !== 'none') return { kind: 'fine', reason: 'the load has finished' };
  const said = load.stopReason ?? '';
  const isFailure = saysFailure(event) || readStop(said) === 'failure';
  return { kind: isFailure ? 'failed' : 'stopped', reason: reasonOf(load.reason, said, event) };
}

/** What DMS says, followed by what the event says in addition. */
function reasonOf(reason: string, said: string, event: DmsEvent): string {
  const message = messageOf(event);
  return message === '' || said.includes(message) || reason.includes(message)
    ? reason
    : `${reason}; the event says: ${message}`;
}

function messageOf({ detail }: DmsEvent): string {
  return detail.detailMessage ?? '';
}
