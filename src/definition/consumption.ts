import { InvalidPipeline } from '../errors/errors.ts';
import type { Step } from '../steps/step.ts';
import { stepsBefore } from './order.ts';
import type { Pipeline } from './pipeline.ts';

function consumedBy(step: Step): readonly string[] {
  return step.kind === 'call' ? step.consumes : [];
}

/** Lists what is wrong with the `consumes` of steps: field and reason. @param steps in their order */
export function findConsumptionProblems(
  stagedTables: readonly { readonly table: string }[],
  steps: readonly Step[],
): readonly string[] {
  const staged = new Set(stagedTables.map(({ table }) => table));
  const before = stepsBefore(steps);
  const areOrdered = (a: string, b: string) => before.get(a)?.has(b) || before.get(b)?.has(a);
  return steps.flatMap((step) => {
    const tables = consumedBy(step);
    const where = `steps.${step.name}.consumes`;
    const beside = steps.filter(({ name }) => name !== step.name && !areOrdered(name, step.name));
    return [
      ...tables.flatMap((table, index) => [
        ...(staged.has(table) ? [] : [`${where}: ${table} is not one of the stagedTables`]),
        ...(tables.indexOf(table) === index ? [] : [`${where}: ${table} is listed twice`]),
      ]),
      ...(tables.length === 0 ? [] : beside).map(
        ({ name }) =>
          `${where}: ${name} runs in parallel, and would find staging full or empty by chance: let one of the two run \`after\` the other`,
      ),
    ];
  });
}

/** Adds to each step what the steps before and after it consume. @param steps in their order */
export function noteConsumed(steps: readonly Step[]): readonly Step[] {
  const before = stepsBefore(steps);
  const consumedIn = (others: readonly Step[]) => [...new Set(others.flatMap(consumedBy))];
  return steps.map((step) => {
    const consumedBehind = consumedIn(steps.filter(({ name }) => before.get(name)?.has(step.name)));
    if (step.kind === 'check') return { ...step, consumedBehind };
    const consumedBefore = consumedIn(steps.filter(({ name }) => before.get(step.name)?.has(name)));
    return { ...step, consumedBefore, consumedBehind };
  });
}

/** The steps that consume a staged table. */
export function consumersOf(table: string, steps: readonly Step[]): readonly Step[] {
  return steps.filter((step) => consumedBy(step).includes(table));
}

/**
 * Refuses pipelines if one of them empties a staged table that another one reads: the other would find staging full
 * or empty by chance.
 * @throws InvalidPipeline naming the step, the table and the other pipeline
 */
export function refuseSharedConsumption(pipelines: readonly Pipeline[]): void {
  for (const pipeline of pipelines) {
    const others = pipelines.filter((other) => other !== pipeline);
    for (const step of pipeline.steps) {
      for (const table of consumedBy(step)) {
        const other = others.find(({ stagedTables }) =>
          stagedTables.some((staged) => staged.table === table),
        );
        if (other === undefined) continue;
        throw new InvalidPipeline(
          `pipeline "${pipeline.name}": steps.${step.name}.consumes: ${table} is also a staged table of pipeline "${other.name}", which would find it empty`,
        ).at(pipeline.definedAt);
      }
    }
  }
}
