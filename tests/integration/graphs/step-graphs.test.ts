import { afterAll, describe, expect, it } from 'vitest';
import { scheduleSteps } from '../../../src/compile/schedule/schedule-steps.ts';
import { treeDuration } from '../../../src/compile/schedule/step-tree.ts';
import { extent } from '../../fixtures/runner/extent.ts';
import { quantile } from './quantile.ts';
import { randomGraphs, type TimedGraph } from './random-graph.ts';
import { referenceTimes } from './reference-times.ts';
import { pipelineOf, startPipeline } from './run-pipeline.ts';

const SEEDS = [1, 2, 3];
const GRAPHS = 1_000;

/** Of each seed's graphs, so many are run on the engine; GRAPHS_ON_ENGINE=1000 runs them all, in two minutes. */
const ON_ENGINE = Number(process.env.GRAPHS_ON_ENGINE ?? extent(8, 60));

/** Room for sums in another order, seconds. */
const ROUNDING = 1e-6;

/** How long a graph takes by its schedule, seconds: what the engine is held to below. */
function scheduledSeconds({ steps, seconds }: TimedGraph): number {
  return treeDuration(scheduleSteps(steps), (step) => seconds.get(step) ?? 0);
}

describe.each(SEEDS)('compiled graphs of seed %i', (seed) => {
  const outcomes = [...randomGraphs(seed, GRAPHS)].map((graph) => ({
    ...referenceTimes(graph),
    scheduled: scheduledSeconds(graph),
  }));
  const stretch = outcomes.map(({ scheduled, criticalPath }) => scheduled / criticalPath);
  const byLevel = outcomes.map(({ levelByLevel, criticalPath }) => levelByLevel / criticalPath);

  it('are never slower than level by level', () => {
    const slower = outcomes.filter(({ scheduled, levelByLevel }) => scheduled > levelByLevel + ROUNDING);

    expect(slower).toEqual([]);
  });

  it('stay near the critical path', () => {
    expect(quantile(stretch, 0.5)).toBeLessThanOrEqual(1.15);
    expect(quantile(stretch, 0.95)).toBeLessThanOrEqual(1.6);
  });

  it('run on the engine as scheduled: every step once, behind all it depends on', async () => {
    for (const graph of randomGraphs(seed, ON_ENGINE)) await expectRunAsScheduled(graph);
  });

  afterAll(() => {
    console.log(
      [
        `seed ${seed}, ${GRAPHS} graphs: makespan over critical path`,
        shown('compiled', stretch),
        shown('level by level', byLevel),
      ].join('\n  '),
    );
  });
});

async function expectRunAsScheduled(graph: TimedGraph): Promise<void> {
  const run = startPipeline(pipelineOf(graph.steps), { secondsOf: (step) => graph.seconds.get(step) ?? 0 });

  const end = await run.execution.whenEnded();

  expect(end).toMatchObject({ status: 'SUCCEEDED' });
  const names = graph.steps.map(({ name }) => name).toSorted();
  expect(run.statements.map(({ step }) => step).toSorted()).toEqual(names);
  expect(Object.keys(recordsOf(end)).toSorted()).toEqual(names);
  const seen = new Map(run.statements.map((statement) => [statement.step, statement]));
  for (const { name, after } of graph.steps) {
    for (const dependency of after) {
      expect(seen.get(dependency)?.endMs).toBeLessThanOrEqual(seen.get(name)?.startMs ?? -1);
    }
  }
  const lastEndMs = Math.max(...run.statements.map(({ endMs }) => endMs ?? Number.NaN));
  expect(lastEndMs / 1000).toBeCloseTo(scheduledSeconds(graph), 6);
}

function recordsOf(end: { readonly status: string; readonly output?: string }): object {
  return (JSON.parse(end.output ?? '{}') as { readonly steps?: object }).steps ?? {};
}

function shown(title: string, values: readonly number[]): string {
  const parts = [0.5, 0.75, 0.9, 0.95, 0.99, 1].map(
    (share) => `${share * 100}% ${quantile(values, share).toFixed(3)}`,
  );
  return `${title.padEnd(14)}  ${parts.join('  ')}`;
}
