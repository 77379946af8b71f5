import { executionArnOf, parseArn } from '../arn.ts';
import type { Pipeline } from '../definition/pipeline.ts';
import { renderCommands, runRequest, UNKNOWN_FACTS } from '../errors/commands.ts';
import { describeExecution } from '../executions/describe-execution.ts';
import { readHold } from '../executions/hold.ts';
import { listExecutions } from '../executions/list-executions.ts';
import type { StepFunctions } from '../executions/start-execution.ts';
import { type RunName, type RunNumbers, readRunName } from './run-name.ts';

interface KnownRun extends RunNumbers {
  readonly name: string;
  readonly status: string;
}

/** How many executions are looked through, newest first. Those of the current load are among the newest. */
const MOST_EXECUTIONS = 300;

/**
 * Says how the run of a load stands and which requests are possible, for a person who has asked for a run. It looks
 * at the latest rerun, or at the first run if there is no rerun, and at all continuations of it. The text continues a
 * sentence, and its requests are complete.
 * @throws ServiceUnavailable when Step Functions does not answer
 */
export async function describeWaysOn(
  sfn: StepFunctions,
  stateMachineArn: string,
  pipeline: Pipeline,
  run: RunName,
): Promise<string> {
  const hold = await readHold(sfn, stateMachineArn);
  const held =
    hold === undefined
      ? ''
      : `. The pipeline is held (${hold}): no request starts a run until you release it`;
  return `${await describeRuns(sfn, stateMachineArn, pipeline, run)}${held}`;
}

async function describeRuns(
  sfn: StepFunctions,
  stateMachineArn: string,
  { name: pipeline }: Pipeline,
  { load, name }: RunName,
): Promise<string> {
  const runs = await findRuns(sfn, stateMachineArn, load.id, name);
  const alive = runs.find(({ status }) => status === 'RUNNING' || status === 'PENDING_REDRIVE');
  if (alive !== undefined) return `; run ${alive.name} is ${alive.status}: wait until it has ended`;

  const rerun = last(runs.map((run) => run.rerun));
  const ofRerun = runs.filter((run) => run.rerun === rerun);
  const next = last(ofRerun.map((run) => run.continue));
  const stands =
    ofRerun.find(({ status }) => status === 'SUCCEEDED') ?? ofRerun.find((run) => run.continue === next);
  const goOn = runRequest({ pipeline, rerun, continue: next }, 'continue');
  const again = `to run every step again, send ${runRequest({ pipeline, rerun }, 'rerun')}`;
  const how = `; run ${stands?.name} is ${stands?.status}`;
  if (stands?.status === 'SUCCEEDED')
    return `${how}. To run its checks, and steps that a deployment has added, send ${goOn}; ${again}`;
  const redrive = redriveCommand(executionArnOf(stateMachineArn, stands?.name ?? name));
  return `${how}. After a repair in the warehouse: ${redrive}; after a deployment, send ${goOn}; ${again}`;
}

/** The highest number that was used; undefined when none was. */
function last(numbers: readonly (number | undefined)[]): number | undefined {
  const highest = Math.max(0, ...numbers.map((number) => number ?? 0));
  return highest === 0 ? undefined : highest;
}

function redriveCommand(executionArn: string): string {
  const region = parseArn(executionArn)?.region ?? '';
  return renderCommands('redrive', { ...UNKNOWN_FACTS, executionArn, region }).join();
}

/**
 * All runs of a load, with its reruns and continuations. The requested run is among them, even if the list does not
 * show it yet.
 */
async function findRuns(
  sfn: StepFunctions,
  stateMachineArn: string,
  loadId: string,
  asked: string,
): Promise<readonly KnownRun[]> {
  const { baseLoadId } = readRunName(loadId);
  const found: KnownRun[] = [];
  let seen = 0;
  for await (const { name, status } of listExecutions(sfn, stateMachineArn)) {
    const { baseLoadId: base, ...numbers } = readRunName(name);
    if (base === baseLoadId) found.push({ name, status, ...numbers });
    seen += 1;
    if (seen === MOST_EXECUTIONS) break;
  }
  if (found.some(({ name }) => name === asked)) return found;
  // A run that Step Functions does not show yet was just started.
  const { status = 'RUNNING' } = (await describeExecution(sfn, executionArnOf(stateMachineArn, asked))) ?? {};
  return [...found, { ...readRunName(asked), name: asked, status }];
}
