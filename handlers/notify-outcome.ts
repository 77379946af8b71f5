import { createDms } from '../src/aws/dms.ts';
import { readStageSettings } from '../src/aws/environment.ts';
import { createLambdaHandler } from '../src/aws/lambda-handler.ts';
import { readNotificationSettings } from '../src/aws/notification-settings.ts';
import { createSns } from '../src/aws/sns.ts';
import { createStepFunctions } from '../src/aws/step-functions.ts';
import { systemClock } from '../src/clock.ts';
import { type NotifyContext, notifyOutcome } from '../src/notifications/notify-outcome.ts';
import { OutcomeEventSchema } from '../src/notifications/outcome-event.ts';
import { watchedTasks } from '../src/notifications/watched-tasks.ts';
import { pipelines } from '../src/pipelines/index.ts';

/** Sends a message about how a run or a load has ended. */
export function createHandler(context: Omit<NotifyContext, 'functionName'>) {
  return createLambdaHandler(OutcomeEventSchema, async (event, { functionName, logger, metrics }) => {
    const answer = await notifyOutcome({ ...context, functionName }, event);
    logger.info(answer.reason, { ...answer });
    metrics.addMetric('NotificationsPublished', 'Count', answer.outcome === 'published' ? 1 : 0);
    return answer;
  });
}

export const handler = createHandler({
  sns: createSns(),
  sfn: createStepFunctions(),
  dms: createDms(),
  clock: systemClock,
  tasks: watchedTasks(pipelines, readStageSettings().taskArns),
  ...readNotificationSettings(),
});
