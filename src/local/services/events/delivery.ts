import type { Clock } from '../../../clock.ts';
import { AwsError } from '../../aws-error.ts';
import { createBackground } from '../../background.ts';
import { LOCAL_ACCOUNT, LOCAL_REGION, type SendToQueue } from '../../contracts.ts';
import type { BusEvent } from './event-envelope.ts';
import type { RetryPolicy, Rule, TargetSpec } from './rules.ts';

export interface DeliveryOptions {
  readonly clock: Clock;
  /** Starts a function asynchronously. @throws AwsError where Lambda refuses the call */
  readonly invokeAsync: (functionName: string, payload: string) => Promise<void>;
  readonly sendToQueue: SendToQueue;
  /** A number from 0 (inclusive) to 1. */
  readonly random: () => number;
  readonly signal: AbortSignal;
}

/** Errors that another attempt cannot mend, with the code EventBridge gives them in the dead-letter queue. */
const PERMANENT: Readonly<Record<string, string>> = {
  ResourceNotFoundException: 'NO_RESOURCE',
  AccessDeniedException: 'NO_PERMISSIONS',
  InvalidRequestContentException: 'INVALID_JSON',
  RequestTooLargeException: 'INVALID_PARAMETER',
  ValidationException: 'INVALID_PARAMETER',
};
const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 600_000;

/**
 * Hands one event to one target. A refusal is repeated, with growing and jittered pauses, until attempts or age are used
 * up; a missing target or permission is not. What remains goes to the dead-letter queue, or is dropped without one.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
 */
async function deliver(
  options: DeliveryOptions,
  ruleArn: string,
  target: TargetSpec,
  payload: string,
): Promise<void> {
  const startedAt = options.clock.now();
  for (let retries = 0; ; retries += 1) {
    const error = await attempt(options, target.functionName, payload);
    if (error === undefined) return;
    const pauseMs = retryPauseMs(retries, options.random());
    const ageMs = options.clock.now() + pauseMs - startedAt;
    const condition = exhaustedCondition(target.retryPolicy ?? {}, retries, ageMs);
    if (PERMANENT[error.name] === undefined && condition === undefined) {
      await options.clock.sleep(pauseMs, options.signal);
      continue;
    }
    if (target.deadLetterQueueArn === undefined) return;
    const attributes = deadLetterAttributes(ruleArn, target, error, retries, condition);
    return options.sendToQueue(target.deadLetterQueueArn, payload, attributes);
  }
}

async function attempt(
  options: DeliveryOptions,
  functionName: string,
  payload: string,
): Promise<Error | undefined> {
  try {
    await options.invokeAsync(functionName, payload);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** Doubles from one second to ten minutes; the actual pause is between half of that and all of it. */
export function retryPauseMs(retriesDone: number, random: number): number {
  const longest = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** retriesDone);
  return Math.round(longest * (0.5 + random / 2));
}

type Exhausted = 'MaximumRetryAttempts' | 'MaximumEventAgeInSeconds';

function exhaustedCondition(
  policy: RetryPolicy,
  retriesDone: number,
  nextAgeMs: number,
): Exhausted | undefined {
  if (retriesDone >= (policy.maximumRetryAttempts ?? 185)) return 'MaximumRetryAttempts';
  return nextAgeMs > (policy.maximumEventAgeInSeconds ?? 86_400) * 1000
    ? 'MaximumEventAgeInSeconds'
    : undefined;
}

function deadLetterAttributes(
  ruleArn: string,
  target: TargetSpec,
  error: Error,
  retries: number,
  condition: Exhausted | undefined,
): Readonly<Record<string, string>> {
  const permanent = PERMANENT[error.name];
  return {
    RULE_ARN: ruleArn,
    TARGET_ARN: targetArn(target.functionName),
    ERROR_CODE: permanent ?? transientCode(error),
    ERROR_MESSAGE: error.message,
    ...(permanent === undefined && condition !== undefined
      ? { EXHAUSTED_RETRY_CONDITION: condition, RETRY_ATTEMPTS: String(retries) }
      : {}),
  };
}

function transientCode(error: Error): string {
  if (error.name === 'TooManyRequestsException') return 'THROTTLING';
  return error instanceof AwsError ? 'ERROR_FROM_TARGET' : 'INTERNAL_ERROR';
}

function targetArn(functionName: string): string {
  if (functionName.startsWith('arn:')) return functionName;
  return `arn:aws:lambda:${LOCAL_REGION}:${LOCAL_ACCOUNT}:function:${functionName}`;
}

/** The deliveries that are under way. */
export interface Deliveries {
  /** Starts to hand an event to every target of a rule. */
  start(rule: Rule, event: BusEvent): void;
  /** Resolves when every delivery has ended: accepted, in the dead-letter queue, or dropped. */
  idle(): Promise<void>;
}

/** @see Deliveries */
export function createDeliveries(options: DeliveryOptions): Deliveries {
  const background = createBackground(options.signal);
  return {
    start(rule, event) {
      for (const target of rule.spec.targets) {
        background.start(deliver(options, rule.arn, target, JSON.stringify(target.input ?? event)));
      }
    },
    idle: background.idle,
  };
}
