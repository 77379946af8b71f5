import * as z from 'zod';
import { TargetSchema } from '../data-api/target.ts';
import { ShownAuditSchema } from '../steps/audit/judge.ts';
import { StepMemberSchema } from '../steps/call/members.ts';
import { CheckTermsSchema } from '../steps/check/definition.ts';
import { FAILURE_CLASSES } from '../steps/failure-class.ts';
import { ContractVersionSchema } from './contract-version.ts';
import { StatementRecordSchema } from './record.ts';

/** When a step fails, and which failures are tried again before. */
const PolicySchema = z.object({
  timeoutSeconds: z.int().min(1),
  /** Submissions in all until the run fails. A redrive starts counting again. */
  attempts: z.int().min(1),
  retryOn: z.array(z.enum(FAILURE_CLASSES)),
  /** Whether the procedure commits by itself. No fence tells then whether it was applied. */
  commits: z.boolean(),
});
export type Policy = z.infer<typeof PolicySchema>;

/** The load of a run, as far as a step needs it. */
const LoadSchema = z.object({
  id: z.string().min(1),
  tasks: z.array(z.object({ arn: z.string().min(1), startedAt: z.string().min(1) })).min(1),
});

/**
 * Everything that start-statement and check-statement need for a step. It is all in the state's arguments, and
 * nothing is looked up. So a deployment does not change a run that is under way.
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
  /** Present for a check: its first statement counts the wrong rows, its second one returns some of them. */
  check: CheckTermsSchema.optional(),
  /** Of a group that is published together. */
  members: z.array(StepMemberSchema).optional(),
  /** Audits whose wrong rows may be shown when they fail. */
  shownAudits: z.array(ShownAuditSchema).optional(),
  /**
   * For a step without a fence: the staged tables that a later step empties, and the list of rows, see VerifyAnswer.
   */
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
  /** ISO 8601: when the state that sends this was entered. Retries of a state do not change it. */
  stateEnteredAt: z.string().min(1),
});
export type StepRequest = z.infer<typeof StepRequestSchema>;

/** The request together with the record of the statement that was submitted for it. */
export const CheckRequestSchema = StepRequestSchema.extend({ statement: StatementRecordSchema });
export type CheckRequest = z.infer<typeof CheckRequestSchema>;
