import { describe, expect, it } from 'vitest';
import { entriesOf, FORKS, inputOf, outputOf, startSteps, timesOf } from './run-steps.ts';

describe('a run with steps side by side', () => {
  it('ends with the record of every step, and the rest of its input as it was', async () => {
    const run = startSteps(FORKS);

    const output = await outputOf(run.execution);

    expect(Object.keys(output)).toEqual([
      'pipeline',
      'load',
      'trigger',
      'outcome',
      'stagedRows',
      'warnings',
      'steps',
    ]);
    expect(output).toMatchObject({ pipeline: 'run-graph', load: { id: 'load' } });
    expect(Object.keys(output.steps).toSorted()).toEqual(['A', 'B', 'C', 'D', 'E', 'F']);
    for (const record of Object.values(output.steps)) expect(record).toMatchObject({ complete: true });
  });

  it('gives every state behind a Parallel state what a state before it gets, and nothing of a statement', async () => {
    const run = startSteps(FORKS);

    await run.execution.whenEnded();

    expect(Object.keys(inputOf(run.execution, 'F'))).toEqual(Object.keys(inputOf(run.execution, 'A')));
    expect(Object.keys(inputOf(run.execution, 'F').steps).toSorted()).toEqual(['A', 'B', 'C', 'D', 'E']);
  });

  it('begins a step when the last it depends on has ended', async () => {
    const run = startSteps(FORKS, { A: 5, B: 10, C: 100, D: 20, E: 30, F: 1 });

    await run.execution.whenEnded();

    expect(timesOf(run)).toEqual({
      A: [0, 5],
      B: [5, 15],
      C: [5, 105],
      D: [15, 35],
      E: [15, 45],
      F: [105, 106],
    });
  });

  it('asks again after 14 minutes while a statement beside others lasts longer', async () => {
    const run = startSteps({ A: [], B: [] }, { A: 2_000, B: 10 });

    await run.execution.whenEnded();

    expect(timesOf(run)).toEqual({ A: [0, 2_000], B: [0, 10] });
    expect(entriesOf(run.execution, 'Check_Status_A')).toBe(3);
    expect(entriesOf(run.execution, 'Check_Status_B')).toBe(1);
  });

  it('hands on records only once, so that wide graphs stay within the data a state may have', async () => {
    const names = (prefix: string) =>
      [...Array(60).keys()].map((index) => `${prefix}_${index}`.padEnd(64, '_'));
    const [first, second] = [names('First'), names('Second')];
    const steps = Object.fromEntries([
      ...first.map((name) => [name, []] as const),
      ...second.map((name) => [name, first] as const),
    ]);
    const run = startSteps(steps);

    const output = await outputOf(run.execution);

    expect(Object.keys(output.steps)).toHaveLength(120);
    const largest = Math.max(...run.execution.history.map((event) => JSON.stringify(event).length));
    expect(largest).toBeLessThan(2 * JSON.stringify(JSON.stringify(output)).length);
  });
});
