import * as z from 'zod';
import { type Deadline, DeadlineSchema } from './deadline.ts';

/** A text like `07:00 Europe/Berlin`: when the digest of a day is sent. It is due as a deadline is that every day has. */
export const DigestTimeSchema = z.string().transform((text, context): Deadline => {
  const [at, timezone, ...more] = text.split(' ');
  const parsed = DeadlineSchema.safeParse({ at, timezone });
  if (parsed.success && more.length === 0) return parsed.data;
  context.addIssue('must be a time and the IANA name of its timezone, like 07:00 Europe/Berlin');
  return z.NEVER;
});

/** The time as people write it. */
export function describeDigestTime({ at, timezone }: Deadline): string {
  return `${at} ${timezone}`;
}
