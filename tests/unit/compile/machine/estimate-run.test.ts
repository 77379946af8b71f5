import { describe, expect, it } from 'vitest';
import { estimateRun } from '../../../../src/compile/machine/estimate-run.ts';
import { compileStateMachine } from '../../../../src/compile/machine/state-machine.ts';
import { pipelineAfter } from '../pipeline-after.ts';

const independent = (count: number) =>
  Object.fromEntries([...Array(count).keys()].map((index) => [`Step_${index}`, []]));

describe('estimateRun', () => {
  it('counts the events of every state, and of each further round of checking', () => {
    const estimate = (timeoutSeconds: number, steps: Readonly<Record<string, readonly string[]>>) => {
      const pipeline = pipelineAfter(steps, timeoutSeconds);
      return estimateRun(pipeline, compileStateMachine(pipeline)).historyEvents;
    };
    // Started and the end; three tasks, a choice, a wait and two last states; 300 rounds of waiting for the turn.
    const frame = 2 + 3 * 5 + 2 + 2 + 2 * 2 + 300 * 9;
    // A step's two tasks, its wait and its choice; three more attempts.
    const step = 2 * 5 + 2 + 2 * 2 + 3 * 9;

    expect(estimate(840, { A: [] })).toBe(frame + step);
    expect(estimate(841, { A: [] })).toBe(frame + step + 9);
    expect(estimate(840, { A: [], B: [] })).toBe(frame + 4 + 2 * (step + 2));
  });

  it('takes the definition with ARNs in it, which are longer than their placeholders', () => {
    const pipeline = pipelineAfter({ A: [] });
    const definition = compileStateMachine(pipeline);

    expect(estimateRun(pipeline, definition).definitionBytes).toBeGreaterThan(
      Buffer.byteLength(JSON.stringify(definition)) + 200,
    );
  });

  it('adds up the records of all steps', () => {
    const data = (count: number) => {
      const pipeline = pipelineAfter(independent(count));
      return estimateRun(pipeline, compileStateMachine(pipeline)).dataBytes;
    };

    expect(data(9) - data(4)).toBe(5 * 406);
  });

  it('adds what each audit found', () => {
    const pipeline = pipelineAfter({ A: [] });
    const audit = { kind: 'rows', name: 'x'.repeat(40), severity: 'fail', showRows: false } as const;
    const audits = [{ ...audit, table: 'a.b', min: 1, max: null, change: null }];
    const audited = {
      ...pipeline,
      steps: pipeline.steps.map((step) => ({ ...step, audits }) as typeof step),
    };
    const data = (one: typeof pipeline) => estimateRun(one, compileStateMachine(pipeline)).dataBytes;

    expect(data(audited) - data(pipeline)).toBe(150 + 'A'.length + 40);
  });
});

describe('compileStateMachine, for a large pipeline', () => {
  it('takes 60 steps with every default', () => {
    expect(() => compileStateMachine(pipelineAfter(independent(60), 21_600))).not.toThrow();
  });

  it('refuses more history than an execution may have, and names the step that may take longest', () => {
    const pipeline = pipelineAfter(independent(100), 21_600);

    expect(() => compileStateMachine(pipeline)).toThrow(
      expect.objectContaining({
        name: 'InvalidPipeline',
        message: expect.stringMatching(
          /^pipeline "load-orders": 100 steps may come to \d+ history events, .* 25000: .* step "Step_0" has 21600/,
        ),
      }),
    );
  });

  it('refuses a definition of more than a megabyte, and names the largest step', () => {
    const pipeline = pipelineAfter({ ...independent(400), The_largest_step: [] }, 60);

    expect(() => compileStateMachine(pipeline)).toThrow(
      expect.objectContaining({
        name: 'InvalidPipeline',
        message: expect.stringMatching(
          /^pipeline "load-orders": 401 steps make a definition of \d+ bytes, .* 1048576: .* step "The_largest_step"/,
        ),
      }),
    );
  });

  it('refuses more records than a state may hand on', () => {
    const pipeline = pipelineAfter({ A: [] });
    const stagedTables = Array.from({ length: 900 }, () => pipeline.stagedTables).flat();

    expect(() => compileStateMachine({ ...pipeline, stagedTables })).toThrow(
      expect.objectContaining({
        name: 'InvalidPipeline',
        message: expect.stringMatching(
          /^pipeline "load-orders": 1 steps and 900 staged tables come to \d+ bytes of state, .* 262144: .* "A"/,
        ),
      }),
    );
  });
});
