import { InvalidPipeline } from '../errors/errors.ts';

interface OrderedStep {
  readonly name: string;
  readonly after: readonly string[];
}

/**
 * Puts steps into an order in which each comes after all steps that it depends on. Otherwise they stay as they were
 * written.
 * @throws InvalidPipeline for a name in `after` that is unknown, is the step's own or is listed twice, and for a
 * cycle
 */
export function orderSteps<Step extends OrderedStep>(
  pipeline: string,
  steps: readonly Step[],
): readonly Step[] {
  const byName = new Map(steps.map((step) => [step.name, step]));
  for (const step of steps) checkDependencies(pipeline, step, byName);
  const ordered = new Set<Step>();

  const place = (step: Step, path: readonly string[]): void => {
    if (ordered.has(step)) return;
    if (path.includes(step.name)) throw cycle(pipeline, [...path.slice(path.indexOf(step.name)), step.name]);
    for (const name of step.after) place(byName.get(name) as Step, [...path, step.name]);
    ordered.add(step);
  };

  for (const step of steps) place(step, []);
  return [...ordered];
}

function checkDependencies(pipeline: string, step: OrderedStep, steps: ReadonlyMap<string, unknown>): void {
  for (const [index, dependency] of step.after.entries()) {
    const refuse = (reason: string) =>
      new InvalidPipeline(`pipeline "${pipeline}": steps.${step.name}.after: ${reason}`);
    if (dependency === step.name) throw refuse('a step cannot wait for itself');
    if (!steps.has(dependency)) throw refuse(`there is no step "${dependency}"`);
    if (step.after.indexOf(dependency) !== index) throw refuse(`"${dependency}" is listed twice`);
  }
}

function cycle(pipeline: string, names: readonly string[]): InvalidPipeline {
  return new InvalidPipeline(`pipeline "${pipeline}": steps wait for each other: ${names.join(' after ')}`);
}

/**
 * For each step, the names of all steps that have ended before it starts, directly or not. @param steps in their
 * order
 */
export function stepsBefore(steps: readonly OrderedStep[]): ReadonlyMap<string, ReadonlySet<string>> {
  const before = new Map<string, ReadonlySet<string>>();
  for (const { name, after } of steps)
    before.set(name, new Set(after.flatMap((one) => [one, ...(before.get(one) ?? [])])));
  return before;
}
