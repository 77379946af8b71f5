import * as z from 'zod';
import { InvalidEvent } from '../errors/errors.ts';
import { type DmsEvent, DmsEventSchema } from '../loads/dms-event.ts';
import { describeIssues } from '../zod-issues.ts';

/** What a person may ask of a pipeline. */
const ManualRequestSchema = z
  .strictObject({
    pipeline: z.string().min(1),
    reason: z.string().min(1).max(1_000),
    /** Runs every step of the current load again, in a run with its own name. A number that was used starts nothing. */
    rerun: z.int().min(1).max(999).optional(),
    /**
     * Goes on with the current load, or with its rerun, under the deployed definition. Steps that took effect are not
     * run again. A number that was used starts nothing.
     */
    continue: z.int().min(1).max(999).optional(),
    /** No run of the pipeline is started until it is released. */
    hold: z.literal(true).optional(),
    /** Who holds it, for whoever waits. */
    by: z.string().min(1).max(100).optional(),
    /** Ends a hold and starts what is due. */
    release: z.literal(true).optional(),
  })
  .refine(
    ({ rerun, continue: next, hold, release }) =>
      [rerun ?? next, hold, release].filter((verb) => verb !== undefined).length <= 1,
    {
      message: 'a request can do only one of these: hold, release, or rerun and continue',
    },
  )
  .refine(({ by, hold }) => by === undefined || hold, { message: '"by" belongs to "hold"' });
export type ManualRequest = z.infer<typeof ManualRequestSchema>;

export type RunRequest =
  | { readonly kind: 'event'; readonly event: DmsEvent }
  | { readonly kind: 'manual'; readonly request: ManualRequest }
  | { readonly kind: 'foreign'; readonly reason: string };

/**
 * Reads the input of start-run: an EventBridge event has a `source`, a manual request has a `pipeline`.
 * @throws InvalidEvent when it is neither, or malformed
 */
export function readRunRequest(input: unknown): RunRequest {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    throw new InvalidEvent('expected an EventBridge event of AWS DMS, or {"pipeline": …, "reason": …}');
  }
  if ('source' in input) return readEvent(input);
  if ('pipeline' in input)
    return { kind: 'manual', request: parse(ManualRequestSchema, input, 'manual request') };
  throw new InvalidEvent(
    'the input has neither "source" (an EventBridge event) nor "pipeline" (a manual request)',
  );
}

function readEvent(input: { source: unknown }): RunRequest {
  if (typeof input.source === 'string' && input.source !== 'aws.dms') {
    return { kind: 'foreign', reason: `the event is from ${input.source}, not from aws.dms` };
  }
  return { kind: 'event', event: parse(DmsEventSchema, input, 'DMS event') };
}

function parse<Schema extends z.ZodType>(schema: Schema, input: unknown, what: string): z.infer<Schema> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const issues = describeIssues(parsed.error, { whole: '(all)' });
  throw new InvalidEvent(`the ${what} is malformed: ${issues.join('; ')}`);
}
