import { createDataApi } from '../src/aws/data-api.ts';
import { createLambdaHandler } from '../src/aws/lambda-handler.ts';
import { systemClock } from '../src/clock.ts';
import { type FollowContext, followStatement } from '../src/statements/follow.ts';
import { CheckRequestSchema } from '../src/statements/step-request.ts';

/** Waits for the statement of a step to end, as long as one invocation may. */
export function createHandler(context: Omit<FollowContext, 'remainingMs'>) {
  return createLambdaHandler(CheckRequestSchema, async (request, { remainingMs, logger, metrics }) => {
    const record = await followStatement({ ...context, remainingMs }, request);
    logger.info(record.complete ? 'ended' : 'still running', {
      pipeline: request.pipeline,
      step: request.step,
      statement: record,
    });
    if (record.durationMs !== undefined) {
      metrics.addMetric('StatementDuration', 'Milliseconds', record.durationMs);
      metrics.addMetadata('step', request.step);
    }
    return record;
  });
}

export const handler = createHandler({ api: createDataApi(), clock: systemClock, random: Math.random });
