import type { Retrier } from './asl.ts';

/**
 * Retries of every Lambda task. What the function itself decides (a statement that failed) is not in it.
 * https://docs.aws.amazon.com/step-functions/latest/dg/bp-lambda-serviceexception.html
 */
export const LAMBDA_RETRY: readonly Retrier[] = [
  {
    // No free concurrency: for about five hours, since steps that wait hold the account's Lambdas.
    ErrorEquals: ['Lambda.TooManyRequestsException'],
    IntervalSeconds: 2,
    MaxAttempts: 300,
    BackoffRate: 2,
    MaxDelaySeconds: 120,
    JitterStrategy: 'FULL',
  },
  {
    // The Data API, DMS or Step Functions is throttled, busy or unreachable, or another run has the turn: for about an hour and a half.
    ErrorEquals: ['RedshiftUnavailable', 'ServiceUnavailable', 'NotYourTurn'],
    IntervalSeconds: 3,
    MaxAttempts: 50,
    BackoffRate: 2,
    MaxDelaySeconds: 120,
    JitterStrategy: 'FULL',
  },
  {
    // Lambda's own failures. Submitting and checking may be repeated: both are idempotent. A function that died is
    // Lambda.Unknown by the documentation, and by the runtime's own name in what people report.
    ErrorEquals: [
      'Lambda.ClientExecutionTimeoutException',
      'Lambda.ServiceException',
      'Lambda.AWSLambdaException',
      'Lambda.SdkClientException',
      'Lambda.Unknown',
      'Runtime.ExitError',
      'Runtime.OutOfMemory',
      'Sandbox.Timedout',
      'States.Timeout',
    ],
    IntervalSeconds: 2,
    MaxAttempts: 8,
    BackoffRate: 2,
    MaxDelaySeconds: 60,
    JitterStrategy: 'FULL',
  },
];
