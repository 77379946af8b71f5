import * as z from 'zod';
import { InvalidPipeline } from '../errors/errors.ts';
import { parseColumnType } from '../names/column-type.ts';
import {
  ColumnNameSchema,
  PipelineNameSchema,
  QualifiedNameSchema,
  StepNameSchema,
  TaskIdentifierSchema,
} from '../names/names.ts';
import { parseStep, type Step } from '../steps/step.ts';
import { describeIssues } from '../zod-issues.ts';
import { findConsumptionProblems, noteConsumed } from './consumption.ts';
import { DeadlineSchema } from './deadline/deadline.ts';
import { MOST_HOURS_WITHOUT_LOAD } from './hours-without-load.ts';
import { orderSteps } from './order.ts';
import type { Pipeline, PipelineDefinition } from './pipeline.ts';
import { applyGroups, findGroupProblems, readGroups } from './publish-groups.ts';
import { assignTasks, findAmbiguities, findAmbiguousArguments } from './task-of-table.ts';

const DEFAULT_WINDOW_HOURS = 12;
const DEFAULT_COMPANION_HOURS = 2;

const HOURS_WITHOUT_LOAD = `must be a whole number of hours from 1 to ${MOST_HOURS_WITHOUT_LOAD}, or 'never'`;

function isHoursWithoutLoad(hours: unknown): boolean {
  return (
    hours === 'never' ||
    (Number.isInteger(hours) && Number(hours) >= 1 && Number(hours) <= MOST_HOURS_WITHOUT_LOAD)
  );
}

const ColumnTypeSchema = z
  .string()
  .refine(
    (text) => parseColumnType(text) !== undefined,
    'must be a type of Redshift like varchar(20), numeric(18,2) or timestamp',
  );

const StagedTableObjectSchema = z.strictObject({
  table: QualifiedNameSchema,
  source: z
    .string()
    .regex(/^[^.].*\..*[^.]$/s, 'must be schema.name, as DMS calls it')
    // Both start code in a state machine or its template.
    .regex(/^(?:(?!\{%|\$\{).)*$/s, 'must not hold "{%" or "${"')
    .nullable()
    .default(null),
  task: TaskIdentifierSchema.nullable().default(null),
  minRows: z.int().min(0).default(1),
  columns: z.record(ColumnNameSchema, ColumnTypeSchema).nullable().default(null),
  extra: z.enum(['allow', 'warn', 'fail']).default('fail'),
});

/** A name alone has the defaults of everything else. */
const StagedTableSchema = z.union([
  QualifiedNameSchema.transform((table) => StagedTableObjectSchema.parse({ table })),
  StagedTableObjectSchema,
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
  hoursWithoutLoad: z.custom<number | 'never'>(isHoursWithoutLoad, HOURS_WITHOUT_LOAD).optional(),
  deadline: DeadlineSchema.optional(),
  stagedTables: z.array(StagedTableSchema).min(1).max(100),
  otherTables: z.enum(['fail', 'ignore']).default('fail'),
  publish: z
    .union([z.literal('together'), z.record(StepNameSchema, z.array(StepNameSchema).min(2))], {
      error: "must be 'together', or the names of at least two steps by the name of their group",
    })
    .optional(),
  steps: z
    .record(StepNameSchema, z.unknown())
    .refine((steps) => Object.keys(steps).length > 0, 'must have at least one step'),
});

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
    throw invalid(definition.name, describeIssues(parsed.error, { whole: '(definition)' }));
  const { steps: definitions, hoursWithoutLoad, deadline, publish, ...rest } = parsed.data;
  const { name, tasks } = rest;
  const stagedTables = assignTasks(rest);
  const ungrouped = orderSteps(name, parseSteps(name, definitions));
  const groups = readGroups(publish, ungrouped);
  const groupProblems = findGroupProblems(groups, ungrouped);
  if (groupProblems.length > 0) throw invalid(name, groupProblems);
  const steps = orderSteps(name, applyGroups(groups, ungrouped));
  const problems = [
    ...findUnknownSources({ ...rest, stagedTables }),
    ...findAmbiguities({ tasks, stagedTables }),
    ...findAmbiguousArguments(tasks, steps),
    ...findConsumptionProblems(stagedTables, steps),
  ];
  if (problems.length > 0) throw invalid(name, problems);
  return {
    ...rest,
    ...(hoursWithoutLoad === undefined ? {} : { hoursWithoutLoad }),
    ...(deadline === undefined ? {} : { deadline }),
    stagedTables,
    steps: noteConsumed(steps),
  };
}

/** Which tables of a task are used is only known if each staged table names its source. */
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

/**
 * The place of the definition, `src/pipelines/x.ts:4`, read from the stack of the call; undefined if it is not in
 * that folder.
 */
function whereDefined(): string | undefined {
  return /(src\/pipelines\/[\w.-]+\.ts:\d+)/.exec(new Error().stack ?? '')?.[1];
}

function invalid(pipeline: unknown, problems: readonly string[]): InvalidPipeline {
  return new InvalidPipeline(`pipeline ${JSON.stringify(pipeline)}: ${problems.join('; ')}`);
}
