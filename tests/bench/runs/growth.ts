import { mkdir, writeFile } from 'node:fs/promises';
import { type Curve, drawCurves } from '../plot.ts';
import { shownNumber } from '../render.ts';
import type { Findings, Measuring, Subject } from '../subject.ts';
import { costOf, NETWORK_MS } from '../waiting/measure-wait.ts';
import { benchPipeline, deployProduct } from '../world/product.ts';
import { createBenchWorld } from '../world/world.ts';

/** Step Functions takes a definition of 1 MiB: that is about 190 steps. */
const STEPS = [1, 2, 5, 10, 20, 50, 100, 190];
const SECONDS = [1, 5, 60, 600, 3_600, 14_400, 86_399];
const STEP_SECONDS = 60;
/** So that Step Functions could run so many steps that each take all their time. */
const TIMEOUT_SECONDS = 3_600;

/** What a run takes for each of its steps. */
interface PerStep {
  readonly transitions: number;
  readonly apiCalls: number;
  readonly dollarsPer1000: number;
  readonly lateSeconds: number;
}

async function measureRun(count: number, seconds: number): Promise<PerStep> {
  const world = createBenchWorld({ secondsOf: () => seconds, networkMs: NETWORK_MS });
  const names = Array.from({ length: count }, (_, index) => `Step_${index}`);
  const chain = Object.fromEntries(
    names.map((name, index) => [name, names.slice(Math.max(0, index - 1), index)]),
  );
  const pipeline = benchPipeline(
    `bench-chain-${count}-${seconds}`,
    chain,
    Math.min(86_400, TIMEOUT_SECONDS + seconds),
  );
  const { execution } = await deployProduct(world, [pipeline]).finishLoad(pipeline);
  const end = await execution.whenEnded();
  if (end.status !== 'SUCCEEDED') throw new Error(`a run of ${count} steps ended as ${JSON.stringify(end)}`);
  const cost = costOf(execution.history, world.calls, world.invocations);
  const firstMs = world.statements[0]?.startMs ?? 0;
  const lastMs = world.statements.at(-1)?.endMs ?? 0;
  return {
    transitions: cost.transitions / count,
    apiCalls: cost.apiCalls / count,
    dollarsPer1000: (cost.dollars / count) * 1000,
    // Between the end of a statement and the beginning of the next.
    lateSeconds: count === 1 ? 0 : ((lastMs - firstMs) / 1000 - count * seconds) / (count - 1),
  };
}

async function measureAll(counts: readonly (readonly [number, number])[], tell: Measuring['tell']) {
  const all: PerStep[] = [];
  for (const [count, seconds] of counts) {
    tell(`${count} steps of ${seconds} s`);
    all.push(await measureRun(count, seconds));
  }
  return all;
}

const MEASURES = [
  ['transitions', 'transitions'],
  ['apiCalls', 'API calls'],
  ['dollarsPer1000', 'USD per 1,000 steps'],
  ['lateSeconds', 'seconds between a statement and the next'],
] as const;

async function measure({ tell }: Measuring): Promise<Findings> {
  const bySteps = await measureAll(
    STEPS.map((count) => [count, STEP_SECONDS] as const),
    tell,
  );
  const bySeconds = await measureAll(
    SECONDS.map((seconds) => [1, seconds] as const),
    tell,
  );
  await drawBoth(bySteps, bySeconds);
  const [one, ten] = [bySteps[0], bySteps[3]] as [PerStep, PerStep];
  const last = bySteps.at(-1) as PerStep;
  return {
    figures: [
      ...MEASURES.slice(0, 3).map(([key, what]) => ({
        what: `${what} a step, 190 steps beside 1`,
        ...{ ours: last[key] / one[key], unit: '×', bar: { most: 1 }, kind: 'ratio' as const },
      })),
      {
        what: 'seconds between a statement and the next, 190 steps beside 10',
        ...{ ours: last.lateSeconds / ten.lateSeconds, unit: '×', bar: { most: 1.001 }, kind: 'ratio' },
      },
    ],
    tables: [
      tableOf(
        'Steps of a minute, one behind the other: what a step takes, with its share of the run',
        STEPS,
        bySteps,
      ),
      tableOf('One step, by the seconds of its statement', SECONDS, bySeconds),
      {
        title: 'As plots',
        columns: ['by the number of steps', 'by the length of the statement'],
        rows: [
          [
            '![Per step, by the number of steps](pictures/growth-steps.svg)',
            '![Per statement, by its length](pictures/growth-seconds.svg)',
          ],
        ],
      },
    ],
  };
}

function tableOf(title: string, keys: readonly number[], rows: readonly PerStep[]) {
  return {
    title,
    columns: ['', ...MEASURES.map(([, what]) => what)],
    rows: rows.map((row, index) => [
      (keys[index] ?? 0).toLocaleString('en'),
      ...MEASURES.map(([key]) =>
        rows.length === SECONDS.length && key === 'lateSeconds' ? '' : shownNumber(row[key]),
      ),
    ]),
  };
}

/** Every measure in parts of what it is at the first point. */
function curvesOf(keys: readonly number[], rows: readonly PerStep[]): readonly Curve[] {
  return MEASURES.slice(0, 3).map(([key, name]) => ({
    name,
    points: rows.map((row, index) => [keys[index] ?? 0, row[key]] as const),
  }));
}

async function drawBoth(bySteps: readonly PerStep[], bySeconds: readonly PerStep[]): Promise<void> {
  const folder = new URL('../../../docs/pictures/', import.meta.url);
  await mkdir(folder, { recursive: true });
  const draw = (file: string, across: string, keys: readonly number[], rows: readonly PerStep[]) =>
    writeFile(new URL(file, folder), drawCurves({ across, curves: curvesOf(keys, rows) }));
  await draw('growth-steps.svg', 'steps', STEPS, bySteps);
  await draw('growth-seconds.svg', 'seconds of the statement', SECONDS, bySeconds);
}

export const growth: Subject = {
  name: 'growth',
  title: 'As pipelines and statements grow',
  about: `In virtual time, with ${NETWORK_MS} ms of network each way; whole runs, from the event of DMS to their end.`,
  measure,
};
