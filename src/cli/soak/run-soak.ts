import { arnName } from '../../arn.ts';
import { changeSource, findWrongEffects, findWrongTables, type SoakFiles } from './production-check.ts';
import type { SoakWorld } from './soak-world.ts';

export interface SoakOptions {
  readonly loads: number;
  readonly files: SoakFiles;
  /** Texts of all notifications so far. */
  readonly notifications: readonly string[];
  /** Gets a line for each load. */
  readonly report: (line: string) => void;
}

/** What became of one load. */
interface LoadOutcome {
  /** Names of its executions: one, if all is well. */
  readonly runs: readonly string[];
  readonly published: boolean;
  readonly sweeps: number;
  readonly redrives: number;
  readonly violations: readonly string[];
}

export interface SoakReport {
  readonly published: number;
  /** Loads whose run stayed failed, and was told of. */
  readonly failed: number;
  readonly sweeps: number;
  readonly redrives: number;
  readonly violations: readonly string[];
}

/** A schedule sweeps until it finds the load, and a person redrives what has failed; neither does so for ever. */
const MOST_SWEEPS = 10;
const MOST_REDRIVES = 5;

/**
 * Loads a pipeline's tables again and again. Every load must come to one run that publishes it, or whose failure is told;
 * production must then show the load, and each step must have been applied once.
 */
export async function runSoak(world: SoakWorld, options: SoakOptions): Promise<SoakReport> {
  const outcomes: LoadOutcome[] = [];
  for (let load = 1; load <= options.loads; load += 1) {
    const outcome = await runLoad(world, load, options);
    outcomes.push(outcome);
    options.report(describe(load, outcome));
  }
  await world.sweep();
  const published = outcomes.filter((outcome) => outcome.published);
  const sum = (count: (outcome: LoadOutcome) => number) =>
    outcomes.reduce((total, outcome) => total + count(outcome), 0);
  return {
    published: published.length,
    failed: outcomes.length - published.length,
    sweeps: sum(({ sweeps }) => sweeps),
    redrives: sum(({ redrives }) => redrives),
    violations: [
      ...outcomes.flatMap(({ violations }) => violations),
      ...(outcomes.at(-1)?.published === false ? ['the last load was not published'] : []),
      ...(await findWrongEffects(
        world,
        published.flatMap(({ runs }) => runs),
      )),
      ...(await world.unfinished()).map((name) => `${name} has not ended`),
    ],
  };
}

async function runLoad(world: SoakWorld, load: number, options: SoakOptions): Promise<LoadOutcome> {
  const before = new Set(await world.executions());
  const started = async () => (await world.executions()).filter((arn) => !before.has(arn));
  await changeSource(world, options.files, load);
  await world.load(load === 1);
  let sweeps = 0;
  for (; sweeps < MOST_SWEEPS && (await started()).length === 0; sweeps += 1) await world.sweep();
  const [run] = await started();
  if (run === undefined) {
    return { runs: [], published: false, sweeps, redrives: 0, violations: [`load ${load} has no run`] };
  }
  const { published, redrives, violations } = await followRun(world, run, options);
  const runs = (await started()).map(arnName);
  return {
    ...{ runs, published, sweeps, redrives },
    violations: [
      ...violations.map((violation) => `load ${load}: ${violation}`),
      ...(runs.length === 1 ? [] : [`load ${load} has ${runs.length} runs: ${runs.join(', ')}`]),
    ],
  };
}

/** Sees a run to its end, redriving it as a person would who is told of its failure. */
async function followRun(world: SoakWorld, executionArn: string, { notifications, files }: SoakOptions) {
  let redrives = 0;
  let end = await world.endOf(executionArn);
  for (; end.status === 'FAILED' && redrives < MOST_REDRIVES; redrives += 1) {
    await world.redrive(executionArn);
    end = await world.endOf(executionArn);
  }
  if (end.status !== 'SUCCEEDED') {
    const told = notifications.some((text) => text.includes(end.name ?? executionArn));
    const violations = told ? [] : [`${end.status}, ${end.error}, and nobody was told`];
    return { published: false, redrives, violations };
  }
  const { outcome } = JSON.parse(end.output ?? '{}');
  const violations =
    outcome === 'published' ? await findWrongTables(world, files) : [`it ended as ${outcome}`];
  return { published: outcome === 'published', redrives, violations };
}

function describe(load: number, { runs, published, sweeps, redrives, violations }: LoadOutcome): string {
  const found = sweeps === 0 ? '' : `, found by sweep ${sweeps}`;
  const again = redrives === 0 ? '' : `, redriven ${redrives} times`;
  const wrong = violations.map((violation) => `\n  ! ${violation}`).join('');
  return `load ${load}: ${published ? 'published' : 'not published'} by ${runs.join(', ') || 'no run'}${found}${again}${wrong}`;
}
