import { describe, expect, it } from 'vitest';
import { FORKS, namesEntered, outputOf, startSteps } from './run-steps.ts';

describe('a run in which a step beside others fails', () => {
  const seconds = { A: 5, B: 10, C: 100, D: 20, E: 30 };

  it('ends at once with the error of the step, and aborts what runs beside it', async () => {
    const run = startSteps(FORKS, seconds, ['D']);

    const end = await run.execution.whenEnded();

    expect(end).toMatchObject({ status: 'FAILED', error: 'StatementFailed' });
    expect(run.statements.map(({ step }) => step)).toEqual(['A', 'B', 'C', 'D', 'E']);
    expect(run.statements.filter(({ endMs }) => endMs === undefined).map(({ step }) => step)).toEqual([
      'C',
      'D',
      'E',
    ]);
    expect(run.execution.history.filter(({ type }) => type === 'TaskStateAborted')).toHaveLength(2);
  });

  it('goes on when it is redriven: where it failed and where it was aborted, nothing that is done again', async () => {
    const run = startSteps(FORKS, seconds, ['D']);
    await run.execution.whenEnded();
    const eventsBefore = run.execution.history.length;

    run.failing.clear();
    run.execution.redrive();
    const output = await outputOf(run.execution);

    expect(Object.keys(output.steps).toSorted()).toEqual(['A', 'B', 'C', 'D', 'E', 'F']);
    expect(run.statements.map(({ step }) => step)).toEqual(['A', 'B', 'C', 'D', 'E', 'F']);
    expect(namesEntered(run.execution, eventsBefore)).toEqual([
      'Parallel_B_and_C',
      'Parallel_D_and_E',
      'Check_Status_C',
      'Check_Status_D',
      'Check_Status_E',
    ]);
  });

  it('keeps the records of a branch that had ended', async () => {
    const run = startSteps({ A: [], B: [], C: ['A', 'B'] }, { A: 5, B: 10 }, ['B']);
    await run.execution.whenEnded();

    run.failing.clear();
    run.execution.redrive();
    const output = await outputOf(run.execution);

    expect(Object.keys(output.steps).toSorted()).toEqual(['A', 'B', 'C']);
    expect(run.statements.map(({ step }) => step)).toEqual(['A', 'B', 'C']);
  });
});
