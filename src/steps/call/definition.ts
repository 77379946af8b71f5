import * as z from 'zod';
import { ProcedureNameSchema, QualifiedNameSchema } from '../../names/names.ts';
import { type AnyStep, type AnyStepDefinition, anyStepFields, completeRetry } from '../any-step.ts';
import type { Audit, AuditDefinition } from '../audit/definition.ts';
import { AuditsSchema } from '../audit/schema.ts';
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
  /**
   * What must be true of the tables when the procedures are done, checked within the same transaction: where it is not, the
   * transaction is rolled back, and no reader has seen a row of this load. @default none
   */
  readonly audit?: readonly AuditDefinition[];
}

/** `schema.name` of a procedure without arguments, or the procedure and its arguments in order. */
export type ProcedureCall = string | { readonly procedure: string; readonly args: readonly Argument[] };

export interface CallStep extends AnyStep {
  readonly kind: 'call';
  readonly calls: readonly { readonly procedure: string; readonly args: readonly Argument[] }[];
  readonly commits: boolean;
  readonly audits: readonly Audit[];
  /** Staged tables that it empties. */
  readonly consumes: readonly string[];
  /** Staged tables that earlier steps have consumed. Their rows are not counted any more. */
  readonly consumedBefore: readonly string[];
  /** Of a group that is published together: the steps that it is made of, in the order in which their procedures run. */
  readonly members?: readonly { readonly name: string; readonly calls: number; readonly audits: number }[];
}

const ProcedureCallSchema = z.union([
  ProcedureNameSchema.transform((procedure) => ({ procedure, args: [] })),
  z.strictObject({ procedure: ProcedureNameSchema, args: z.array(ArgumentSchema).max(32) }),
]);

interface CallsAndAudits {
  readonly call: readonly unknown[];
  readonly audit: readonly Audit[];
}

/** Of a batch. https://docs.aws.amazon.com/redshift-data/latest/APIReference/API_BatchExecuteStatement.html */
export const BATCH_STATEMENTS = 40;

/** Lock, fence, calls; each audit, and its rows where they may be shown; the judgement. */
export function countStatements(calls: number, audits: readonly Audit[]): number {
  const shown = audits.filter(({ showRows }) => showRows).length;
  return 2 + calls + (audits.length === 0 ? 0 : audits.length + shown + 1);
}

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
    audit: AuditsSchema,
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
  .refine(({ audit, commits }) => !commits || audit.length === 0, {
    path: ['audit'],
    message:
      'a step with `commits` has no transaction that an audit could roll back: put a check step behind it',
  })
  .refine(({ call, audit }) => countStatements(call.length, audit) <= BATCH_STATEMENTS, {
    path: ['audit'],
    error: ({ input }) =>
      `makes ${countStatements((input as CallsAndAudits).call.length, (input as CallsAndAudits).audit)} statements of the step, and the Data API takes ${BATCH_STATEMENTS} in one transaction`,
  })
  .transform(({ call, audit, retry, ...step }) => ({
    kind: 'call' as const,
    consumedBefore: [],
    consumedBehind: [],
    calls: call,
    audits: audit,
    ...step,
    retry: step.commits ? completeRetry(retry, []) : completeRetry(retry),
  }));
