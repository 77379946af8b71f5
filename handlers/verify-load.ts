import { createDataApi } from '../src/aws/data-api.ts';
import { createDms } from '../src/aws/dms.ts';
import { createLambdaHandler } from '../src/aws/lambda-handler.ts';
import { type VerifyContext, VerifyRequestSchema, verifyLoad } from '../src/runs/verify-load.ts';

/** Makes sure that a load is complete before the steps, and still the same after them. */
export function createHandler(context: Omit<VerifyContext, 'remainingMs'>) {
  return createLambdaHandler(VerifyRequestSchema, async (request, { remainingMs, logger, metrics }) => {
    const answer = await verifyLoad({ ...context, remainingMs }, request);
    logger.info(request.phase === 'verify' ? 'the load is complete' : 'the load is still the same', {
      pipeline: request.pipeline,
      load: request.load.id,
      ...answer,
    });
    metrics.addMetric('LoadsVerified', 'Count', 1);
    return answer;
  });
}

export const handler = createHandler({ api: createDataApi(), dms: createDms() });
