import * as z from 'zod';
import { createDms } from '../src/aws/dms.ts';
import { readStageSettings } from '../src/aws/environment.ts';
import { createLambdaHandler } from '../src/aws/lambda-handler.ts';
import { readNotificationSettings } from '../src/aws/notification-settings.ts';
import { createSns } from '../src/aws/sns.ts';
import { createStepFunctions } from '../src/aws/step-functions.ts';
import { systemClock } from '../src/clock.ts';
import {
  type DeadlineContext,
  ScheduledEventSchema,
  watchDeadlines,
} from '../src/deadlines/watch-deadlines.ts';
import { type NotifyContext, notifyOutcome } from '../src/notifications/notify-outcome.ts';
import { OutcomeEventSchema } from '../src/notifications/outcome-event.ts';
import { watchedTasks } from '../src/notifications/watched-tasks.ts';
import { pipelines } from '../src/pipelines/index.ts';

const EventSchema = z.discriminatedUnion('source', [...OutcomeEventSchema.options, ScheduledEventSchema]);

/** Sends a message about how a run or a load has ended, and at a deadline about where the day's load stands. */
export function createHandler(context: Omit<NotifyContext & DeadlineContext, 'functionName'>) {
  return createLambdaHandler(EventSchema, async (event, { functionName, logger, metrics }) => {
    const answer =
      event.source === 'aws.events'
        ? await watchDeadlines({ ...context, functionName })
        : await notifyOutcome({ ...context, functionName }, event);
    logger.info(answer.reason, { ...answer });
    metrics.addMetric('NotificationsPublished', 'Count', answer.outcome === 'published' ? 1 : 0);
    return answer;
  });
}

const settings = readStageSettings();

export const handler = createHandler({
  sns: createSns(),
  sfn: createStepFunctions(),
  dms: createDms(),
  clock: systemClock,
  pipelines,
  ...settings,
  tasks: watchedTasks(pipelines, settings.taskArns),
  ...readNotificationSettings(),
});
