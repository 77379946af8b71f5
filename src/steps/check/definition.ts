import * as z from 'zod';
import { CheckNameSchema } from '../../names/names.ts';
import { type AnyStep, type AnyStepDefinition, anyStepFields, completeRetry } from '../any-step.ts';

/** Runs a query whose rows are what is wrong. */
export interface CheckStepDefinition<StepName extends string = string> extends AnyStepDefinition<StepName> {
  /** Name of the query's file in sql/checks, without `.sql`. */
  readonly check: string;
  /** What rows do: fail the run, or only show in its output. @default 'fail' */
  readonly severity?: 'fail' | 'warn';
  /** Show the first rows in the cause. They are data: leave it off where that must not leave the warehouse. @default false */
  readonly showRows?: boolean;
}

export interface CheckStep extends AnyStep {
  readonly kind: 'check';
  readonly check: string;
  readonly severity: 'fail' | 'warn';
  readonly showRows: boolean;
}

const SeveritySchema = z.enum(['fail', 'warn']);

/** A data check, checked and completed; its name is added by who knows it. */
export const CheckStepSchema = z
  .strictObject({
    check: CheckNameSchema,
    severity: SeveritySchema.default('fail'),
    showRows: z.boolean().default(false),
    ...anyStepFields,
  })
  .transform(({ retry, ...step }) => ({
    kind: 'check' as const,
    consumedBehind: [],
    ...step,
    retry: completeRetry(retry),
  }));

/** What must be known of a check to judge its rows; part of the state's request. */
export const CheckTermsSchema = z.object({
  severity: SeveritySchema,
  showRows: z.boolean(),
  /** What its rows mean: the comment at the head of its file, or its name where there is none. */
  description: z.string().min(1),
});
export type CheckTerms = z.infer<typeof CheckTermsSchema>;
