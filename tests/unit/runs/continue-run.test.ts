import { beforeEach, describe, expect, it } from 'vitest';
import { orders } from '../../fixtures/pipeline.ts';
import { ask, LOAD_ID, MACHINE, state } from './asked-runs.ts';

describe('a request to continue', () => {
  beforeEach(() => {
    state.runs = new Map([[LOAD_ID, 'FAILED']]);
    state.inputs = {};
  });

  it('starts a run of its own name for the same load: the fence knows it by its id', async () => {
    const answer = await ask({ continue: 1 });

    expect(answer).toEqual({
      outcome: 'started',
      executionArn: `${MACHINE}${LOAD_ID}-c1`,
      reason: 'query repaired',
    });
    expect(state.inputs[`${LOAD_ID}-c1`]?.load.id).toBe(LOAD_ID);
  });

  it('starts nothing for a number that was used', async () => {
    await ask({ continue: 1 });
    const second = await ask({ continue: 1 });

    expect(second).toMatchObject({ outcome: 'already-started', executionArn: `${MACHINE}${LOAD_ID}-c1` });
    expect(Object.keys(state.inputs)).toHaveLength(1);
  });

  it('goes on with a rerun where both are asked for', async () => {
    state.runs.set(`${LOAD_ID}-r2`, 'FAILED');

    await ask({ rerun: 2, continue: 3 });

    expect(state.inputs[`${LOAD_ID}-r2-c3`]?.load.id).toBe(`${LOAD_ID}-r2`);
  });

  it('goes on with a run that runs still, or has ended well: its turn comes after that', async () => {
    state.runs.set(LOAD_ID, 'RUNNING');
    await expect(ask({ continue: 1 })).resolves.toMatchObject({ outcome: 'started' });
    state.runs.set(LOAD_ID, 'SUCCEEDED');
    await expect(ask({ continue: 2 })).resolves.toMatchObject({ outcome: 'started' });
  });

  it.each([[{ continue: 1 }], [{ rerun: 1, continue: 1 }]])(
    'is no first run: %j starts nothing where there is none',
    async (request) => {
      state.runs.clear();

      await expect(ask(request)).resolves.toEqual({
        outcome: 'ignored',
        reason: expect.stringMatching(
          /has no run yet that could be continued.*without "continue" to start one/,
        ),
      });
      expect(state.inputs).toEqual({});
    },
  );

  it('warns of steps that no fence holds', async () => {
    const steps = orders.steps.map((step) => ({ ...step, commits: true }));

    const answer = await ask({ continue: 1 }, { pipelines: [{ ...orders, steps } as typeof orders] });

    expect(answer.reason).toContain('runs again: a step that commits by itself has no fence');
    expect(answer.reason).toContain(orders.steps[0]?.name);
  });

  it.each([[0], [1_000], [1.5], ['1'], [true], [null]])('refuses the number %j', async (number) => {
    await expect(ask({ continue: number })).rejects.toMatchObject({ name: 'InvalidEvent' });
  });

  it.each([['hold'], ['release']])('refuses to continue and %s at a time', async (verb) => {
    await expect(ask({ continue: 1, [verb]: true })).rejects.toMatchObject({ name: 'InvalidEvent' });
  });
});
