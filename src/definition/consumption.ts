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
  const consumers = findConsumers(steps);
  return consumers.flatMap(({ step, tables, before, behind }) => {
    const where = `steps.${step.name}.consumes`;
    const beside = steps.filter(({ name }) => name !== step.name && !before.has(name) && !behind.has(name));
    return [
      ...tables.flatMap((table, index) => [
        ...(staged.has(table) ? [] : [`${where}: ${table} is not one of the stagedTables`]),
        ...(tables.indexOf(table) === index ? [] : [`${where}: ${table} is listed twice`]),
      ]),
      ...beside.map(
        ({ name }) =>
          `${where}: ${name} runs in parallel, and would find staging full or empty by chance: let one of the two run \`after\` the other`,
      ),
    ];
  });
}

/** Adds to each step what the steps before and after it consume. @param steps in their order */
export function noteConsumed(steps: readonly Step[]): readonly Step[] {
  const consumers = findConsumers(steps);
  const consumedIn = (others: readonly Consumer[]) => [...new Set(others.flatMap(({ tables }) => tables))];
  return steps.map((step) => {
    const consumedBehind = consumedIn(consumers.filter(({ before }) => before.has(step.name)));
    if (step.kind === 'check') return { ...step, consumedBehind };
    const consumedBefore = consumedIn(consumers.filter(({ behind }) => behind.has(step.name)));
    return { ...step, consumedBefore, consumedBehind };
  });
}

interface Consumer {
  readonly step: Step;
  readonly tables: readonly string[];
  /** Names of the steps that have ended before it starts. */
  readonly before: ReadonlySet<string>;
  /** Names of the steps that start when it has ended. */
  readonly behind: ReadonlySet<string>;
}

/** The steps that consume tables: few, so what is before and behind is only looked for where it matters. */
function findConsumers(steps: readonly Step[]): readonly Consumer[] {
  const consuming = steps.filter((step) => consumedBy(step).length > 0);
  if (consuming.length === 0) return [];
  const before = stepsBefore(steps);
  return consuming.map((step) => ({
    step,
    tables: consumedBy(step),
    before: before.get(step.name) ?? new Set(),
    behind: new Set(steps.filter(({ name }) => before.get(name)?.has(step.name)).map(({ name }) => name)),
  }));
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
