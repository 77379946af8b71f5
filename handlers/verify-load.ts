import { createDataApi } from '../src/aws/data-api.ts';
import { createDms } from '../src/aws/dms.ts';
import { createLambdaHandler } from '../src/aws/lambda-handler.ts';
import { type LoadMetrics, measureLoad } from '../src/aws/run-metrics.ts';
import { systemClock } from '../src/clock.ts';
import { isFirstRun } from '../src/runs/run-name.ts';
import {
  confirmLoad,
  type VerifyAnswer,
  type VerifyContext,
  type VerifyRequest,
  VerifyRequestSchema,
  verifyLoad,
} from '../src/runs/verify/verify-load.ts';

/** Makes sure that a load is complete before the steps, and that staging still holds it after them. */
export function createHandler(context: Omit<VerifyContext, 'remainingMs'>) {
  return createLambdaHandler(VerifyRequestSchema, async (request, { remainingMs, logger, metrics }) => {
    const about = { pipeline: request.pipeline, load: request.load.id };
    if (request.phase === 'confirm') {
      const report = await confirmLoad({ ...context, remainingMs }, request);
      logger.info('the load is still the same', { ...about, ...report });
      metrics.addMetric('RunsPublished', 'Count', 1);
      return report;
    }
    const answer = await verifyLoad({ ...context, remainingMs }, request);
    logger.info('the load is complete', { ...about, ...answer });
    metrics.addMetric('LoadsVerified', 'Count', 1);
    measureFirstLook(metrics, request, answer);
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
