import { lengthOf, type StoredExecution } from '../../local/parts.ts';
import { readRunName } from '../../runs/run-name.ts';
import type { ExecutionLife } from '../aws/step-functions-model.ts';
import { startLoad } from '../dms/run-load.ts';
import { inputOf } from '../judge/pipeline-runs.ts';
import type { World } from '../world.ts';
import { ask, goOnLater, redrive, repairRows } from './by-hand.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** What people do when a run begins or ends: they stop it, redrive it, have it run again or gone on with. */
export function watchRuns(world: World, stored: StoredExecution, life: ExecutionLife): void {
  const { record, log } = world;
  log(
    `run ${stored.machine.name} ${stored.name} ${life.status}, redriven ${life.redriveCount} times ${endOf(stored)}`,
  );
  switch (life.status) {
    case 'RUNNING':
      if (life.redriveCount > 0) record.count('redrives');
      else begin(world, stored);
      mayStop(world, stored);
      mayGoOn(world, stored);
      break;
    case 'SUCCEEDED':
      record.count(isSuperseded(stored) ? 'superseded' : 'published');
      mayRerun(world, stored);
      mayGoOn(world, stored);
      break;
    default:
      record.count('failures');
      mayRedrive(world, stored);
      mayGoOn(world, stored);
  }
}

function begin(world: World, stored: StoredExecution): void {
  world.record.count(kindOf(stored));
  mayOvertake(world, stored);
}

/** Somebody loads again at the moment at which the run of a load begins: it is superseded. */
function mayOvertake({ faults, tasks, loading }: World, { name, input }: StoredExecution): void {
  if (faults.strike(['run-overtaken'], name) === undefined) return;
  const [first] = inputOf(input).load.tasks;
  const task = tasks.find(({ arn }) => arn === first?.arn);
  if (task !== undefined) startLoad(loading, task, 'reload');
}

function kindOf({ name }: StoredExecution): 'runs' | 'reruns' | 'continuations' {
  const { rerun, continue: next } = readRunName(name);
  if (next !== undefined) return 'continuations';
  return rerun === undefined ? 'runs' : 'reruns';
}

function mayGoOn(world: World, stored: StoredExecution): void {
  const strike = world.faults.strike(['run-continued'], stored.name);
  if (strike !== undefined) void goOnLater(world, stored, strike);
}

function endOf({ execution: { end } }: StoredExecution): string {
  if (end === undefined) return '';
  return end.status === 'SUCCEEDED' ? end.output.slice(0, 400) : `${end.error}: ${end.cause?.slice(0, 300)}`;
}

function isSuperseded({ execution: { end } }: StoredExecution): boolean {
  return end?.status === 'SUCCEEDED' && JSON.parse(end.output).outcome === 'superseded';
}

function mayStop({ faults, clock, stepFunctions, log }: World, { arn, name }: StoredExecution): void {
  const strike = faults.strike(['run-stopped'], name);
  if (strike === undefined) return;
  void clock.sleep(lengthOf(strike, 1_000, 2 * HOUR_MS)).then(() => {
    log(`somebody stops ${name}`);
    stepFunctions.stop({ executionArn: arn });
  });
}

function mayRedrive(world: World, stored: StoredExecution): void {
  const { faults, people, clock } = world;
  const late = faults.strike(['run-redriven-late'], stored.name);
  const isSoon = people.chance(0.5);
  const isAdvised = !['LoadIncomplete', 'LoadChanged'].includes(errorOf(stored));
  if ((late === undefined && !isSoon) || (!isAdvised && people.chance(0.8))) return;
  const pauseMs =
    late === undefined ? people.whole(MINUTE_MS, HOUR_MS / 2) : lengthOf(late, MINUTE_MS, 4 * 24 * HOUR_MS);
  const isForgotten = errorOf(stored) === 'DataCheckFailed' && people.chance(0.2);
  void clock.sleep(pauseMs).then(() => {
    if (!isForgotten) repairRows(world, stored);
    redrive(world, stored.arn);
  });
}

function errorOf({ execution: { end } }: StoredExecution): string {
  return (end?.status !== 'SUCCEEDED' && end?.error) || '';
}

function mayRerun(world: World, stored: StoredExecution): void {
  const { faults, clock, people } = world;
  const strike = faults.strike(['load-rerun'], stored.name);
  const pipeline = stored.machine.name.replace(/-local$/, '');
  if (strike === undefined) return;
  const request = { pipeline, reason: 'somebody wants it again', rerun: people.whole(1, 3) };
  void clock.sleep(lengthOf(strike, MINUTE_MS, 6 * HOUR_MS)).then(() => ask(world, request));
}
