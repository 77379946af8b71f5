import { AwsError } from '../../aws-error.ts';
import { LOCAL_ACCOUNT } from '../../contracts.ts';
import { parsePattern } from './pattern/compile-pattern.ts';
import { matchesEvent } from './pattern/match-event.ts';
import { isDefaultBus } from './put-events.ts';
import type { Rule } from './rules.ts';

/** The API reference also names `resources`; AWS takes events without it, as recorded. */
const REQUIRED_FIELDS = ['id', 'account', 'source', 'time', 'region', 'detail-type'];

/** The operations that look at rules and patterns. */
export function createRuleOperations(rules: readonly Rule[]) {
  return {
    async TestEventPattern(input: { readonly EventPattern: string; readonly Event: string }) {
      const pattern = parsePattern(requireParameter('EventPattern', input.EventPattern));
      return { Result: matchesEvent(pattern, parseEvent(requireParameter('Event', input.Event))) };
    },
    async ListRules(input: ListRulesInput) {
      requireDefaultBus(input.EventBusName);
      const start = readToken(input.NextToken);
      const end = start + readLimit(input.Limit);
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

/** Lengths are those of the API model. @throws AwsError ValidationException */
function readToken(token: string | undefined): number {
  if (token === undefined) return 0;
  if (token.length > 2_048) throw outOfBounds('nextToken', token, 'have length less than or equal to 2048');
  if (token === '') throw outOfBounds('nextToken', token, 'have length greater than or equal to 1');
  if (/^\d{1,9}$/.test(token)) return Number(token);
  throw new AwsError('ValidationException', 'Parameter NextToken is not valid.');
}

/** @throws AwsError ValidationException */
function readLimit(limit = 100): number {
  if (!(limit >= 1)) throw outOfBounds('limit', limit, 'have value greater than or equal to 1');
  if (limit > 100) throw outOfBounds('limit', limit, 'have value less than or equal to 100');
  return limit;
}

function outOfBounds(member: string, value: unknown, rule: string): AwsError {
  return new AwsError(
    'ValidationException',
    `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: Member must ${rule}`,
  );
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
    throw invalidEvent();
  }
  if (REQUIRED_FIELDS.every((field) => Object.hasOwn(Object(event), field))) return event;
  throw invalidEvent();
}

/** AWS does not say what is wrong with it. */
const invalidEvent = () => new AwsError('ValidationException', 'Parameter Event is not valid.');

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
