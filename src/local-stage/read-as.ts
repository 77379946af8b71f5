import type * as z from 'zod';
import { InvalidConfig } from '../errors/errors.ts';
import { describeIssues } from '../zod-issues.ts';

/**
 * Checks that a value has the form that the local stage supports. @param what names the value for people @throws
 * InvalidConfig
 */
export function readAs<Schema extends z.ZodType>(
  schema: Schema,
  what: string,
  value: unknown,
): z.infer<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const faults = describeIssues(parsed.error).join('; ');
  throw new InvalidConfig(`${what}: the local AWS does not know this form: ${faults}; see src/local-stage`);
}
