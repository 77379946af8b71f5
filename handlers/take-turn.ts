import { createDataApi } from '../src/aws/data-api.ts';
import { createDms } from '../src/aws/dms.ts';
import { createLambdaHandler } from '../src/aws/lambda-handler.ts';
import { createStepFunctions } from '../src/aws/step-functions.ts';
import { systemClock } from '../src/clock.ts';
import { type TurnContext, TurnRequestSchema, takeTurn } from '../src/runs/take-turn.ts';

/** Tells a run whether it is its turn, whether it must wait, or whether a newer load has superseded it. */
export function createHandler(context: TurnContext) {
  return createLambdaHandler(TurnRequestSchema, async (request, { logger, metrics }) => {
    const answer = await takeTurn(context, request);
    logger.info(answer.reason, { pipeline: request.pipeline, load: request.load.id, ...answer });
    metrics.addMetric('TurnsAsked', 'Count', 1);
    return answer;
  });
}

export const handler = createHandler({
  api: createDataApi(),
  dms: createDms(),
  sfn: createStepFunctions(),
  clock: systemClock,
  random: Math.random,
});
