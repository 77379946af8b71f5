import * as z from 'zod';
import { describeIssues } from '../zod-issues.ts';
import { FAILURE_CLASSES, RETRIED_BY_DEFAULT } from './failure-class.ts';
import { CheckNameSchema, ProcedureNameSchema, QualifiedNameSchema, StepNameSchema } from './names.ts';
import { RUN_VALUES, type Step } from './pipeline.ts';

/** Six hours: longer than a sane nightly step, shorter than Redshift's own 24. */
const DEFAULT_TIMEOUT_SECONDS = 21_600;
const DEFAULT_ATTEMPTS = 4;

const anyStep = {
  after: z.array(StepNameSchema).default([]),
  timeoutSeconds: z.int().min(1).max(86_400).default(DEFAULT_TIMEOUT_SECONDS),
  retry: z
    .strictObject({
      attempts: z.int().min(1).max(20).default(DEFAULT_ATTEMPTS),
      on: z.array(z.enum(FAILURE_CLASSES)).optional(),
    })
    .default({ attempts: DEFAULT_ATTEMPTS }),
};

// A string that holds {% is code to Step Functions.
const TextSchema = z
  .string()
  .min(1)
  .refine((text) => !text.includes('{%'), 'must not hold "{%"');

/** Types to which Redshift converts a text. BOOLEAN is none of them. */
const TypeSchema = z
  .string()
  .regex(
    /^(?:smallint|integer|bigint|real|double precision|numeric\(\d{1,2},\d{1,2}\)|varchar(?:\(\d{1,5}\))?|char\(\d{1,4}\)|date|time|timetz|timestamp|timestamptz)$/,
    'must be a type like integer, numeric(18,2), varchar, date or timestamp',
  );

const ArgumentSchema = z.union(
  [
    TextSchema,
    z.number(),
    z.boolean(),
    z.strictObject({ run: z.enum(RUN_VALUES), as: TypeSchema.optional() }),
    z.strictObject({ value: z.union([TextSchema, z.number()]), as: TypeSchema }),
  ],
  {
    error: `must be text that is not empty, a number, a boolean, {run: ${RUN_VALUES.join(' | ')}}, or {value, as: type}`,
  },
);
const ProcedureCallSchema = z.union([
  ProcedureNameSchema.transform((procedure) => ({ procedure, args: [] })),
  z.strictObject({ procedure: ProcedureNameSchema, args: z.array(ArgumentSchema).max(32) }),
]);

const CallStepSchema = z
  .strictObject({
    // Three statements of the Data API's forty are the fence's; the rest is room enough.
    call: z.union([
      ProcedureCallSchema.transform((call) => [call]),
      z.array(ProcedureCallSchema).min(1).max(30),
    ]),
    commits: z.boolean().default(false),
    consumes: z.array(QualifiedNameSchema).default([]),
    ...anyStep,
  })
  .refine(({ call, commits }) => !commits || call.length === 1, {
    path: ['commits'],
    message: 'a procedure that commits by itself must be the only one of its step',
  })
  .refine(({ consumes, commits }) => !commits || consumes.length === 0, {
    path: ['consumes'],
    message:
      'a step with `commits` cannot consume: nobody could tell whether its staged tables are empty because it was done. Use DELETE in the procedure, without `commits`',
  })
  .transform(({ call, retry, ...step }) => ({
    kind: 'call' as const,
    consumedBefore: [],
    consumedBehind: [],
    calls: call,
    ...step,
    retry: { ...retry, on: retry.on ?? (step.commits ? [] : RETRIED_BY_DEFAULT) },
  }));

const CheckStepSchema = z
  .strictObject({
    check: CheckNameSchema,
    severity: z.enum(['fail', 'warn']).default('fail'),
    showRows: z.boolean().default(false),
    ...anyStep,
  })
  .transform(({ retry, ...step }) => ({
    kind: 'check' as const,
    consumedBehind: [],
    ...step,
    retry: { ...retry, on: retry.on ?? RETRIED_BY_DEFAULT },
  }));

/**
 * Checks one step and fills in what it leaves out.
 * @returns the step, or what is wrong with it: field and reason
 */
export function parseStep(name: string, definition: unknown): Step | readonly string[] {
  const schema = isCheck(definition) ? CheckStepSchema : CallStepSchema;
  const parsed = schema.safeParse(definition);
  if (parsed.success) return { name, ...parsed.data };
  return describeIssues(parsed.error, { root: ['steps', name] });
}

function isCheck(definition: unknown): boolean {
  return typeof definition === 'object' && definition !== null && 'check' in definition;
}
