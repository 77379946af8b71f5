import { describeIssues } from '../zod-issues.ts';
import { type CallStep, type CallStepDefinition, CallStepSchema } from './call/definition.ts';
import { type CheckStep, type CheckStepDefinition, CheckStepSchema } from './check/definition.ts';

/** What a user writes for a step. Each kind has a folder here. */
export type StepDefinition<StepName extends string = string> =
  | CallStepDefinition<StepName>
  | CheckStepDefinition<StepName>;

/** A validated step. */
export type Step = CallStep | CheckStep;

/**
 * Validates one step and adds the defaults.
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

/** Whether the procedure of a step commits by itself. It then runs outside the fence. */
export function commitsByItself(step: Step): boolean {
  return step.kind === 'call' && step.commits;
}

/** Whether a step has a fence: its effect and the record of the load commit together. A check changes nothing and needs none. */
export function isFenced(step: Step): step is CallStep {
  return step.kind === 'call' && !step.commits;
}

/** Whether audits hold a step's transaction back. */
export function hasAudits(step: Step): step is CallStep {
  return step.kind === 'call' && step.audits.length > 0;
}

/** What a step does, in words, for comments and the terminal. */
export function describeStep(step: Step): string {
  if (step.kind === 'check') return `checks ${step.check}`;
  const calls = `calls ${step.calls.map(({ procedure }) => procedure).join(', ')}`;
  const {
    audits: { length },
    members,
  } = step;
  const whole = length === 0 ? calls : `${calls}, audited ${length === 1 ? 'once' : `${length} times`}`;
  return members === undefined
    ? whole
    : `${whole}, which publishes ${members.map(({ name }) => name).join(', ')} together`;
}
