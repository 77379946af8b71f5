import { lengthOf, type StoredExecution } from '../../local/parts.ts';
import { readRunName } from '../../runs/run-name.ts';
import type { Strike } from '../faults.ts';
import { inputOf } from '../judge/pipeline-runs.ts';
import type { World } from '../world.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** Sooner or later somebody deploys another definition, and has the load gone on with. */
export async function goOnLater(world: World, stored: StoredExecution, strike: Strike): Promise<void> {
  await world.clock.sleep(lengthOf(strike, MINUTE_MS, 2 * DAY_MS));
  await goOn(world, stored, strike.amount < 0.3);
}

/**
 * Deploys another definition and goes on with the load of a run.
 * @param twice two people ask, for the same number
 */
export async function goOn(world: World, stored: StoredExecution, twice = false): Promise<void> {
  const { stepFunctions, log } = world;
  const pipeline = stored.machine.name.replace(/-local$/, '');
  log(`somebody deploys ${pipeline} anew`);
  stepFunctions.deploy(pipeline);
  const { rerun } = readRunName(stored.name);
  const numbers = runsOfLoad(world, stored).map(({ name }) => readRunName(name).continue ?? 0);
  const request = {
    ...{ pipeline, reason: 'the definition is repaired', continue: Math.max(...numbers) + 1 },
    ...(rerun === undefined ? {} : { rerun }),
  };
  await Promise.all([ask(world, request), ...(twice ? [ask(world, request)] : [])]);
}

/** Executions of a pipeline that are about the same load as one of them, itself among them. */
export function runsOfLoad(
  { stepFunctions }: World,
  { machine, input }: StoredExecution,
): readonly StoredExecution[] {
  const { id } = inputOf(input).load;
  return [...stepFunctions.store.executions.values()].filter(
    (other) => other.machine.arn === machine.arn && inputOf(other.input).load.id === id,
  );
}

const TRIES = 6;
const PAUSE_MS = 60_000;

/** Has start-run do something by hand; a person tries again when it fails. */
export async function ask({ lambda, clock, log }: World, request: object): Promise<void> {
  log(`somebody asks ${JSON.stringify(request)}`);
  for (let turn = 0; turn < TRIES; turn += 1) {
    const { functionError } = await lambda.request('start-run', request);
    if (functionError === undefined) return;
    await clock.sleep(PAUSE_MS);
  }
}

/** Repairs what the audits of a run have found wrong, as the advice says before a redrive. */
export function repairRows(
  { warehouse, log }: World,
  { name, input, execution: { end } }: StoredExecution,
): void {
  if (end === undefined || end.status === 'SUCCEEDED' || end.error !== 'DataCheckFailed') return;
  log(`somebody repairs what the audits of ${name} found`);
  warehouse.wrongRows.repair(inputOf(input).load.id);
}

/** Redrives an execution; one that cannot be redriven (it runs, or has succeeded meanwhile) is left alone. */
export function redrive({ stepFunctions, log }: World, executionArn: string): void {
  try {
    stepFunctions.redrive({ executionArn });
  } catch (error) {
    log(`${executionArn} cannot be redriven: ${(error as Error).message}`);
  }
}
