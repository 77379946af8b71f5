import { createDataApi } from '../src/aws/data-api.ts';
import { createLambdaHandler } from '../src/aws/lambda-handler.ts';
import { createStepFunctions } from '../src/aws/step-functions.ts';
import { StatusEventSchema } from '../src/executions/status-event.ts';
import { stopRun } from '../src/runs/stop-run.ts';

/** Cancels the statements that a stopped or timed-out execution has left running in the warehouse. */
export function createHandler(context: Parameters<typeof stopRun>[0]) {
  return createLambdaHandler(StatusEventSchema, async (event, { logger, metrics }) => {
    const answer = await stopRun(context, event);
    logger.info(answer.reason, { execution: event.detail.name, ...answer });
    metrics.addMetric('StatementsStopped', 'Count', answer.statementIds.length);
    return answer;
  });
}

export const handler = createHandler({ api: createDataApi(), sfn: createStepFunctions() });
