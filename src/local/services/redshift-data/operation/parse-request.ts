import type * as z from 'zod';
import { AwsError } from '../../../aws-error.ts';

type Issue = z.core.$ZodIssue;

/** Characters of an offending value that the message repeats. */
const QUOTED = 200;

/**
 * A request's fields, checked against the API model.
 * @throws AwsError SerializationException for a field of another type, ValidationException in AWS's words for one that
 * breaks a constraint
 */
export function parseRequest<T>(schema: z.ZodType<T>, input: object): T {
  const fields = withoutNulls(input);
  const parsed = schema.safeParse(fields);
  if (parsed.success) return parsed.data;
  const { issues } = parsed.error;
  const mistyped = issues.find(
    (issue) => issue.code === 'invalid_type' && valueAt(fields, issue) !== undefined,
  );
  if (mistyped) throw serializationError(mistyped, fields);
  const badId = issues.find((issue) => issue.code === 'invalid_format' && issue.path[0] === 'Id');
  if (badId) throw new AwsError('ValidationException', `id must satisfy regex pattern: ${patternOf(badId)}`);
  const noun = issues.length === 1 ? 'error' : 'errors';
  const details = issues.map((issue) => describeIssue(issue, fields)).join('; ');
  throw new AwsError('ValidationException', `${issues.length} validation ${noun} detected: ${details}`);
}

/** AWS takes a null for an absent field. */
function withoutNulls(input: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== null));
}

function describeIssue(issue: Issue, fields: Record<string, unknown>): string {
  const value = valueAt(fields, issue);
  const quoted = value === undefined ? 'null' : `'${quote(value)}'`;
  return `Value ${quoted} at '${memberPath(issue)}' failed to satisfy constraint: Member ${constraintOf(issue)}`;
}

function constraintOf(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return 'must not be null';
    case 'too_small':
      return `must have ${measure(issue.origin)} greater than or equal to ${issue.minimum}`;
    case 'too_big':
      return `must have ${measure(issue.origin)} less than or equal to ${issue.maximum}`;
    case 'invalid_format':
      return `must satisfy regular expression pattern: ${patternOf(issue)}`;
    case 'invalid_value':
      return `must satisfy enum value set: [${issue.values.join(', ')}]`;
    default:
      return `is invalid: ${issue.message}`;
  }
}

const measure = (origin: string) => (origin === 'string' || origin === 'array' ? 'length' : 'value');

const patternOf = (issue: Issue) =>
  issue.code === 'invalid_format' ? (issue.pattern ?? '').replace(/^\/|\/[a-z]*$/g, '') : '';

/** `parameters.1.member.value`: list items are counted from 1. */
function memberPath({ path }: Issue): string {
  return path
    .map((step) => (typeof step === 'number' ? `${step + 1}.member` : lowerFirst(String(step))))
    .join('.');
}

const lowerFirst = (name: string) => name.charAt(0).toLowerCase() + name.slice(1);

function valueAt(fields: Record<string, unknown>, { path }: Issue): unknown {
  return path.reduce<unknown>(
    (value, step) => (value as Record<PropertyKey, unknown> | undefined)?.[step],
    fields,
  );
}

function quote(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > QUOTED ? `${text.slice(0, QUOTED)}…` : text;
}

function serializationError(issue: Issue, fields: Record<string, unknown>): AwsError {
  const found = valueAt(fields, issue);
  const kind = Array.isArray(found) ? 'LIST' : typeof found === 'object' ? 'STRUCTURE' : typeof found;
  const expected = issue.code === 'invalid_type' ? issue.expected : 'value';
  return new AwsError(
    'SerializationException',
    `${kind.toUpperCase()}_VALUE cannot be converted to ${expected} at '${memberPath(issue)}'`,
  );
}
