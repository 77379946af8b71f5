import { arnName } from '../arn.ts';
import { type RepairFacts, UNKNOWN_FACTS } from '../errors/commands.ts';
import { readExecutionArn } from '../executions/execution-arn.ts';
import { readRunName } from '../runs/run-name.ts';
import type { WatchedTask } from './load-message.ts';

/** Where the stage's names are known from. */
export interface StageNames {
  /** Name of notify-outcome in the stage; start-run bears the same prefix. */
  readonly functionName: string;
  readonly tasks: readonly WatchedTask[];
}

/** What the commands of a repair are about, for a run. What is not known stays a word in capitals. */
export function repairFactsOf(executionArn: string, { functionName, tasks }: StageNames): RepairFacts {
  const { region, machine } = readExecutionArn(executionArn);
  const pipeline = tasks
    .flatMap(({ pipelines }) => pipelines)
    .filter((name) => machine.startsWith(`${name}-`))
    .toSorted((a, b) => b.length - a.length)[0];
  const { rerun, continue: last } = readRunName(arnName(executionArn));
  const known = { executionArn, region, rerun, continue: last };
  const startFunction = functionName.replace(/notify-outcome$/, 'start-run');
  if (pipeline === undefined) return { ...UNKNOWN_FACTS, ...known, startFunction };
  return {
    ...known,
    pipeline,
    startFunction,
    stage: machine.slice(pipeline.length + 1),
    taskArns: tasks.filter(({ pipelines }) => pipelines.includes(pipeline)).map(({ arn }) => arn),
  };
}
