import { AwsError } from '../../aws-error.ts';
import { LOCAL_ACCOUNT } from '../../contracts.ts';
import { parsePattern } from './pattern/compile-pattern.ts';
import { matchesEvent } from './pattern/match-event.ts';
import { isDefaultBus } from './put-events-request.ts';
import type { Rule } from './rules.ts';

const REQUIRED_FIELDS = ['id', 'account', 'source', 'time', 'region', 'resources', 'detail-type'];

/** The operations that look at rules and patterns. */
export function createRuleOperations(rules: readonly Rule[]) {
  return {
    async TestEventPattern(input: { readonly EventPattern: string; readonly Event: string }) {
      const pattern = parsePattern(requireParameter('EventPattern', input.EventPattern));
      return { Result: matchesEvent(pattern, parseEvent(requireParameter('Event', input.Event))) };
    },
    async ListRules(input: ListRulesInput) {
      requireDefaultBus(input.EventBusName);
      const start = Number(input.NextToken ?? 0);
      const end = start + (input.Limit ?? 100);
      const found = rules.filter(({ spec }) => spec.name.startsWith(input.NamePrefix ?? ''));
      const Rules = found.slice(start, end).map(describeRule);
      return end < found.length ? { Rules, NextToken: String(end) } : { Rules };
    },
    async DescribeRule(input: { readonly Name: string; readonly EventBusName?: string }) {
      requireDefaultBus(input.EventBusName);
      const rule = rules.find(({ spec }) => spec.name === input.Name);
      if (rule) return { ...describeRule(rule), CreatedBy: LOCAL_ACCOUNT };
      throw notFound(`Rule ${input.Name} does not exist on EventBus default.`);
    },
  };
}

interface ListRulesInput {
  readonly NamePrefix?: string;
  readonly EventBusName?: string;
  readonly NextToken?: string;
  readonly Limit?: number;
}

function describeRule({ spec, arn }: Rule): object {
  return {
    Name: spec.name,
    Arn: arn,
    ...(spec.eventPattern === undefined ? {} : { EventPattern: JSON.stringify(spec.eventPattern) }),
    ...(spec.scheduleExpression === undefined ? {} : { ScheduleExpression: spec.scheduleExpression }),
    State: spec.enabled === false ? 'DISABLED' : 'ENABLED',
    ...(spec.description === undefined ? {} : { Description: spec.description }),
    EventBusName: 'default',
  };
}

function parseEvent(text: string): unknown {
  let event: unknown;
  try {
    event = JSON.parse(text);
  } catch {
    throw new AwsError(
      'ValidationException',
      'Parameter Event is not valid. Reason: Event is not valid JSON.',
    );
  }
  const missing = REQUIRED_FIELDS.find((field) => !Object.hasOwn(Object(event), field));
  if (missing === undefined) return event;
  throw new AwsError(
    'ValidationException',
    `Parameter Event is not valid. Reason: ${missing} is a required field.`,
  );
}

function requireParameter(name: string, value: unknown): string {
  if (typeof value === 'string') return value;
  throw new AwsError(
    'ValidationException',
    `Parameter ${name} is not valid. Reason: ${name} is a required argument.`,
  );
}

function requireDefaultBus(name: string | undefined): void {
  if (!isDefaultBus(name)) throw notFound(`Event bus ${name} does not exist.`);
}

function notFound(message: string): AwsError {
  return new AwsError('ResourceNotFoundException', message);
}
