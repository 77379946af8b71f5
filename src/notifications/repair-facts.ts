import { arnName, parseArn } from '../arn.ts';
import { type RepairFacts, UNKNOWN_FACTS } from '../errors/commands.ts';
import { readExecutionArn } from '../executions/execution-arn.ts';
import { readRunName } from '../runs/run-name.ts';
import type { WatchedTask } from './load-message.ts';

/** What the names of the stage are taken from. */
export interface StageNames {
  /** Name of notify-outcome in the stage. start-run has the same prefix. */
  readonly functionName: string;
  readonly tasks: readonly WatchedTask[];
}

/** The pipeline of a state machine, and its stage; undefined where no task of the stage is one of a pipeline of that name. */
export function pipelineOfMachine(
  machine: string,
  { tasks }: Pick<StageNames, 'tasks'>,
): { readonly pipeline: string; readonly stage: string } | undefined {
  const pipeline = tasks
    .flatMap(({ pipelines }) => pipelines)
    .filter((name) => machine.startsWith(`${name}-`))
    .toSorted((a, b) => b.length - a.length)[0];
  return pipeline === undefined ? undefined : { pipeline, stage: machine.slice(pipeline.length + 1) };
}

/** The names that the commands of a repair need where there is no run: those of a pipeline, by its state machine. */
export function pipelineFactsOf(machine: string, { functionName, tasks }: StageNames): RepairFacts {
  const startFunction = functionName.replace(/notify-outcome$/, 'start-run');
  const named = pipelineOfMachine(machine, { tasks });
  if (named === undefined) return { ...UNKNOWN_FACTS, startFunction };
  const own = tasks.filter(({ pipelines }) => pipelines.includes(named.pipeline));
  const region = parseArn(own[0]?.arn ?? '')?.region ?? UNKNOWN_FACTS.region;
  return { ...UNKNOWN_FACTS, ...named, region, startFunction, taskArns: own.map(({ arn }) => arn) };
}

/** The names that the commands of a repair need, for a run. Unknown names stay words in capitals. */
export function repairFactsOf(executionArn: string, names: StageNames): RepairFacts {
  const { region, machine } = readExecutionArn(executionArn);
  const { rerun, continue: last } = readRunName(arnName(executionArn));
  return { ...pipelineFactsOf(machine, names), executionArn, region, rerun, continue: last };
}
