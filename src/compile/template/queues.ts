import type { Stage } from '../stage/stage.ts';
import { stageName } from '../stage/stage-names.ts';
import { functionLogicalId, getArn, type Resource, type Resources } from './cloudformation.ts';
import { EVENT_FUNCTIONS } from './function-names.ts';

/** Longest that SQS keeps a message: two weeks. */
const RETENTION_SECONDS = 1_209_600;

/** Longest that Lambda tries an event: six hours. https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html */
const EVENT_AGE_SECONDS = 21_600;

/**
 * Two queues: one for events that could not be delivered to a function, one for invocations that failed for good.
 * Their messages have different forms.
 * @param rules logical IDs of the rules that send to the first queue
 */
export function compileQueues(stage: Stage, rules: readonly string[]): Resources {
  const invokeConfigs = EVENT_FUNCTIONS.map((name) => [
    `${functionLogicalId(name)}Failures`,
    {
      Type: 'AWS::Lambda::EventInvokeConfig',
      Properties: {
        FunctionName: { Ref: functionLogicalId(name) },
        Qualifier: '$LATEST',
        MaximumRetryAttempts: 2,
        MaximumEventAgeInSeconds: EVENT_AGE_SECONDS,
        DestinationConfig: { OnFailure: { Destination: getArn('FailureQueue') } },
      },
    },
  ]);
  return {
    DeadLetterQueue: queue(stageName(stage, 'dead-letters')),
    DeadLetterQueuePolicy: {
      Type: 'AWS::SQS::QueuePolicy',
      Properties: { Queues: [{ Ref: 'DeadLetterQueue' }], PolicyDocument: rulesMaySend(rules) },
    },
    FailureQueue: queue(stageName(stage, 'failures')),
    ...Object.fromEntries(invokeConfigs),
  };
}

function queue(name: string): Resource {
  return {
    Type: 'AWS::SQS::Queue',
    Properties: {
      QueueName: name,
      MessageRetentionPeriod: RETENTION_SECONDS,
      SqsManagedSseEnabled: true,
    },
  };
}

function rulesMaySend(rules: readonly string[]): Resource {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: 'events.amazonaws.com' },
        Action: 'sqs:SendMessage',
        Resource: getArn('DeadLetterQueue'),
        Condition: { ArnEquals: { 'aws:SourceArn': rules.map(getArn) } },
      },
    ],
  };
}
