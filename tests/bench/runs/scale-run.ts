import type { Pipeline } from '../../../src/definition/pipeline.ts';
import { pipelines } from '../../../src/pipelines/index.ts';
import { createRandomStream } from '../../../src/simulation/random-stream.ts';
import { NETWORK_MS } from '../waiting/measure-wait.ts';
import { createPatientClock } from '../world/patient-clock.ts';
import { type BenchProduct, deployProduct } from '../world/product.ts';
import { enforceQuotas, type QuotaName, type Usage } from '../world/quotas.ts';
import { createBenchWorld } from '../world/world.ts';

/** How many pipelines, and which quotas are enforced. */
export interface ScaleOptions {
  readonly runs: number;
  readonly quotas: readonly QuotaName[];
}

/** What became of many loads that ended at once. */
export interface ScaleResult {
  /** From the loads' end to the end of the last run, in virtual seconds; NaN if it did not come within a day. */
  readonly makespan: number;
  readonly succeeded: number;
  /** Ends other than success, by status. */
  readonly failed: Readonly<Record<string, number>>;
  readonly usage: readonly (readonly [QuotaName, Usage])[];
  readonly mostRunning: number;
  /** Invocations that were given up. */
  readonly givenUp: number;
  /** Most memory of the process, in MB. */
  readonly peakMb: number;
  readonly wallSeconds: number;
}

/** A stack has room for about 130 pipelines. */
const STAGE = 125;
export const STATEMENT_SECONDS = 5;
const SWEEP_MS = 15 * 60_000;
const LOOK_MS = 10_000;
const PATIENCE_MS = 24 * 3_600_000;

/** The service's own first pipeline, under another name and with tasks of its own. */
function copyOf(pipeline: Pipeline, number: number): Pipeline {
  const own = (task: string) => `${task}-${number}`;
  return {
    ...pipeline,
    name: `${pipeline.name}-${number}`,
    tasks: pipeline.tasks.map(own),
    stagedTables: pipeline.stagedTables.map((staged) => ({
      ...staged,
      ...(staged.task === null ? {} : { task: own(staged.task) }),
      // The schema that the model of DMS knows.
      ...(staged.source === null ? {} : { source: staged.source.replace(/^.*\./, 'source.') }),
    })),
  };
}

export const SAMPLE = pipelines[0] as Pipeline;

/** Ends the loads of many pipelines in the same second, in stages as large as they may be, and waits for all runs. */
export async function runAtScale({ runs, quotas: enforced }: ScaleOptions): Promise<ScaleResult> {
  Error.stackTraceLimit = 0;
  const begun = performance.now();
  const random = createRandomStream(1, 'scale').next;
  const clock = createPatientClock();
  const quotas = enforceQuotas(enforced, clock, random);
  const world = createBenchWorld({
    ...{ secondsOf: () => STATEMENT_SECONDS, networkMs: NETWORK_MS, clock, quotas },
  });
  const all = Array.from({ length: runs }, (_, number) => copyOf(SAMPLE, number));
  const stages = Array.from({ length: Math.ceil(runs / STAGE) }, (_, stage) =>
    deployProduct(world, all.slice(stage * STAGE, (stage + 1) * STAGE), { random, tells: true }),
  );
  const begunMs = clock.now();
  for (const stage of stages) stage.finishLoads();
  let nextSweep = begunMs + SWEEP_MS;
  while (countEnded(stages) < runs && clock.now() < begunMs + PATIENCE_MS) {
    await clock.sleep(LOOK_MS);
    if (clock.now() < nextSweep) continue;
    for (const stage of stages) stage.sweep();
    nextSweep += SWEEP_MS;
  }
  const ends = stages.flatMap(({ executions }) => [...executions.values()]).map(({ execution }) => execution);
  const lastMs = Math.max(...ends.map(({ history }) => (history.at(-1)?.timestamp ?? Number.NaN) * 1000));
  const failed = ends.flatMap(({ end }) => (end?.status === 'SUCCEEDED' ? [] : [end?.status ?? 'RUNNING']));
  return {
    makespan: (lastMs - begunMs) / 1000,
    succeeded: ends.length - failed.length,
    failed: Object.fromEntries(
      [...Map.groupBy(failed, (status) => status)].map(([status, list]) => [status, list.length]),
    ),
    usage: [...quotas.usage],
    mostRunning: quotas.mostRunning,
    givenUp: stages.reduce((sum, { failures }) => sum + failures.length, 0),
    peakMb: process.resourceUsage().maxRSS / 1024,
    wallSeconds: (performance.now() - begun) / 1000,
  };
}

function countEnded(stages: readonly BenchProduct[]): number {
  return stages.reduce(
    (sum, { executions }) =>
      sum + [...executions.values()].filter(({ execution }) => execution.end !== undefined).length,
    0,
  );
}

/** The options as JSON on the command line: a process of its own, whose memory can be told. */
const [, , asked] = process.argv;
if (import.meta.main && asked !== undefined)
  process.stdout.write(JSON.stringify(await runAtScale(JSON.parse(asked))));
