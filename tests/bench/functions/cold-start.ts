import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stageEnvironment } from '../../../src/compile/stage/stage-environment.ts';
import { compileLocalStage } from '../../../src/local-stage/compiled-stage.ts';
import { localTaskArn } from '../../../src/local-stage/local-stage.ts';
import { readDeployedService } from '../../../src/local-stage/service-file.ts';
import { pipelines } from '../../../src/pipelines/index.ts';
import { quantile } from '../../integration/graphs/quantile.ts';
import { shownNumber } from '../render.ts';
import type { Figure, Findings, Measuring, Subject } from '../subject.ts';
import { type Bundle, bundleFunctions } from './bundles.ts';
import { type FirstAnswer, runFresh, startRefusingEndpoint } from './fresh-process.ts';

const RUNS = 25;
const MOST_BYTES = 400_000;
/** start-run also holds every pipeline. */
const MOST_BYTES_START_RUN = 480_000;
const MOST_SHARE = 0.75;

/** A function by both bundles, as its runs came out. */
interface Compared {
  readonly name: string;
  readonly ours: Bundle;
  readonly other: Bundle;
  readonly oursRuns: readonly FirstAnswer[];
  readonly otherRuns: readonly FirstAnswer[];
}

type Measure = keyof FirstAnswer;

const medianOf = (runs: readonly FirstAnswer[], measure: Measure) =>
  quantile(
    runs.map((run) => run[measure]),
    0.5,
  );
const peakMb = (runs: readonly FirstAnswer[]) => Math.max(...runs.map((run) => run.peakMb));

/** What a cold start of a function adds, in milliseconds. */
export interface ColdStart {
  /** Node's start, the import and the first answer, by a whole processor. */
  readonly wholeMs: number;
  /** The first answer alone, without the import. */
  readonly answerMs: number;
}

/** Cold starts by function, of the deployed bundles. Measured once, whoever asks first. */
export async function coldStarts(measuring: Measuring): Promise<ReadonlyMap<string, ColdStart>> {
  const all = await compareOnce(measuring);
  return new Map(
    all.map(({ name, oursRuns }) => [
      name,
      {
        wholeMs: medianOf(oursRuns, 'wholeMs'),
        answerMs: medianOf(oursRuns, 'answerMs') - medianOf(oursRuns, 'importMs'),
      },
    ]),
  );
}

let compared: Promise<readonly Compared[]> | undefined;

function compareOnce(measuring: Measuring): Promise<readonly Compared[]> {
  compared ??= compareAll(measuring);
  return compared;
}

function environmentFor(url: string): Readonly<Record<string, string>> {
  const { stage } = compileLocalStage(pipelines);
  return {
    ...stageEnvironment(stage),
    DMS_TASK_ARNS: JSON.stringify(stage.taskArns),
    ...{ AWS_REGION: 'us-east-1', AWS_ENDPOINT_URL: url, AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'x' },
    ...{ POWERTOOLS_METRICS_DISABLED: 'true', POWERTOOLS_LOG_LEVEL: 'SILENT' },
  };
}

async function compareAll({ tell, signal }: Measuring): Promise<readonly Compared[]> {
  const folder = await mkdtemp(join(tmpdir(), 'elt-bench-'));
  const endpoint = await startRefusingEndpoint();
  try {
    const others = new Map(
      (await bundleFunctions(join(folder, 'default'), 'default')).map((bundle) => [bundle.name, bundle]),
    );
    const all: Compared[] = [];
    for (const ours of await bundleFunctions(join(folder, 'ours'), 'ours')) {
      tell(`${ours.name}, ${RUNS} times by each bundle`);
      all.push(await compare(ours, others.get(ours.name) as Bundle, environmentFor(endpoint.url), signal));
    }
    return all;
  } finally {
    await endpoint.close();
    await rm(folder, { recursive: true });
  }
}

/** The sample events of these functions ask AWS nothing: what makes them ask. */
const ASKING: Readonly<Record<string, object>> = {
  'check-statement': { statement: { complete: false } },
  'verify-load': {
    load: { tasks: [{ identifier: 't', arn: localTaskArn('t'), startedAt: '2026-11-24T02:57:00.000Z' }] },
  },
};

async function readAskingEvent(name: string): Promise<string> {
  const event = JSON.parse(await readFile(new URL(`../../events/${name}.json`, import.meta.url), 'utf8'));
  for (const [part, changes] of Object.entries(ASKING[name] ?? {})) Object.assign(event[part], changes);
  return JSON.stringify(event);
}

/** One run by each bundle, again and again, so that what disturbs the machine disturbs both. */
async function compare(
  ours: Bundle,
  other: Bundle,
  environment: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Compared> {
  const event = await readAskingEvent(ours.name);
  const oursRuns: FirstAnswer[] = [];
  const otherRuns: FirstAnswer[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    oursRuns.push(await runFresh(ours.file, event, environment, signal));
    otherRuns.push(await runFresh(other.file, event, environment, signal));
  }
  return { name: ours.name, ours, other, oursRuns, otherRuns };
}

function figuresOf({ name, ours, oursRuns, otherRuns }: Compared): readonly Figure[] {
  const mostBytes = name === 'start-run' ? MOST_BYTES_START_RUN : MOST_BYTES;
  return [
    {
      what: `${name}: bundle`,
      ...{ ours: ours.bytes / 1000, unit: 'kB', bar: { most: mostBytes / 1000 }, kind: 'ratio' },
    },
    {
      what: `${name}: import and first answer beside the plugin's default bundle`,
      ...{
        ours: medianOf(oursRuns, 'answerMs') / medianOf(otherRuns, 'answerMs'),
        unit: '×',
        bar: { most: MOST_SHARE },
        kind: 'ratio',
      },
    },
  ];
}

async function measure(measuring: Measuring): Promise<Findings> {
  const all = await compareOnce(measuring);
  return {
    figures: [
      ...all.flatMap(figuresOf),
      {
        what: 'most memory of a function in its first invocation, with Node itself',
        ours: Math.max(...all.map(({ oursRuns }) => peakMb(oursRuns))),
        unit: 'MB',
        bar: { most: readDeployedService().provider.memorySize },
        kind: 'clock',
      },
    ],
    tables: [
      {
        title: 'By function: this system / the default bundle',
        columns: ['function', 'kB', 'import, ms', 'first answer, ms', 'memory, MB'],
        rows: all.map(({ name, ours, other, oursRuns, otherRuns }) => [
          `\`${name}\``,
          `${shownNumber(ours.bytes / 1000)} / ${shownNumber(other.bytes / 1000)}`,
          ...(['importMs', 'answerMs'] as const).map(
            (what) => `${medianOf(oursRuns, what).toFixed(0)} / ${medianOf(otherRuns, what).toFixed(0)}`,
          ),
          `${peakMb(oursRuns).toFixed(0)} / ${peakMb(otherRuns).toFixed(0)}`,
        ]),
      },
    ],
  };
}

export const coldStart: Subject = {
  name: 'cold-start',
  title: 'Cold start',
  about: `Each function in a fresh process, ${RUNS} times by each bundle in turn: importing it, and its first invocation with one call of AWS, which an endpoint in the same machine refuses. Medians.`,
  measure,
};
