import * as z from 'zod';
import { InvalidPipeline } from '../errors.ts';
import { PipelineNameSchema, QualifiedNameSchema, StepNameSchema, TaskIdentifierSchema } from './names.ts';
import { orderSteps } from './order.ts';
import type { Pipeline, PipelineDefinition } from './pipeline.ts';

/** Six hours: longer than a sane nightly step, shorter than Redshift's own 24. */
const DEFAULT_STEP_TIMEOUT_SECONDS = 21_600;

const StepSchema = z.strictObject({
  call: QualifiedNameSchema,
  after: z.array(StepNameSchema).default([]),
  timeoutSeconds: z.int().min(1).max(86_400).default(DEFAULT_STEP_TIMEOUT_SECONDS),
});

const PipelineSchema = z.strictObject({
  name: PipelineNameSchema,
  // One task: with several, a run would need all their loads to be finished.
  tasks: z.array(TaskIdentifierSchema).length(1),
  stagedTables: z.array(QualifiedNameSchema).min(1),
  steps: z
    .record(StepNameSchema, StepSchema)
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
  if (!parsed.success) throw new InvalidPipeline(describeIssues(definition.name, parsed.error));
  const { steps, ...rest } = parsed.data;
  const named = Object.entries(steps).map(([name, step]) => ({ name, ...step }));
  return { ...rest, steps: orderSteps(rest.name, named) };
}

function describeIssues(pipeline: unknown, error: z.ZodError): string {
  const issues = error.issues.map((issue) => `${issue.path.join('.') || '(definition)'}: ${issue.message}`);
  return `pipeline ${JSON.stringify(pipeline)}: ${issues.join('; ')}`;
}
