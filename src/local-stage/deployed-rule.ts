import * as z from 'zod';
import { arnName, arnPattern } from '../arn.ts';
import type { JsonObject, RuleSpec, TargetSpec } from '../local/index.ts';
import { readAs } from './read-as.ts';

const TargetSchema = z.strictObject({
  Id: z.string(),
  Arn: z.string().regex(arnPattern('lambda', 'function:[^:]+'), 'must be a function'),
  Input: z.string().optional(),
  RetryPolicy: z
    .strictObject({
      MaximumRetryAttempts: z.int().optional(),
      MaximumEventAgeInSeconds: z.int().optional(),
    })
    .optional(),
  DeadLetterConfig: z.strictObject({ Arn: z.string() }).optional(),
});

const RuleSchema = z.strictObject({
  Name: z.string().optional(),
  Description: z.string().optional(),
  EventPattern: z.record(z.string(), z.json()).optional(),
  ScheduleExpression: z.string().optional(),
  State: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
  Targets: z.array(TargetSchema),
});

/**
 * Makes a rule of the local EventBridge from the properties of an AWS::Events::Rule.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-events-rule.html
 * @throws InvalidConfig for a property that the local EventBridge does not know
 */
export function readRule(name: string, properties: unknown): RuleSpec {
  const { Description, EventPattern, ScheduleExpression, State, Targets } = readAs(
    RuleSchema,
    `rule ${name}`,
    properties,
  );
  return {
    name,
    enabled: State === 'ENABLED',
    ...(Description === undefined ? {} : { description: Description }),
    ...(EventPattern === undefined ? {} : { eventPattern: EventPattern }),
    ...(ScheduleExpression === undefined ? {} : { scheduleExpression: ScheduleExpression }),
    targets: Targets.map(readTarget),
  };
}

function readTarget({ Arn, Input, RetryPolicy, DeadLetterConfig }: z.infer<typeof TargetSchema>): TargetSpec {
  const { MaximumRetryAttempts: attempts, MaximumEventAgeInSeconds: seconds } = RetryPolicy ?? {};
  return {
    functionName: arnName(Arn),
    ...(Input === undefined ? {} : { input: JSON.parse(Input) as JsonObject }),
    ...(DeadLetterConfig === undefined ? {} : { deadLetterQueueArn: DeadLetterConfig.Arn }),
    retryPolicy: {
      ...(attempts === undefined ? {} : { maximumRetryAttempts: attempts }),
      ...(seconds === undefined ? {} : { maximumEventAgeInSeconds: seconds }),
    },
  };
}
