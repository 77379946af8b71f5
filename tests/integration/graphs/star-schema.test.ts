import { describe, expect, it } from 'vitest';
import { createSeededRandom } from '../../../src/local/engine/expression/jsonata-functions.ts';
import { referenceTimes } from './reference-times.ts';
import { pipelineOf, startPipeline } from './run-pipeline.ts';

type Step = { readonly name: string; readonly after: readonly string[] };

const named = (prefix: string, from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => `${prefix}_${from + index}`);

/** Ten dimensions, of which no two take the same time. */
const dimensions: readonly Step[] = named('Dim', 1, 10).map((name) => ({ name, after: [] }));

const SECONDS = new Map([
  ...dimensions.map(
    ({ name }, index) => [name, [20, 300, 45, 5, 120, 60, 10, 600, 30, 90][index] ?? 0] as const,
  ),
  ...named('Fact', 1, 4).map((name, index) => [name, [400, 900, 150, 250][index] ?? 0] as const),
  ...named('Aggregate', 1, 3).map((name, index) => [name, [60, 200, 30][index] ?? 0] as const),
]);

/** Every fact has dimensions of its own, every aggregate facts of its own. */
const OWN: readonly Step[] = [
  ...dimensions,
  { name: 'Fact_1', after: named('Dim', 1, 3) },
  { name: 'Fact_2', after: named('Dim', 4, 6) },
  { name: 'Fact_3', after: named('Dim', 7, 8) },
  { name: 'Fact_4', after: named('Dim', 9, 9) },
  { name: 'Aggregate_1', after: ['Fact_1', 'Fact_2'] },
  { name: 'Aggregate_2', after: ['Fact_1', 'Fact_2'] },
  { name: 'Aggregate_3', after: ['Fact_3', 'Dim_10'] },
];

/** All facts have the same dimensions, all aggregates the same facts; a dimension that no fact has. */
const SHARED: readonly Step[] = [
  ...dimensions,
  ...named('Fact', 1, 4).map((name) => ({ name, after: named('Dim', 1, 9) })),
  ...named('Aggregate', 1, 3).map((name) => ({ name, after: named('Fact', 1, 4) })),
];

/** Two subject areas, each with dimensions that its facts share, and a report on both. */
const AREAS: readonly Step[] = [
  ...dimensions,
  ...named('Fact', 1, 2).map((name) => ({ name, after: named('Dim', 1, 6) })),
  ...named('Fact', 3, 4).map((name) => ({ name, after: named('Dim', 7, 10) })),
  { name: 'Aggregate_1', after: ['Fact_1', 'Fact_2'] },
  { name: 'Aggregate_2', after: ['Fact_3', 'Fact_4'] },
  { name: 'Aggregate_3', after: ['Aggregate_1', 'Aggregate_2'] },
];

describe('a star schema', () => {
  it.each([
    ['facts with dimensions of their own', OWN],
    ['facts that share all their dimensions', SHARED],
    ['subject areas', AREAS],
  ])('takes no longer than its critical path: %s', async (_, steps) => {
    const { criticalPath } = referenceTimes({ steps, seconds: SECONDS });

    expect(await secondsOnEngine(steps)).toBeCloseTo(criticalPath, 6);
  });

  it('is never slower than level by level where facts share some of their dimensions', async () => {
    const random = createSeededRandom(1);
    const someOf = (names: readonly string[]) => names.filter(() => random() < 0.3);

    for (let star = 0; star < 10; star += 1) {
      const steps = [
        ...dimensions,
        ...named('Fact', 1, 4).map((name) => ({ name, after: ['Dim_1', ...someOf(named('Dim', 2, 10))] })),
        ...named('Aggregate', 1, 3).map((name) => ({
          name,
          after: ['Fact_1', ...someOf(named('Fact', 2, 4))],
        })),
      ];

      const seconds = await secondsOnEngine(steps);

      expect(seconds).toBeLessThanOrEqual(referenceTimes({ steps, seconds: SECONDS }).levelByLevel + 1e-6);
    }
  });
});

async function secondsOnEngine(steps: readonly Step[]): Promise<number> {
  const run = startPipeline(pipelineOf(steps), { secondsOf: (step) => SECONDS.get(step) ?? 0 });
  const { status } = await run.execution.whenEnded();
  expect(status).toBe('SUCCEEDED');
  return Math.max(...run.statements.map(({ endMs }) => endMs ?? Number.NaN)) / 1000;
}
