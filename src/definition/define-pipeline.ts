import * as z from 'zod';
import { InvalidPipeline } from '../errors.ts';
import { PipelineNameSchema, QualifiedNameSchema, StepNameSchema, TaskIdentifierSchema } from './names.ts';
import { orderSteps } from './order.ts';
import type { Pipeline, PipelineDefinition, Step } from './pipeline.ts';
import { parseStep } from './step-schema.ts';

const PipelineSchema = z.strictObject({
  name: PipelineNameSchema,
  // One task: with several, a run would need all their loads to be finished.
  tasks: z.array(TaskIdentifierSchema).length(1),
  stagedTables: z.array(QualifiedNameSchema).min(1),
  steps: z
    .record(StepNameSchema, z.unknown())
    .refine((steps) => Object.keys(steps).length > 0, 'must have at least one step'),
});

/**
 * Checks a definition and puts its steps in order.
 * @throws InvalidPipeline naming the pipeline, the step and the field
 */
export function definePipeline<const StepName extends string>(
  definition: PipelineDefinition<StepName>,
): Pipeline {
  const parsed = PipelineSchema.safeParse(definition);
  if (!parsed.success) throw invalid(definition.name, parsed.error.issues.map(describeIssue));
  const { steps, ...rest } = parsed.data;
  return { ...rest, steps: orderSteps(rest.name, parseSteps(rest.name, steps)) };
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

function describeIssue({ path, message }: z.core.$ZodIssue): string {
  return `${path.join('.') || '(definition)'}: ${message}`;
}

function invalid(pipeline: unknown, problems: readonly string[]): InvalidPipeline {
  return new InvalidPipeline(`pipeline ${JSON.stringify(pipeline)}: ${problems.join('; ')}`);
}
