import { type JsonObject, LOCAL_ACCOUNT, LOCAL_REGION } from '../../contracts.ts';
import { parsePattern } from './pattern/compile-pattern.ts';
import type { CompiledPattern } from './pattern/pattern.ts';
import { type NextTime, parseSchedule } from './schedule.ts';

/** Most targets that one rule may have. */
const MAX_TARGETS = 5;

/** A rule of the default bus: it reacts to events, or to the clock. */
export interface RuleSpec {
  readonly name: string;
  readonly description?: string;
  /** The pattern as the deployed rule has it. */
  readonly eventPattern?: object;
  /** `rate(15 minutes)`, `cron(30 4,5 * * ? *)` */
  readonly scheduleExpression?: string;
  /** @default true */
  readonly enabled?: boolean;
  readonly targets: readonly TargetSpec[];
}

/** A Lambda function that gets the rule's events. */
export interface TargetSpec {
  readonly functionName: string;
  /** Given to the function in place of the event. */
  readonly input?: JsonObject;
  /** Queue for what could not be delivered. */
  readonly deadLetterQueueArn?: string;
  readonly retryPolicy?: RetryPolicy;
}

/** How long a delivery that the target refuses is tried again. */
export interface RetryPolicy {
  /** 0–185. @default 185 */
  readonly maximumRetryAttempts?: number;
  /** 60–86400. @default 86400 */
  readonly maximumEventAgeInSeconds?: number;
}

/** A rule that has been checked. */
export interface Rule {
  readonly spec: RuleSpec;
  readonly arn: string;
  readonly pattern: CompiledPattern | undefined;
  /** When a scheduled rule runs next. */
  readonly nextTime: NextTime | undefined;
}

/** ARN of a rule of the default bus. */
export function ruleArn(name: string): string {
  return `arn:aws:events:${LOCAL_REGION}:${LOCAL_ACCOUNT}:rule/${name}`;
}

/** @throws AwsError InvalidEventPatternException, ValidationException for a rule that EventBridge would refuse */
export function compileEventRules(specs: readonly RuleSpec[]): readonly Rule[] {
  const names = new Set<string>();
  return specs.map((spec) => {
    if (names.has(spec.name)) throw new Error(`two local rules are called ${spec.name}`);
    names.add(spec.name);
    return compileRule(spec);
  });
}

function compileRule(spec: RuleSpec): Rule {
  const { name, eventPattern, scheduleExpression, targets } = spec;
  if ((eventPattern === undefined) === (scheduleExpression === undefined)) {
    throw new Error(`rule ${name} needs either an event pattern or a schedule`);
  }
  if (targets.length > MAX_TARGETS) throw new Error(`rule ${name} has more than ${MAX_TARGETS} targets`);
  for (const target of targets) checkRetryPolicy(name, target.retryPolicy ?? {});
  return {
    spec,
    arn: ruleArn(name),
    pattern: eventPattern === undefined ? undefined : parsePattern(JSON.stringify(eventPattern)),
    nextTime: scheduleExpression === undefined ? undefined : parseSchedule(scheduleExpression),
  };
}

function checkRetryPolicy(rule: string, policy: RetryPolicy): void {
  const { maximumRetryAttempts: attempts = 0, maximumEventAgeInSeconds: age = 60 } = policy;
  if (attempts < 0 || attempts > 185) throw new Error(`rule ${rule}: maximumRetryAttempts must be 0 to 185`);
  if (age < 60 || age > 86_400) throw new Error(`rule ${rule}: maximumEventAgeInSeconds must be 60 to 86400`);
}
