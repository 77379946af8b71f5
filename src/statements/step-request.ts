import * as z from 'zod';
import { CONTRACT_VERSION } from './contract-version.ts';
import { StatementRecordSchema } from './record.ts';
import { TargetSchema } from './target.ts';

/**
 * All that start-statement and check-statement need to know of a step. Everything is in the state's arguments and
 * nothing is looked up, so a run that began before a deployment ends as it began.
 */
export const StepRequestSchema = z.object({
  contractVersion: z.literal(CONTRACT_VERSION),
  pipeline: z.string().min(1),
  step: z.string().min(1),
  /** Statements of the step's one transaction, in order. */
  sqls: z.array(z.string().min(1)).min(1).max(40),
  /** Values of the statements' `:name` placeholders. The Data API refuses empty ones. */
  parameters: z.record(z.string(), z.string().min(1)),
  timeoutSeconds: z.int().min(1),
  target: TargetSchema,
  execution: z.object({
    arn: z.string().min(1),
    name: z.string().min(1),
    redriveCount: z.int().min(0),
  }),
});
export type StepRequest = z.infer<typeof StepRequestSchema>;

/** The same, with what is known of the statement that was submitted for it. */
export const CheckRequestSchema = StepRequestSchema.extend({ statement: StatementRecordSchema });
export type CheckRequest = z.infer<typeof CheckRequestSchema>;
