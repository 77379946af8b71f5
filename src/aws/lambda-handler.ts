import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { Metrics } from '@aws-lambda-powertools/metrics';
import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import type * as z from 'zod';
import { InvalidEvent } from '../errors/errors.ts';
import { describeIssues } from '../zod-issues.ts';
import type { LoadMetrics } from './run-metrics.ts';

const logger = new Logger();
const watched = new Metrics({ logger });
const areDetailed = process.env.DETAILED_METRICS === 'true';
const metrics: LoadMetrics = areDetailed ? watched : { addMetric: () => {}, addMetadata: () => {} };

/** What a handler knows about its invocation, and where it logs and measures. */
export interface Invocation {
  readonly requestId: string;
  /** Name of the function in its stage. */
  readonly functionName: string;
  /** Milliseconds until Lambda ends the invocation. */
  remainingMs(): number;
  readonly logger: Pick<Logger, 'info'>;
  /** Metrics that no alarm looks at. They are written only where the stage has `detailedMetrics`. */
  readonly metrics: LoadMetrics;
  /** Metrics that alarms look at. CloudWatch bills a metric by the hours in which it is written: only write what was found. */
  readonly watched: Pick<Metrics, 'addMetric' | 'singleMetric'>;
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
    .after(publishMetrics)
    .onError(({ error }) => {
      metrics.addMetric('Errors', 'Count', 1);
      publishMetrics();
      if (error) logger.error(error.message, error);
    })
    .handler(async (event: unknown, context: Context) => {
      const invocation = {
        requestId: context.awsRequestId,
        functionName: context.functionName,
        remainingMs: () => context.getRemainingTimeInMillis(),
        logger,
        metrics,
        watched,
      };
      return run(parseInput(schema, event), invocation);
    });
}

/** Powertools' own middleware warns where there is nothing to publish, which is how it should be. */
function publishMetrics(): void {
  if (watched.hasStoredMetrics()) watched.publishStoredMetrics();
}

function parseInput<Schema extends z.ZodType>(schema: Schema, event: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(event);
  if (parsed.success) return parsed.data;
  const issues = describeIssues(parsed.error, { whole: '(all)' });
  throw new InvalidEvent(`the input is malformed: ${issues.join('; ')}`);
}
