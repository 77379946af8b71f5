import * as z from 'zod';
import { createDataApi } from '../src/aws/data-api.ts';
import { createDms } from '../src/aws/dms.ts';
import { readStageSettings, readSweepSettings } from '../src/aws/environment.ts';
import { createLambdaHandler } from '../src/aws/lambda-handler.ts';
import { countTrouble } from '../src/aws/run-metrics.ts';
import { createStepFunctions } from '../src/aws/step-functions.ts';
import { systemClock } from '../src/clock.ts';
import { pipelines } from '../src/pipelines/index.ts';
import { type SweepContext, sweepLoads } from '../src/runs/sweep-loads.ts';

/** Starts runs for loads that no event has reported, and cancels statements whose execution has ended. */
export function createHandler(context: Omit<SweepContext, 'requestId'>) {
  return createLambdaHandler(z.unknown(), async (_event, { requestId, logger, metrics, watched }) => {
    const answer = await sweepLoads({ ...context, requestId });
    logger.info('swept', { ...answer });
    metrics.addMetric('RunsSwept', 'Count', answer.started);
    metrics.addMetric('StatementsReaped', 'Count', answer.reaped.length);
    countTrouble(watched, answer);
    return answer;
  });
}

export const handler = createHandler({
  api: createDataApi(),
  dms: createDms(),
  sfn: createStepFunctions(),
  clock: systemClock,
  pipelines,
  ...readStageSettings(),
  ...readSweepSettings(),
});
