import * as z from 'zod';
import { ProcedureNameSchema, QualifiedNameSchema } from '../../names/names.ts';
import { type AnyStep, type AnyStepDefinition, anyStepFields, completeRetry } from '../any-step.ts';
import { type Argument, ArgumentSchema } from './argument.ts';

/** Calls stored procedures, in one transaction together with the record that the load was applied. */
export interface CallStepDefinition<StepName extends string = string> extends AnyStepDefinition<StepName> {
  /** One procedure, or several procedures that take effect together or not at all. */
  readonly call: ProcedureCall | readonly [ProcedureCall, ...ProcedureCall[]];
  /**
   * Whether the procedure commits by itself (TRUNCATE, COMMIT, NONATOMIC). It then runs outside the fence, and may
   * run more than once for a load. @default false
   */
  readonly commits?: boolean;
  /**
   * Staged tables that the procedures empty, drop or rename after they have used them. Their rows are counted up to
   * and including this step, and not in later steps. @default none
   */
  readonly consumes?: readonly string[];
}

/** `schema.name` of a procedure without arguments, or the procedure and its arguments in order. */
export type ProcedureCall = string | { readonly procedure: string; readonly args: readonly Argument[] };

export interface CallStep extends AnyStep {
  readonly kind: 'call';
  readonly calls: readonly { readonly procedure: string; readonly args: readonly Argument[] }[];
  readonly commits: boolean;
  /** Staged tables that it empties. */
  readonly consumes: readonly string[];
  /** Staged tables that earlier steps have consumed. Their rows are not counted any more. */
  readonly consumedBefore: readonly string[];
}

const ProcedureCallSchema = z.union([
  ProcedureNameSchema.transform((procedure) => ({ procedure, args: [] })),
  z.strictObject({ procedure: ProcedureNameSchema, args: z.array(ArgumentSchema).max(32) }),
]);

/** A validated and completed step that calls procedures. The caller adds its name. */
export const CallStepSchema = z
  .strictObject({
    // The fence needs three of the Data API's forty statements. Thirty calls leave room.
    call: z.union([
      ProcedureCallSchema.transform((call) => [call]),
      z.array(ProcedureCallSchema).min(1).max(30),
    ]),
    commits: z.boolean().default(false),
    consumes: z.array(QualifiedNameSchema).default([]),
    ...anyStepFields,
  })
  .refine(({ call, commits }) => !commits || call.length === 1, {
    path: ['commits'],
    message: 'a step with `commits` must call exactly one procedure',
  })
  .refine(({ consumes, commits }) => !commits || consumes.length === 0, {
    path: ['consumes'],
    message:
      'a step with `commits` cannot consume a table: an empty table would not show whether the step took effect. Use DELETE in the procedure, without `commits`',
  })
  .transform(({ call, retry, ...step }) => ({
    kind: 'call' as const,
    consumedBefore: [],
    consumedBehind: [],
    calls: call,
    ...step,
    retry: step.commits ? completeRetry(retry, []) : completeRetry(retry),
  }));
