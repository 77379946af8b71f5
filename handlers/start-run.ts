import * as z from 'zod';
import { createDms } from '../src/aws/dms.ts';
import { readStageSettings } from '../src/aws/environment.ts';
import { createLambdaHandler } from '../src/aws/lambda-handler.ts';
import { createStepFunctions } from '../src/aws/step-functions.ts';
import { systemClock } from '../src/clock.ts';
import { pipelines } from '../src/pipelines/index.ts';
import { type StartRunContext, startRun } from '../src/runs/start-run.ts';

/** Starts a pipeline's run for a finished full load, on the event of its DMS task or on a person's request. */
export function createHandler(context: Omit<StartRunContext, 'requestId'>) {
  return createLambdaHandler(z.unknown(), async (input, { requestId, logger, metrics }) => {
    const answer = await startRun({ ...context, requestId }, input);
    logger.info(answer.reason, { ...answer });
    metrics.addMetric(answer.outcome === 'started' ? 'RunsStarted' : 'RunsNotStarted', 'Count', 1);
    return answer;
  });
}

export const handler = createHandler({
  dms: createDms(),
  sfn: createStepFunctions(),
  clock: systemClock,
  pipelines,
  ...readStageSettings(),
});
