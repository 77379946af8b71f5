import { createDataApi } from '../src/aws/data-api.ts';
import { createDms } from '../src/aws/dms.ts';
import { createLambdaHandler } from '../src/aws/lambda-handler.ts';
import { measureStatement } from '../src/aws/run-metrics.ts';
import { createStepFunctions } from '../src/aws/step-functions.ts';
import { systemClock } from '../src/clock.ts';
import { createRunGuard } from '../src/runs/run-guard.ts';
import { type FollowContext, followStatement } from '../src/statements/follow.ts';
import { CheckRequestSchema } from '../src/statements/step-request.ts';

/**
 * Waits for the statement of a step to end, as long as one invocation can, and submits it again if the policy says
 * so.
 */
export function createHandler(context: Omit<FollowContext, 'remainingMs'>) {
  return createLambdaHandler(CheckRequestSchema, async (request, { remainingMs, logger, metrics }) => {
    const record = await followStatement({ ...context, remainingMs }, request);
    logger.info(record.complete ? 'ended' : 'not ended yet', {
      pipeline: request.pipeline,
      step: request.step,
      statement: record,
    });
    measureStatement(metrics, request.step, record);
    return record;
  });
}

export const handler = createHandler({
  api: createDataApi(),
  clock: systemClock,
  random: Math.random,
  guard: createRunGuard({ dms: createDms(), sfn: createStepFunctions() }),
});
