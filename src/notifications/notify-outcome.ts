import type { Clock } from '../clock.ts';
import { describeExecution } from '../executions/describe-execution.ts';
import type { StepFunctions } from '../executions/start-execution.ts';
import type { Dms } from '../loads/describe-task.ts';
import type { Announcement } from './announcement.ts';
import { closeDeadline, type DeadlinesOfStage } from './close-deadline.ts';
import { composeMessage } from './forms/compose-message.ts';
import { announceLoadEnd, findTask } from './load-message.ts';
import { judgeLoad } from './load-outcome.ts';
import type { OutcomeEvent, RunEndedEvent } from './outcome-event.ts';
import { publish, type Sns } from './publish.ts';
import type { StageNames } from './repair-facts.ts';
import { readRunOf, withFigures } from './run-figures.ts';
import { announceRunFailure, announceRunSuccess } from './run-message.ts';
import { arnOfTopic } from './tell-once.ts';

export interface NotifyContext extends StageNames, DeadlinesOfStage {
  readonly sns: Sns;
  readonly dms: Dms;
  readonly clock: Clock;
  readonly notifySuccess: boolean;
}

/** What notify-outcome did, and why. */
export interface NotifyAnswer {
  readonly outcome: 'published' | 'ignored';
  readonly messageId?: string;
  readonly reason: string;
  /** Why the message is without the figures of the run. */
  readonly unread?: string;
  /** Forms of the message that could not be made. */
  readonly faults?: readonly string[];
}

/**
 * Sends a message about how a run or a load has ended. Events can come late, twice and out of order. A run that was
 * redriven since its event sends no message. Two equal messages are better than none.
 * @throws ServiceUnavailable when Step Functions does not say how the run stands, when DMS does not say what has
 * become of a load, or when SNS does not answer: Lambda retries; InvalidConfig when one of them refuses
 */
export async function notifyOutcome(context: NotifyContext, event: OutcomeEvent): Promise<NotifyAnswer> {
  if (event.source === 'aws.dms') {
    const task = findTask(context.tasks, event);
    const outcome = await judgeLoad(context.dms, task, event, context.clock.now());
    if (outcome.kind === 'fine') return ignored(`no message is needed: ${outcome.reason}`);
    return send(context, task.arn, announceLoadEnd(event, task, outcome));
  }
  const { detail } = event;
  const outdated = await reasonOutdated(context.sfn, detail);
  if (outdated !== undefined) return ignored(outdated);
  const closed = await closeDeadline(context, detail);
  if (closed !== undefined) return { outcome: 'published', reason: closed };
  const announcement = announce(context, detail);
  if (announcement === undefined) return ignored(`a run that is ${detail.status} sends no notification`);
  const { told, unread } = await addFigures(context, detail.executionArn, announcement);
  return { ...(await send(context, detail.executionArn, told)), ...(unread === undefined ? {} : { unread }) };
}

/** Adds the figures of the run. A message without them is better than none. */
async function addFigures(
  context: NotifyContext,
  executionArn: string,
  announcement: Announcement,
): Promise<{ readonly told: Announcement; readonly unread?: string }> {
  try {
    const run = await readRunOf(context, executionArn);
    return { told: run === undefined ? announcement : withFigures(announcement, run) };
  } catch (error) {
    return { told: announcement, unread: error instanceof Error ? error.message : String(error) };
  }
}

function announce(context: NotifyContext, detail: RunEndedEvent['detail']): Announcement | undefined {
  switch (detail.status) {
    case 'FAILED':
    case 'TIMED_OUT':
    case 'ABORTED':
      return announceRunFailure(detail, context);
    case 'SUCCEEDED':
      return context.notifySuccess ? announceRunSuccess(detail, context) : undefined;
    default:
      return undefined;
  }
}

async function reasonOutdated(
  sfn: StepFunctions,
  { executionArn, status, redriveCount }: RunEndedEvent['detail'],
): Promise<string | undefined> {
  const now = await describeExecution(sfn, executionArn);
  if (now === undefined) return 'the execution no longer exists';
  // The description may lag behind the event. Only a higher redrive count means that the run was redriven since.
  return now.redriveCount > redriveCount ? `the execution was redriven after it ended ${status}` : undefined;
}

async function send(
  { sns, topic }: Pick<NotifyContext, 'sns' | 'topic'>,
  ownArn: string,
  announcement: Announcement,
): Promise<NotifyAnswer> {
  const message = composeMessage(announcement);
  const messageId = await publish(sns, arnOfTopic(topic, ownArn), message);
  const { subject: reason, faults } = message;
  return { outcome: 'published', messageId, reason, ...(faults.length === 0 ? {} : { faults }) };
}

function ignored(reason: string): NotifyAnswer {
  return { outcome: 'ignored', reason };
}
