import * as z from 'zod';
import { CheckNameSchema } from '../../names/names.ts';
import { type AnyStep, type AnyStepDefinition, anyStepFields, completeRetry } from '../any-step.ts';

/** Runs a query that returns the wrong rows. */
export interface CheckStepDefinition<StepName extends string = string> extends AnyStepDefinition<StepName> {
  /** Name of the query's file in sql/checks, without `.sql`. */
  readonly check: string;
  /** What wrong rows do: fail the run, or only appear in its output as a count. @default 'fail' */
  readonly severity?: 'fail' | 'warn';
  /**
   * Whether the cause shows the first wrong rows. They are data: leave it off if data must not leave the warehouse.
   * @default false
   */
  readonly showRows?: boolean;
}

export interface CheckStep extends AnyStep {
  readonly kind: 'check';
  readonly check: string;
  readonly severity: 'fail' | 'warn';
  readonly showRows: boolean;
}

const SeveritySchema = z.enum(['fail', 'warn']);

/** A validated and completed check. The caller adds its name. */
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

/** What the judgement of a check needs; part of the state's request. */
export const CheckTermsSchema = z.object({
  severity: SeveritySchema,
  showRows: z.boolean(),
  /** What its rows mean: the comment at the head of its file, or its name if there is none. */
  description: z.string().min(1),
});
export type CheckTerms = z.infer<typeof CheckTermsSchema>;
