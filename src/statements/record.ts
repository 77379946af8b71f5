import * as z from 'zod';

/**
 * What a run knows of a step's statement. It travels in state input and output, so that a redriven state finds it
 * again: AWS promises a redriven state the same input, and says nothing of variables.
 */
export const StatementRecordSchema = z.object({
  /** Statement id of the Data API. */
  id: z.string().min(1),
  attempt: z.int().min(1),
  /** Redrive count of the execution under which it was submitted. */
  redriveSeen: z.int().min(0),
  /** The Data API's status when it was last asked. */
  status: z.string().min(1),
  /** ISO 8601, UTC. */
  submittedAt: z.iso.datetime(),
  /** True when the step is done and the next one may start. */
  complete: z.boolean(),
  /** Seconds until the next check; 0 as long as the Data API's long poll can be used. */
  waitSeconds: z.int().min(0),
  /** Set when the step had been applied for this load before: nothing was touched this time. */
  alreadyApplied: z.boolean().optional(),
  /** Set when the statement overran its time and a cancel was asked for. */
  timedOut: z.boolean().optional(),
  durationMs: z.number().min(0).optional(),
});
export type StatementRecord = z.infer<typeof StatementRecordSchema>;
