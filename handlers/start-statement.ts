import { createDataApi } from '../src/aws/data-api.ts';
import { createLambdaHandler } from '../src/aws/lambda-handler.ts';
import { systemClock } from '../src/clock.ts';
import { type StartContext, startStatement } from '../src/statements/start.ts';
import { StepRequestSchema } from '../src/statements/step-request.ts';

/** Submits the transaction of a step. */
export function createHandler(context: StartContext) {
  return createLambdaHandler(StepRequestSchema, async (request, { logger, metrics }) => {
    const record = await startStatement(context, request);
    logger.info('submitted', { pipeline: request.pipeline, step: request.step, statement: record });
    metrics.addMetric('StatementsSubmitted', 'Count', 1);
    return record;
  });
}

export const handler = createHandler({ api: createDataApi(), clock: systemClock });
