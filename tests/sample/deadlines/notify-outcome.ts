import { createHandler } from '../../../handlers/notify-outcome.ts';
import { createDms } from '../../../src/aws/dms.ts';
import { readStageSettings } from '../../../src/aws/environment.ts';
import { readNotificationSettings } from '../../../src/aws/notification-settings.ts';
import { createSns } from '../../../src/aws/sns.ts';
import { createStepFunctions } from '../../../src/aws/step-functions.ts';
import { systemClock } from '../../../src/clock.ts';
import { watchedTasks } from '../../../src/notifications/watched-tasks.ts';
import { latePipeline } from './late-pipeline.ts';

/** notify-outcome, deployed with the pipeline of the tests. */
export function deployWith(more: Partial<Parameters<typeof createHandler>[0]> = {}) {
  const settings = readStageSettings();
  return createHandler({
    sns: createSns(),
    sfn: createStepFunctions(),
    dms: createDms(),
    clock: systemClock,
    pipelines: [latePipeline],
    ...settings,
    tasks: watchedTasks([latePipeline], settings.taskArns),
    ...readNotificationSettings(),
    ...more,
  });
}

export const handler = deployWith();
