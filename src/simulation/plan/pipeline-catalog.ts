import type { DeadlineDefinition } from '../../definition/deadline/deadline.ts';
import { definePipeline } from '../../definition/define-pipeline.ts';
import type { Pipeline } from '../../definition/pipeline.ts';
import type { AuditDefinition } from '../../steps/audit/definition.ts';
import { createRandomStream, type RandomStream } from '../random-stream.ts';

/**
 * Tables that a task of a world loads, by the task's identifier: as the source calls them. Two tasks load tables of the same
 * names; staging has each in a table of its own.
 */
export const TASK_TABLES = {
  'task-a': ['sales', 'customers', 'stock'],
  'task-b': ['sales', 'customers', 'stock'],
  'task-c': ['orders', 'items'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type TaskIdentifier = keyof typeof TASK_TABLES;
export const TASK_IDENTIFIERS = Object.keys(TASK_TABLES) as readonly TaskIdentifier[];

const SHAPES_PER_TASK_SET = 8;
const HOUR_SECONDS = 3_600;

/** Two shapes in eight have a deadline. */
const DEADLINES: Readonly<Record<number, DeadlineDefinition>> = {
  2: { at: '06:30', timezone: 'Europe/Berlin', warnMinutes: 20 },
  5: { at: '21:15', timezone: 'America/New_York', warnMinutes: 45, loadHours: 20 },
};

/**
 * All pipelines of all worlds: a few shapes for each set of tasks. A closed set, so that machines are compiled once, not
 * once a world.
 */
export const PIPELINE_CATALOG: readonly Pipeline[] = taskSets().flatMap((tasks) =>
  Array.from({ length: SHAPES_PER_TASK_SET }, (_, shape) => catalogPipeline(tasks, shape)),
);

function taskSets(): readonly (readonly TaskIdentifier[])[] {
  const [a, b, c] = TASK_IDENTIFIERS as [TaskIdentifier, TaskIdentifier, TaskIdentifier];
  return [[a], [b], [c], [a, b], [a, c], [b, c], [a, b, c]];
}

function catalogPipeline(tasks: readonly TaskIdentifier[], shape: number): Pipeline {
  const name = `${tasks.join('-').replaceAll('task-', '')}-${shape}`;
  const random = createRandomStream(shape, name);
  const [first, ...others] = tasks as [TaskIdentifier, ...TaskIdentifier[]];
  const tables = tasks.flatMap((task) => TASK_TABLES[task].map((table) => stagedTable(task, table)));
  const [firstTable, ...otherTables] = tables as [(typeof tables)[number], ...typeof tables];
  return definePipeline({
    name,
    tasks: [first, ...others],
    stagedTables: [firstTable, ...otherTables],
    ...(DEADLINES[shape] && { deadline: DEADLINES[shape] }),
    ...withGroups(shape, stepsOf(random, createRandomStream(shape, `${name}-audits`))),
  });
}

/** One shape in eight publishes everything together, two some steps that follow each other. */
function withGroups<Steps extends Readonly<Record<string, object>>>(shape: number, steps: Steps) {
  if (shape === 3) return { publish: 'together' as const, steps };
  if (shape !== 1 && shape !== 6) return { steps };
  const [first = '', second = '', ...others] = Object.keys(steps);
  const names = [first, second, ...others.slice(0, shape === 1 ? 0 : 1)] as const;
  return { publish: { Published_Together: names }, steps };
}

function stagedTable(task: TaskIdentifier, table: string) {
  return { table: stagedName(task, table), source: `source.${table}`, task };
}

/** The staged table that a task fills from a table of its source. */
export function stagedName(task: string, table: string): string {
  return `staging.${table}_${task.replace('task-', '')}`;
}

/** Three to eight steps, each after up to two of the earlier ones. */
function stepsOf(random: RandomStream, audits: RandomStream) {
  const count = random.pick([3, 4, 4, 5, 6, 6, 7, 8]);
  const names = Array.from({ length: count }, (_, index) => `Step_${index + 1}`);
  return Object.fromEntries(
    names.map((name, index) => [
      name,
      {
        call: `mart.sp_${name.toLowerCase()}`,
        after: predecessorsOf(random, names.slice(0, index)),
        timeoutSeconds: random.pick([1, 2, 6]) * HOUR_SECONDS,
        audit: auditsOf(audits, `mart.${name.toLowerCase()}`),
      },
    ]),
  );
}

/** Three steps in five have one or two; a third of them only warns. */
function auditsOf(random: RandomStream, table: string): readonly AuditDefinition[] {
  const severity = () => (random.chance(0.3) ? ('warn' as const) : ('fail' as const));
  const unique = { unique: table, columns: ['id'], severity: severity() } as const;
  const notNull = { notNull: table, columns: ['id', 'amount'], severity: severity() } as const;
  return random.pick([[], [], [unique], [notNull], [unique, notNull]]);
}

function predecessorsOf(random: RandomStream, earlier: readonly string[]): readonly string[] {
  const count = Math.min(earlier.length, random.pick([0, 1, 1, 2]));
  const chosen = Array.from({ length: count }, () => random.pick(earlier.slice(-3)));
  return [...new Set(chosen)];
}
