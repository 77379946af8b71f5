import { describe, expect, it } from 'vitest';
import type { RecordedEvent } from '../../../src/local/engine/history.ts';
import { viewEvents } from '../../../src/local/services/stepfunctions/execution-view.ts';
import { createRunReader, readRun } from '../../../src/run-history/read-run.ts';
import type { Run } from '../../../src/run-history/run.ts';
import { SEED } from '../../fixtures/runner/seed.ts';
import { randomGraphs } from '../graphs/random-graph.ts';
import { pipelineOf, startPipeline } from '../graphs/run-pipeline.ts';
import { FORKS } from '../graphs/run-steps.ts';

const forks = pipelineOf(Object.entries(FORKS).map(([name, after]) => ({ name, after })));
const seconds: Readonly<Record<string, number>> = { A: 5, B: 10, C: 100, D: 20, E: 30 };
const startForks = (failing: readonly string[]) =>
  startPipeline(forks, { secondsOf: (step) => seconds[step] ?? 10, failing });

const statesOf = ({ steps }: Run) => Object.fromEntries(steps.map(({ name, state }) => [name, state]));

/** What the API answers with includeExecutionData: false. */
const withoutData = (events: readonly RecordedEvent[]) => viewEvents(events, false) as RecordedEvent[];

describe('a run, read from its history', () => {
  it('has every step done, with the time each took', async () => {
    const { execution } = startForks([]);
    await execution.whenEnded();

    const run = readRun(forks, execution.history);

    expect(run).toMatchObject({ status: 'SUCCEEDED', redrives: 0, stagedRows: { 'mart.graph_stg': 1 } });
    const { startedAt = Number.NaN } = run;
    expect(
      run.steps.map((step) => [step.name, step.state, step.effect, Number(step.endedAt) - startedAt]),
    ).toEqual([
      ['A', 'done', 'applied', 5_000],
      ['B', 'done', 'applied', 15_000],
      ['C', 'done', 'applied', 105_000],
      ['D', 'done', 'applied', 35_000],
      ['E', 'done', 'applied', 45_000],
      ['F', 'done', 'applied', 115_000],
    ]);
    expect([run.turn, run.verification, run.confirmation].map(({ state }) => state)).toEqual([
      'done',
      'done',
      'done',
    ]);
  });

  it('tells the step that failed from those that its failure aborted, and those it kept away', async () => {
    const { execution } = startForks(['D']);
    await execution.whenEnded();

    const run = readRun(forks, execution.history);

    expect(run.failure).toEqual({ error: 'StatementFailed', cause: 'D' });
    expect(run.steps.map(({ name, state, effect }) => [name, state, effect])).toEqual([
      ['A', 'done', 'applied'],
      ['B', 'done', 'applied'],
      ['C', 'aborted', 'uncertain'],
      ['D', 'failed', 'not-applied'],
      ['E', 'aborted', 'uncertain'],
      ['F', 'not-started', 'not-applied'],
    ]);
    expect(run.steps.find(({ name }) => name === 'D')?.failure).toEqual(run.failure);
    expect(run.confirmation.state).toBe('not-started');
  });

  it('goes on with what failed and what was aborted when it is redriven', async () => {
    const { execution, failing } = startForks(['D']);
    await execution.whenEnded();
    failing.clear();
    execution.redrive();

    const redriven = readRun(forks, execution.history);
    await execution.whenEnded();

    expect(redriven).toMatchObject({ status: 'RUNNING', redrives: 1 });
    expect(redriven).not.toHaveProperty('failure');
    expect(statesOf(redriven)).toEqual({
      ...{ A: 'done', B: 'done', C: 'running', D: 'running', E: 'running', F: 'not-started' },
    });
    const ended = readRun(forks, execution.history);
    expect(ended.status).toBe('SUCCEEDED');
    expect(new Set(Object.values(statesOf(ended)))).toEqual(new Set(['done']));
  });

  it('begins and ends each step once, whatever is read first', async () => {
    const { execution } = startForks([]);
    await execution.whenEnded();
    const reader = createRunReader(forks);
    const seen = new Map(forks.steps.map(({ name }) => [name, ['not-started']]));

    for (const event of execution.history) {
      reader.add(event);
      for (const { name, state } of reader.run().steps)
        if (seen.get(name)?.at(-1) !== state) seen.get(name)?.push(state);
    }

    for (const states of seen.values()) expect(states).toEqual(['not-started', 'running', 'done']);
  });

  it('has no step that failed when somebody stopped it', async () => {
    const { execution } = startForks([]);
    const reader = createRunReader(forks);
    await Promise.resolve();
    execution.stop('Stopped', 'by hand');
    await execution.whenEnded();

    for (const event of execution.history) reader.add(event);

    expect(reader.run()).toMatchObject({
      status: 'ABORTED',
      failure: { error: 'Stopped', cause: 'by hand' },
    });
    expect(reader.run().turn.state).toBe('aborted');
    expect(new Set(Object.values(statesOf(reader.run())))).toEqual(new Set(['not-started']));
  });

  it('agrees with what the warehouse saw, for any graph and any failure, with and without the data', async () => {
    for (const { steps, seconds: times } of randomGraphs(SEED, 20)) {
      const pipeline = pipelineOf(steps);
      const [failing = ''] = steps.map(({ name }) => name).slice(steps.length >> 1);
      const { execution, statements } = startPipeline(pipeline, {
        secondsOf: (step) => times.get(step) ?? 1,
        failing: [failing],
      });
      await execution.whenEnded();

      const states = statesOf(readRun(pipeline, execution.history));

      const seen = Object.fromEntries(
        statements.map(({ step, endMs }) => [step, endMs === undefined ? 'aborted' : 'done']),
      );
      const others = Object.fromEntries(steps.map(({ name }) => [name, 'not-started']));
      expect(states).toEqual({ ...others, ...seen, [failing]: 'failed' });
      expect(statesOf(readRun(pipeline, withoutData(execution.history)))).toEqual(states);
    }
  });
});
