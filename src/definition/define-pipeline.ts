import * as z from 'zod';
import { InvalidPipeline } from '../errors/errors.ts';
import { findConsumptionProblems, noteConsumed } from './consumption.ts';
import { describeIssue } from './describe-issue.ts';
import { PipelineNameSchema, QualifiedNameSchema, StepNameSchema, TaskIdentifierSchema } from './names.ts';
import { orderSteps } from './order.ts';
import type { Pipeline, PipelineDefinition, Step } from './pipeline.ts';
import { parseStep } from './step-schema.ts';

const DEFAULT_WINDOW_HOURS = 12;
const DEFAULT_COMPANION_HOURS = 2;

const UNKNOWN_TABLE = { source: null, minRows: 1 };

const StagedTableSchema = z.union([
  QualifiedNameSchema.transform((table) => ({ table, ...UNKNOWN_TABLE })),
  z.strictObject({
    table: QualifiedNameSchema,
    source: z
      .string()
      .regex(/^[^.].*\..*[^.]$/s, 'must be schema.name, as DMS calls it')
      // Both are code in a state machine or its template.
      .regex(/^(?:(?!\{%|\$\{).)*$/s, 'must not hold "{%" or "${"')
      .nullable()
      .default(null),
    minRows: z.int().min(0).default(1),
  }),
]);

const PipelineSchema = z.strictObject({
  name: PipelineNameSchema,
  tasks: z.array(TaskIdentifierSchema).min(1).max(20),
  windowHours: z
    .number()
    .min(1)
    .max(24 * 14)
    .default(DEFAULT_WINDOW_HOURS),
  companionHours: z
    .number()
    .min(0.25)
    .max(24 * 14)
    .default(DEFAULT_COMPANION_HOURS),
  stagedTables: z.array(StagedTableSchema).min(1).max(100).superRefine(refuseTwice),
  otherTables: z.enum(['fail', 'ignore']).default('fail'),
  steps: z
    .record(StepNameSchema, z.unknown())
    .refine((steps) => Object.keys(steps).length > 0, 'must have at least one step'),
});

function refuseTwice(
  tables: readonly { readonly table: string }[],
  context: z.core.$RefinementCtx<unknown>,
): void {
  for (const [index, { table }] of tables.entries()) {
    if (tables.findIndex((other) => other.table === table) < index)
      context.addIssue({ code: 'custom', path: [index], message: `${table} is there twice` });
  }
}

/**
 * Checks a definition and puts its steps in order.
 * @throws InvalidPipeline naming the file, the pipeline, the step and the field
 */
export function definePipeline<const StepName extends string>(
  definition: PipelineDefinition<StepName>,
): Pipeline {
  try {
    const place = whereDefined();
    return { ...parsePipeline(definition), ...(place === undefined ? {} : { definedAt: place }) };
  } catch (error) {
    if (!(error instanceof InvalidPipeline)) throw error;
    throw error.at(whereDefined());
  }
}

function parsePipeline(definition: PipelineDefinition): Pipeline {
  const parsed = PipelineSchema.safeParse(definition);
  if (!parsed.success)
    throw invalid(
      definition.name,
      parsed.error.issues.flatMap((issue) => describeIssue(issue)),
    );
  const { steps: definitions, ...rest } = parsed.data;
  const steps = orderSteps(rest.name, parseSteps(rest.name, definitions));
  const problems = [...findUnknownSources(rest), ...findConsumptionProblems(rest.stagedTables, steps)];
  if (problems.length > 0) throw invalid(rest.name, problems);
  return { ...rest, steps: noteConsumed(steps) };
}

/** Which tables of a task matter is only known when each staged table says where it comes from. */
function findUnknownSources({ otherTables, stagedTables }: Pick<Pipeline, 'otherTables' | 'stagedTables'>) {
  return stagedTables.flatMap(({ table, source }, index) =>
    otherTables === 'ignore' && source === null
      ? [`stagedTables.${index}: ${table} must name its source, since otherTables is 'ignore'`]
      : [],
  );
}

function parseSteps(pipeline: string, definitions: Readonly<Record<string, unknown>>): readonly Step[] {
  const steps: Step[] = [];
  const problems: string[] = [];
  for (const [name, definition] of Object.entries(definitions)) {
    const step = parseStep(name, definition);
    if ('name' in step) steps.push(step);
    else problems.push(...step);
  }
  if (problems.length > 0) throw invalid(pipeline, problems);
  return steps;
}

/** `src/pipelines/x.ts:4` for a definition that stands there, from the stack of its call; undefined elsewhere. */
function whereDefined(): string | undefined {
  return /(src\/pipelines\/[\w.-]+\.ts:\d+)/.exec(new Error().stack ?? '')?.[1];
}

function invalid(pipeline: unknown, problems: readonly string[]): InvalidPipeline {
  return new InvalidPipeline(`pipeline ${JSON.stringify(pipeline)}: ${problems.join('; ')}`);
}
