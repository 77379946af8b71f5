import type { Pipeline } from '../definition/pipeline.ts';
import { renderCommands, runRequest, UNKNOWN_FACTS } from '../errors/commands.ts';
import { describeExecution } from '../executions/describe-execution.ts';
import type { StepFunctions } from '../executions/start-execution.ts';
import { executionArnOf } from '../executions/state-machine-arn.ts';
import { type RunName, readRunName } from './run-name.ts';

interface KnownRun {
  readonly name: string;
  readonly status: string;
}

/** Numbers that are looked for; where they are all taken, the answer to the next one leads on. */
const MOST_NUMBERS = 20;

/**
 * What leads on where a load has its run, for the person who has asked for one: depends on how that run stands, and those
 * that went on with it. Begins with a comma; requests are complete.
 * @throws ServiceUnavailable when Step Functions does not answer
 */
export async function describeWaysOn(
  sfn: StepFunctions,
  stateMachineArn: string,
  { name: pipeline }: Pipeline,
  { load }: RunName,
): Promise<string> {
  // One that Step Functions does not show yet was started just now.
  const first = (await findRun(sfn, stateMachineArn, load.id)) ?? { name: load.id, status: 'RUNNING' };
  if (isAlive(first)) return `, ${first.name} is ${first.status}: wait for its end`;
  const next = await findRuns(sfn, stateMachineArn, (number) => `${load.id}-c${number}`);
  const runs = [first, ...next];
  const last =
    runs.find(isAlive) ?? runs.find(({ status }) => status === 'SUCCEEDED') ?? runs.at(-1) ?? first;
  const stands = `, ${last.name} is ${last.status}`;
  if (isAlive(last)) return `${stands}: wait for its end`;

  const { baseLoadId, rerun } = readRunName(load.id);
  const reruns = await findRuns(sfn, stateMachineArn, (number) => `${baseLoadId}-r${number}`);
  const goOn = runRequest({ pipeline, rerun, continue: next.length }, 'continue');
  const again = `to run every step again, past the fence, ${runRequest({ pipeline, rerun: reruns.length }, 'rerun')}`;
  if (last.status === 'SUCCEEDED')
    return `${stands}: to run its checks, and steps that a deployment has added, ${goOn}; ${again}`;
  const redrive = redriveCommand(executionArnOf(stateMachineArn, last.name));
  return `${stands}: after a repair in the warehouse, ${redrive}; after a deployment, ${goOn}; ${again}`;
}

function isAlive({ status }: KnownRun): boolean {
  return status === 'RUNNING' || status === 'PENDING_REDRIVE';
}

function redriveCommand(executionArn: string): string {
  const region = executionArn.split(':')[3] ?? '';
  return renderCommands('redrive', { ...UNKNOWN_FACTS, executionArn, region }).join();
}

/** Runs of the names from number 1 on, until there is none. */
async function findRuns(
  sfn: StepFunctions,
  stateMachineArn: string,
  nameOf: (number: number) => string,
): Promise<readonly KnownRun[]> {
  const found: KnownRun[] = [];
  while (found.length < MOST_NUMBERS) {
    const run = await findRun(sfn, stateMachineArn, nameOf(found.length + 1));
    if (run === undefined) break;
    found.push(run);
  }
  return found;
}

async function findRun(
  sfn: StepFunctions,
  stateMachineArn: string,
  name: string,
): Promise<KnownRun | undefined> {
  const run = await describeExecution(sfn, executionArnOf(stateMachineArn, name));
  return run && { name, status: run.status };
}
