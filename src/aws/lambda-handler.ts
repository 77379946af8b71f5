import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { Metrics } from '@aws-lambda-powertools/metrics';
import { logMetrics } from '@aws-lambda-powertools/metrics/middleware';
import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import type * as z from 'zod';
import { InvalidEvent } from '../errors/errors.ts';
import { describeIssues } from '../zod-issues.ts';

const logger = new Logger();
const metrics = new Metrics({ logger });

/** What a handler knows about its invocation, and where it logs and measures. */
export interface Invocation {
  readonly requestId: string;
  /** Name of the function in its stage. */
  readonly functionName: string;
  /** Milliseconds until Lambda ends the invocation. */
  remainingMs(): number;
  readonly logger: Pick<Logger, 'info'>;
  readonly metrics: Pick<Metrics, 'addMetric' | 'addMetadata' | 'singleMetric'>;
}

/**
 * Creates a Lambda handler. It checks the input against a schema, adds structured logs and metrics, and logs errors
 * and throws them unchanged, so that their `name` reaches Step Functions.
 */
export function createLambdaHandler<Schema extends z.ZodType, Output>(
  schema: Schema,
  run: (input: z.infer<Schema>, invocation: Invocation) => Promise<Output>,
) {
  // Lambda itself ends an invocation whose time is up. State machines retry that, but not an error of middy.
  return middy<unknown, Output>({ timeoutEarlyInMillis: 0 })
    .use(injectLambdaContext(logger, { resetKeys: true }))
    .use(logMetrics(metrics))
    .onError(({ error }) => {
      metrics.addMetric('Errors', 'Count', 1);
      if (error) logger.error(error.message, error);
    })
    .handler(async (event: unknown, context: Context) => {
      const invocation = {
        requestId: context.awsRequestId,
        functionName: context.functionName,
        remainingMs: () => context.getRemainingTimeInMillis(),
        logger,
        metrics,
      };
      return run(parseInput(schema, event), invocation);
    });
}

function parseInput<Schema extends z.ZodType>(schema: Schema, event: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(event);
  if (parsed.success) return parsed.data;
  const issues = describeIssues(parsed.error, { whole: '(all)' });
  throw new InvalidEvent(`the input is malformed: ${issues.join('; ')}`);
}
