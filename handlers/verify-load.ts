import { createDataApi } from '../src/aws/data-api.ts';
import { createDms } from '../src/aws/dms.ts';
import { createLambdaHandler } from '../src/aws/lambda-handler.ts';
import { countPublished, type LoadMetrics, measureLoad } from '../src/aws/run-metrics.ts';
import { systemClock } from '../src/clock.ts';
import { isFirstRun } from '../src/runs/run-name.ts';
import {
  type VerifyAnswer,
  type VerifyContext,
  type VerifyRequest,
  VerifyRequestSchema,
  verifyLoad,
} from '../src/runs/verify/verify-load.ts';

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
    if (request.phase === 'confirm') countPublished(metrics, request.pipeline);
    else measureFirstLook(metrics, request, answer as VerifyAnswer);
    return answer;
  });
}

/** A redrive verifies anew, long after the load was found; so does a rerun, and a run that goes on with another. */
function measureFirstLook(metrics: LoadMetrics, { execution }: VerifyRequest, answer: VerifyAnswer): void {
  if (execution.redriveCount > 0 || !isFirstRun(execution.name)) return;
  const { stagedRows, loadEndedAt } = answer;
  const { startedAt } = execution;
  measureLoad(metrics, {
    stagedRows,
    ...(loadEndedAt && { endedAt: loadEndedAt }),
    ...(startedAt !== undefined && { runStartedAt: new Date(startedAt) }),
  });
}

export const handler = createHandler({
  api: createDataApi(),
  dms: createDms(),
  clock: systemClock,
  random: Math.random,
});
