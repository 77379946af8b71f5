import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createVirtualClock } from '../../../src/local/engine/clock/virtual-clock.ts';
import { shownNumber } from '../render.ts';
import type { Figure, Findings, Measuring, Subject } from '../subject.ts';
import { AWS_QUOTAS, createBucket, type QuotaName } from '../world/quotas.ts';
import { SAMPLE, type ScaleOptions, type ScaleResult, STATEMENT_SECONDS } from './scale-run.ts';

const RUNS = 1_000;
const MOST_STRETCH = 1.2;
const MOST_MB = 500;
const SCRIPT = fileURLToPath(new URL('scale-run.ts', import.meta.url));
/** As `npm run local` starts: memory rather than speed. */
const FLAGS = ['--max-semi-space-size=2', '--max-old-space-size=400'];

const EVERY = Object.keys(AWS_QUOTAS) as readonly QuotaName[];

/** How many runs, and which quotas are enforced. What is not named has no limit, besides 500 statements and 1,000 functions. */
const WORLDS: readonly (ScaleOptions & { readonly name: string })[] = [
  {
    ...{ name: 'five quotas', runs: RUNS },
    quotas: ['ExecuteStatement', 'DescribeStatement', 'StartExecution', 'ListExecutions', 'ListStatements'],
  },
  // A thousand would wait for a quarter of an hour of virtual time, and ask all the while.
  { name: 'every documented quota', runs: 250, quotas: EVERY },
];

/**
 * Seconds that runs take if nothing counts but StartExecution, Execute and Describe: one start a run, and for each step a
 * submission, the statement, and one question.
 */
async function idealSeconds(runs: number): Promise<number> {
  const clock = createVirtualClock();
  const begunMs = clock.now();
  const buckets = new Map(
    (['StartExecution', 'ExecuteStatement', 'BatchExecuteStatement', 'DescribeStatement'] as const).map(
      (name) => [name as QuotaName, createBucket(AWS_QUOTAS[name], clock)],
    ),
  );
  const take = (name: QuotaName) => clock.sleep(buckets.get(name)?.reserve() ?? 0);
  const run = async () => {
    await take('StartExecution');
    for (const step of SAMPLE.steps) {
      await take(step.kind === 'call' && step.commits ? 'ExecuteStatement' : 'BatchExecuteStatement');
      await clock.sleep(STATEMENT_SECONDS * 1000);
      await take('DescribeStatement');
    }
  };
  await Promise.all(Array.from({ length: runs }, run));
  return (clock.now() - begunMs) / 1000;
}

async function runInProcess(options: ScaleOptions, signal: AbortSignal): Promise<ScaleResult> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [...FLAGS, SCRIPT, JSON.stringify(options)],
    {
      signal,
    },
  );
  return JSON.parse(stdout);
}

/** A world, and what came of it. */
interface Measured {
  readonly name: string;
  readonly runs: number;
  /** Seconds. */
  readonly ideal: number;
  readonly result: ScaleResult;
}

function figuresOf({ name, runs, ideal, result }: Measured): readonly Figure[] {
  const { makespan, succeeded, peakMb } = result;
  return [
    {
      what: `${name}: runs that have succeeded, of ${runs}`,
      ...{ ours: succeeded, unit: '', bar: { least: runs }, kind: 'ratio' },
    },
    {
      what: `${name}: makespan of ${runs} over the ideal of ${shownNumber(ideal)} s`,
      ...{ ours: makespan / ideal, unit: '×', bar: { most: MOST_STRETCH }, kind: 'ratio' },
    },
    {
      what: `${name}: memory of the process`,
      ...{ ours: peakMb, unit: 'MB', bar: { most: MOST_MB }, kind: 'clock' },
    },
  ];
}

/** Seconds that the calls which were accepted take at a quota's rate alone. */
function secondsAtRate(name: QuotaName, calls: number): number {
  const { bucket, perSecond } = AWS_QUOTAS[name];
  return Math.max(0, calls - bucket) / perSecond;
}

function usageTable({ name, runs, result: { usage, makespan } }: Measured) {
  const rows = usage
    .filter(([, { calls }]) => calls > 0)
    .map(([quota, { calls, refused }]) => ({ quota, calls, refused, seconds: secondsAtRate(quota, calls) }))
    .toSorted((a, b) => b.seconds - a.seconds);
  return {
    title: `${name}: ${shownNumber(makespan)} s. The quota that takes longest stands first`,
    columns: ['quota', 'calls accepted', 'calls refused', 'calls accepted a run', 'seconds at its rate'],
    rows: rows.map(({ quota, calls, refused, seconds }) => [
      quota,
      ...[calls, refused, calls / runs, seconds].map(shownNumber),
    ]),
  };
}

async function measure({ signal, tell }: Measuring): Promise<Findings> {
  tell(`${WORLDS.map(({ runs }) => runs).join(' and ')} runs, in processes side by side`);
  const results = await Promise.all(
    WORLDS.map(async ({ name, ...options }): Promise<Measured> => {
      const [ideal, result] = [await idealSeconds(options.runs), await runInProcess(options, signal)];
      tell(`${name}: ${shownNumber(result.wallSeconds)} s on the wall clock`);
      return { name, runs: options.runs, ideal, result };
    }),
  );
  return {
    figures: results.flatMap(figuresOf),
    tables: [
      {
        title: 'What became of the runs',
        columns: [
          '',
          'succeeded',
          'ended otherwise',
          'invocations given up',
          'functions at once, most',
          'virtual seconds',
        ],
        rows: results.map(({ name, result }) => [
          name,
          String(result.succeeded),
          Object.entries(result.failed)
            .map(([status, count]) => `${count} ${status}`)
            .join(', ') || '0',
          ...[result.givenUp, result.mostRunning, result.makespan].map(shownNumber),
        ]),
      },
      ...results.map(usageTable),
    ],
  };
}

export const scale: Subject = {
  name: 'scale',
  title: 'A thousand loads in the same second',
  about: `In virtual time: ${RUNS.toLocaleString('en')} copies of the service's own first pipeline, in stages of 125, whose loads end at once; start-run, sweeps every 15 minutes and notify-outcome included. Statements of steps take ${STATEMENT_SECONDS} s, other queries no time. 500 active statements and 1,000 functions are enforced in both worlds; the one with every documented quota has fewer runs. Five quotas are those of Execute (30 a second), Describe (100), ListStatements (3), StartExecution and ListExecutions. A refused call is made again as the SDK does, twice. The ideal counts one start a run, and one submission and one question a step, at AWS's rates (BatchExecute: 20 a second).`,
  measure,
};
