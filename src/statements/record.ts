import * as z from 'zod';
import { FAILURE_CLASSES } from '../steps/failure-class.ts';

/** An attempt that failed and was followed by another. */
const FailedAttemptSchema = z.object({
  attempt: z.int().min(1),
  statementId: z.string(),
  failure: z.enum(FAILURE_CLASSES),
  /** The beginning of the SQL error. */
  error: z.string(),
  /** ISO 8601, UTC. Absent in records that were written before 2026-12. */
  submittedAt: z.iso.datetime().optional(),
  /** ISO 8601, UTC. Absent where the Data API did not say. */
  endedAt: z.iso.datetime().optional(),
  durationMs: z.number().min(0).optional(),
});
export type FailedAttempt = z.infer<typeof FailedAttemptSchema>;

/**
 * What a run knows about a step's statement. It travels in state input and output, so that a redriven state finds it
 * again: AWS promises a redriven state the same input, and says nothing about variables.
 */
export const StatementRecordSchema = z.object({
  /** Statement id of the Data API. */
  id: z.string().min(1),
  /** Counts from 1. It is the number of the next attempt when `resubmit` is set and the pause is over. */
  attempt: z.int().min(1),
  /** Redrive count of the execution under which the attempt was submitted. */
  redriveSeen: z.int().min(0),
  /** Attempts that failed since then; the policy's bound counts them. */
  retries: z.int().min(0),
  /** The Data API's status when it was last asked. */
  status: z.string().min(1),
  /** ISO 8601, UTC. */
  submittedAt: z.iso.datetime(),
  /** True when the step is done and the next one may start. */
  complete: z.boolean(),
  /** Seconds until the next check: 0 when the Data API's long poll waits, more before another attempt. */
  waitSeconds: z.int().min(0),
  /** Set while another attempt is due after the pause. */
  resubmit: z.boolean().optional(),
  /** Set when the statement exceeded its time and a cancel was requested. */
  timedOut: z.boolean().optional(),
  /** Set when the step was applied for this load before. Nothing was changed this time. */
  alreadyApplied: z.boolean().optional(),
  /** How long it took in Redshift. */
  durationMs: z.number().min(0).optional(),
  /** When it ended: ISO 8601, UTC. */
  endedAt: z.iso.datetime().optional(),
  /** Where SYS_QUERY_HISTORY has it: `session_id` and `query_id`. */
  pid: z.int().optional(),
  queryId: z.int().optional(),
  /** Rows that a data check found wrong. */
  wrongRows: z.int().min(0).optional(),
  /** Names of the steps that were published together. */
  members: z.array(z.string()).optional(),
  /** The last attempts that failed and were followed by another. */
  failedAttempts: z.array(FailedAttemptSchema).optional(),
});
export type StatementRecord = z.infer<typeof StatementRecordSchema>;
