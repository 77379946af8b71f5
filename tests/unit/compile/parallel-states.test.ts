import validate from 'asl-validator';
import { describe, expect, it } from 'vitest';
import { listStates, type ParallelState } from '../../../src/compile/machine/asl.ts';
import { compileStateMachine } from '../../../src/compile/machine/state-machine.ts';
import { compileSteps, pipelineAfter } from './pipeline-after.ts';

/** A diamond whose left side forks again, and ends with the fork. */
const machine = compileSteps({
  A: [],
  B: ['A'],
  C: ['A'],
  D: ['B'],
  E: ['B'],
  F: ['C', 'D', 'E'],
});

const outer = machine.States.Parallel_B_and_C as ParallelState;
const inner = outer.Branches[0]?.States.Parallel_D_and_E as ParallelState;

describe('compileStateMachine, with steps side by side', () => {
  it('passes asl-validator', () => {
    const { errorsText } = validate(machine);

    expect(errorsText()).toBe('');
  });

  it('has no Parallel state for a plain sequence', () => {
    const { States } = compileSteps({ A: [], B: ['A'], C: ['B', 'A'] });

    expect(Object.values(States).map(({ Type }) => Type)).not.toContain('Parallel');
  });

  it('goes from a step to the branches behind it, and from them to the step behind all', () => {
    expect(machine.States.Verify_Full_Load).toMatchObject({ Next: 'A' });
    expect(machine.States.is_run_A_complete).toMatchObject({ Choices: [{ Next: 'Parallel_B_and_C' }] });
    expect(outer.Branches.map(({ StartAt }) => StartAt)).toEqual(['B', 'C']);
    expect(outer).toMatchObject({ Next: 'F' });
    expect(machine.States.is_run_F_complete).toMatchObject({ Choices: [{ Next: 'Confirm_Load' }] });
  });

  it('ends a branch behind its last step, or with the Parallel state that is the last in it', () => {
    expect(outer.Branches[1]?.States).toMatchObject({
      is_run_C_complete: { Choices: [{ Next: 'Branch_ends_on_C' }], Default: 'Wait_on_C' },
      Branch_ends_on_C: { Type: 'Succeed' },
    });
    expect(inner).toMatchObject({ End: true });
  });

  it('lets a failure in a branch fail the run: a redrive goes on in the branch', () => {
    for (const state of [outer, inner]) {
      expect(state).not.toHaveProperty('Catch');
      expect(state).not.toHaveProperty('Retry');
    }
  });

  it('gives every step its four states in whatever branch it is, all names different', () => {
    const names = listStates(machine).map(([name]) => name);

    expect(new Set(names).size).toBe(names.length);
    for (const step of ['A', 'B', 'C', 'D', 'E', 'F']) {
      expect(names).toEqual(
        expect.arrayContaining([step, `Wait_on_${step}`, `Check_Status_${step}`, `is_run_${step}_complete`]),
      );
    }
  });

  it('names a Parallel state by the steps its first branches begin with, however many follow', () => {
    const three = compileSteps({ A: [], B: [], C: [] });
    const four = compileSteps({ A: [], B: [], C: [], D: [] });

    expect(three.States.Verify_Full_Load).toMatchObject({ Next: 'Parallel_A_B_and_more' });
    expect(four.States.Verify_Full_Load).toMatchObject({ Next: 'Parallel_A_B_and_more' });
  });

  it('keeps names that differ only behind the 80th character apart', () => {
    const long = 'L'.repeat(62);

    const { States } = compileSteps({
      [`${long}_1`]: [],
      [`${long}_2`]: [`${long}_1`],
      [`${long}_3`]: [`${long}_1`],
      [`${long}_4`]: [],
      [`${long}_5`]: [`${long}_2`, `${long}_3`],
    });
    const names = listStates({ States }).map(([name]) => name);

    expect(States.Verify_Full_Load).toMatchObject({
      Next: expect.stringMatching(/^Parallel_L+_[0-9a-f]{8}$/),
    });
    expect(new Set(names).size).toBe(names.length);
    expect(Math.max(...names.map((name) => name.length))).toBe(80);
  });

  it('lasts as long as its longest branch may', () => {
    const withTimeout = (name: string, seconds: number) => ({
      ...pipelineAfter({ A: [], B: [], C: ['A', 'B'] }),
      steps: pipelineAfter({ A: [], B: [], C: ['A', 'B'] }).steps.map((step) => ({
        ...step,
        timeoutSeconds: step.name === name ? seconds : 100,
      })),
    });

    expect(compileStateMachine(withTimeout('B', 900)).TimeoutSeconds).toBe(24 * 3_600 + 900 + 100);
  });
});

describe('compileStateMachine, with names that collide', () => {
  it.each([
    ['Wait_on_A', { A: [], Wait_on_A: [] }, 'step "A" and step "Wait_on_A" both have a state "Wait_on_A"'],
    ['is_run_A_complete', { is_run_A_complete: [], A: ['is_run_A_complete'] }, 'step "A" both have a state'],
    ['Run_Complete', { Run_Complete: [] }, 'every run and step "Run_Complete" both have a state'],
    ['a branch’s end', { A: [], Branch_ends_on_A: [] }, 'both have a state "Branch_ends_on_A"'],
    [
      'a Parallel state',
      { A: [], B: [], Parallel_A_B_and_more: [] },
      'step "Parallel_A_B_and_more" and the branches that begin with "A", "B", "Parallel_A_B_and_more" both have',
    ],
  ])('refuses a step named as %s, and names pipeline and step', (_, steps, message) => {
    expect(() => compileSteps(steps)).toThrow(
      expect.objectContaining({
        name: 'InvalidPipeline',
        message: expect.stringMatching(/^pipeline "load-orders": .*: rename the step$/),
      }),
    );
    expect(() => compileSteps(steps)).toThrow(message);
  });

  it('takes names that differ in case only: Step Functions does', () => {
    expect(() => compileSteps({ A: [], wait_on_A: [], a: [], run_complete: [] })).not.toThrow();
  });

  it('takes names that every object has', () => {
    const { States } = compileSteps({ constructor: [], toString: ['constructor'] });

    expect(Object.keys(States)).toHaveLength(15);
  });
});
