import type { Step } from '../steps/step.ts';
import type { StagedTable } from './pipeline.ts';

/** The tasks and staged tables of a pipeline. Names of source tables are unique within a task, not across tasks. */
interface TaskNames {
  readonly tasks: readonly string[];
  readonly stagedTables: readonly StagedTable[];
}

/**
 * Adds to each staged table the task that fills it. If the pipeline has one task, it is that one. With several, the
 * definition must name it, because two tasks may load tables of the same name.
 */
export function assignTasks({ tasks, stagedTables }: TaskNames): readonly StagedTable[] {
  const [only = null, ...others] = tasks;
  if (others.length > 0) return stagedTables;
  return stagedTables.map((table) => ({ ...table, task: table.task ?? only }));
}

/** Lists every place that does not say which task is meant: field and reason. @param definition with tasks assigned */
export function findAmbiguities(definition: TaskNames): readonly string[] {
  const { tasks, stagedTables } = definition;
  return [
    ...tasks.flatMap((task, index) =>
      tasks.indexOf(task) === index ? [] : [`tasks.${index}: "${task}" is listed twice`],
    ),
    ...stagedTables.flatMap((table, index) =>
      tableProblems(definition, table, index).map((problem) => `stagedTables.${index}${problem}`),
    ),
  ];
}

function tableProblems(
  { tasks, stagedTables }: TaskNames,
  { table, source, task }: StagedTable,
  index: number,
): readonly string[] {
  const earlier = stagedTables.slice(0, index);
  if (earlier.some((other) => other.table === table)) return [`: "${table}" is listed twice`];
  if (task !== null && !tasks.includes(task))
    return [`.task: the pipeline has no task "${task}"; its tasks are ${quoted(tasks)}`];
  if (source === null) return [];
  if (task === null) {
    const first = JSON.stringify(tasks[0]);
    return [
      `.task: is missing. The pipeline has the tasks ${quoted(tasks)}, and each may load a table "${source}". Say which one fills ${table}, for instance task: ${first}`,
    ];
  }
  const twin = earlier.find((other) => other.source === source && other.task === task);
  if (twin === undefined) return [];
  return [
    `.source: task "${task}" loads "${source}" into one table, and ${twin.table} already has that source`,
  ];
}

/** Lists steps that pass `{ run: 'task' }` as an argument although the pipeline has several tasks. */
export function findAmbiguousArguments(tasks: readonly string[], steps: readonly Step[]): readonly string[] {
  if (tasks.length === 1) return [];
  return steps.flatMap((step) => {
    if (step.kind !== 'call') return [];
    const isAmbiguous = step.calls.some(({ args }) =>
      args.some((argument) => typeof argument === 'object' && 'run' in argument && argument.run === 'task'),
    );
    return isAmbiguous
      ? [
          `steps.${step.name}.call: {run: 'task'} is ambiguous, because the pipeline has the tasks ${quoted(tasks)}. Write the identifier as a text`,
        ]
      : [];
  });
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(', ');
}
