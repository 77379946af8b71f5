import { createDataApi } from '../src/aws/data-api.ts';
import { createDms } from '../src/aws/dms.ts';
import { createLambdaHandler } from '../src/aws/lambda-handler.ts';
import { measureSubmission } from '../src/aws/run-metrics.ts';
import { createStepFunctions } from '../src/aws/step-functions.ts';
import { systemClock } from '../src/clock.ts';
import { createRunGuard } from '../src/runs/run-guard.ts';
import { type StartContext, startStatement } from '../src/statements/start.ts';
import { StepRequestSchema } from '../src/statements/step-request.ts';

/** Submits the statements of a step, or takes over what was submitted for it before. */
export function createHandler(context: StartContext) {
  return createLambdaHandler(StepRequestSchema, async (request, { logger, metrics }) => {
    const record = await startStatement(context, request);
    logger.info('submitted', { pipeline: request.pipeline, step: request.step, statement: record });
    measureSubmission(metrics, request.step, record);
    return record;
  });
}

export const handler = createHandler({
  api: createDataApi(),
  clock: systemClock,
  random: Math.random,
  guard: createRunGuard({ dms: createDms(), sfn: createStepFunctions() }),
});
