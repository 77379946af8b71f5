import { COMPLETED, findIncompleteTables, type LoadedTables } from './completeness.ts';
import type { FinishedLoad } from './current-load.ts';
import { judgeValidation, type ValidationJudgement } from './validation.ts';

/** A task's finished load, and its tables. */
export interface FinishedTask extends LoadedTables {
  readonly load: FinishedLoad;
}

/**
 * Judges the tables of all tasks by what DMS says, before their rows are counted. Tables of several tasks may have
 * the same name.
 * @param tasks the tasks with the tables to judge
 * @param ofTasks how many tasks the pipeline has: with several, each text names its task
 */
export function judgeTables(tasks: readonly FinishedTask[], ofTasks: number): ValidationJudgement {
  const judged = tasks.map((task) => {
    const say = (text: string) => (ofTasks === 1 ? text : `task "${task.identifier}": ${text}`);
    const complete = task.tables.filter(({ state }) => state === COMPLETED);
    const { problems, pending, warnings } = judgeValidation(complete);
    const incomplete = findIncompleteTables(task.load, task.tables);
    return {
      problems: [...incomplete, ...problems].map(say),
      pending: pending.map(say),
      warnings: warnings.map(say),
    };
  });
  const all = (what: keyof ValidationJudgement) => judged.flatMap((judgement) => judgement[what]);
  return { problems: all('problems'), pending: all('pending'), warnings: all('warnings') };
}
