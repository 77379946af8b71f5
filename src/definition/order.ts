import { InvalidPipeline } from '../errors.ts';
import type { Step } from './pipeline.ts';

/**
 * Steps in an order in which each comes after all it depends on; otherwise as they were written.
 * @throws InvalidPipeline for an unknown name in `after`, a step after itself, or a cycle
 */
export function orderSteps(pipeline: string, steps: readonly Step[]): readonly Step[] {
  const byName = new Map(steps.map((step) => [step.name, step]));
  const ordered: Step[] = [];
  const placed = new Set<string>();

  const place = (step: Step, path: readonly string[]): void => {
    if (placed.has(step.name)) return;
    if (path.includes(step.name)) throw cycle(pipeline, [...path.slice(path.indexOf(step.name)), step.name]);
    for (const name of step.after) {
      const dependency = byName.get(name);
      if (dependency === undefined) throw unknownStep(pipeline, step.name, name);
      place(dependency, [...path, step.name]);
    }
    placed.add(step.name);
    ordered.push(step);
  };

  for (const step of steps) place(step, []);
  return ordered;
}

function cycle(pipeline: string, names: readonly string[]): InvalidPipeline {
  return new InvalidPipeline(`pipeline "${pipeline}": steps wait for each other: ${names.join(' after ')}`);
}

function unknownStep(pipeline: string, step: string, name: string): InvalidPipeline {
  return new InvalidPipeline(`pipeline "${pipeline}": steps.${step}.after: there is no step "${name}"`);
}
