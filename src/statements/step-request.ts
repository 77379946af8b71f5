import * as z from 'zod';
import { TargetSchema } from '../data-api/target.ts';
import { CheckTermsSchema } from '../steps/check/definition.ts';
import { FAILURE_CLASSES } from '../steps/failure-class.ts';
import { ContractVersionSchema } from './contract-version.ts';
import { StatementRecordSchema } from './record.ts';

/** When a step is given up, and what is tried again before. */
const PolicySchema = z.object({
  timeoutSeconds: z.int().min(1),
  /** Submissions in all, until the run fails; a redrive begins anew. */
  attempts: z.int().min(1),
  retryOn: z.array(z.enum(FAILURE_CLASSES)),
  /** The procedure commits by itself: no fence tells whether it was applied. */
  commits: z.boolean(),
});
export type Policy = z.infer<typeof PolicySchema>;

/** The load that a run is about, as far as a step must know it. */
const LoadSchema = z.object({
  id: z.string().min(1),
  tasks: z.array(z.object({ arn: z.string().min(1), startedAt: z.string().min(1) })).min(1),
});

/**
 * All that start-statement and check-statement need to know of a step. Everything is in the state's arguments and
 * nothing is looked up, so a run that began before a deployment ends as it began.
 */
export const StepRequestSchema = z.object({
  contractVersion: ContractVersionSchema,
  pipeline: z.string().min(1),
  step: z.string().min(1),
  /** Statements of the step, in order: one transaction, or one statement that commits by itself. */
  sqls: z.array(z.string().min(1)).min(1).max(40),
  /** Values of the statements' `:name` placeholders. The Data API refuses empty ones. */
  parameters: z.record(z.string(), z.string().min(1)),
  policy: PolicySchema,
  /** Present for a data check: its first statement counts wrong rows, its second shows some of them. */
  check: CheckTermsSchema.optional(),
  /** Of a step without a fence: staged tables that a step behind it empties, and the list of rows, see VerifyAnswer. */
  doneWhenConsumed: z.object({ tables: z.array(z.string().min(1)), stagedRows: z.string() }).optional(),
  target: TargetSchema,
  load: LoadSchema,
  execution: z.object({
    arn: z.string().min(1),
    name: z.string().min(1),
    redriveCount: z.int().min(0),
    /** ISO 8601; null before the first redrive. */
    redrivenAt: z.string().min(1).nullable(),
  }),
  /** ISO 8601: when the state was entered that sends this. Retries of a state do not move it. */
  stateEnteredAt: z.string().min(1),
});
export type StepRequest = z.infer<typeof StepRequestSchema>;

/** The same, with what is known of the statement that was submitted for it. */
export const CheckRequestSchema = StepRequestSchema.extend({ statement: StatementRecordSchema });
export type CheckRequest = z.infer<typeof CheckRequestSchema>;
