import type { Retrier } from './asl.ts';

/**
 * Retries of every Lambda task. They do not cover what a function decides itself, such as whether a failed statement
 * is submitted again.
 * https://docs.aws.amazon.com/step-functions/latest/dg/bp-lambda-serviceexception.html
 */
export const LAMBDA_RETRY: readonly Retrier[] = [
  {
    // No free concurrency, since steps that wait occupy the account's Lambdas; or a redriven run whose pipeline has another
    // run ahead. Retried for about five hours.
    ErrorEquals: ['Lambda.TooManyRequestsException', 'NotYourTurn'],
    IntervalSeconds: 2,
    MaxAttempts: 300,
    BackoffRate: 2,
    MaxDelaySeconds: 120,
    JitterStrategy: 'FULL',
  },
  {
    // Retried for about an hour and a half: the Data API, DMS or Step Functions is throttled, busy or unreachable. The
    // pauses are short because a crowd that shares a quota of a few calls a second would use only part of it otherwise.
    ErrorEquals: ['RedshiftUnavailable', 'ServiceUnavailable'],
    IntervalSeconds: 3,
    MaxAttempts: 400,
    BackoffRate: 2,
    MaxDelaySeconds: 15,
    JitterStrategy: 'FULL',
  },
  {
    // Lambda's own failures. Submitting and checking are idempotent, so both may be repeated. The documentation calls
    // the death of a function Lambda.Unknown; people also report the runtime's own name for it.
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
