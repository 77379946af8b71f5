import validate from 'asl-validator';
import { describe, expect, it } from 'vitest';
import { compileStateMachine } from '../../../../src/compile/machine/state-machine.ts';
import { orders } from '../../../fixtures/pipeline.ts';

const machine = compileStateMachine(orders);

describe('compileStateMachine', () => {
  it('passes asl-validator', () => {
    const { isValid, errorsText } = validate(machine);

    expect(errorsText()).toBe('');
    expect(isValid).toBe(true);
  });

  it('gives each step its four states, in the order they run, between the states of every run', () => {
    expect(Object.keys(machine.States)).toEqual([
      'Take_Turn',
      'is_turn_taken',
      'Wait_for_Turn',
      'Run_Superseded',
      'Verify_Full_Load',
      'Load_Orders',
      'Wait_on_Load_Orders',
      'Check_Status_Load_Orders',
      'is_run_Load_Orders_complete',
      'Load_Totals',
      'Wait_on_Load_Totals',
      'Check_Status_Load_Totals',
      'is_run_Load_Totals_complete',
      'Confirm_Load',
      'Run_Complete',
    ]);
    expect(machine.StartAt).toBe('Take_Turn');
  });

  it.each(['Lambda.Unknown', 'Runtime.ExitError', 'Runtime.OutOfMemory'])(
    'calls a function that died as %s again, in every task',
    (name) => {
      const tasks = Object.values(machine.States).filter((state) => state.Type === 'Task');
      const retriers = tasks.map(({ Retry }) => Retry?.find(({ ErrorEquals }) => ErrorEquals.includes(name)));

      expect(tasks.length).toBeGreaterThan(5);
      expect(retriers.map((retrier) => retrier?.MaxAttempts)).toEqual(tasks.map(() => 8));
    },
  );

  it('goes to the next step only when the statement is complete, and back to waiting otherwise', () => {
    expect(machine.States.is_run_Load_Orders_complete).toMatchObject({
      Choices: [{ Condition: '{% $states.input.statement.complete %}', Next: 'Load_Totals' }],
      Default: 'Wait_on_Load_Orders',
    });
    expect(machine.States.is_run_Load_Totals_complete).toMatchObject({ Choices: [{ Next: 'Confirm_Load' }] });
  });

  it('submits the fence and the procedure in one transaction, the lock before anything that takes a snapshot', () => {
    const start = machine.States.Load_Orders;

    expect(start).toMatchObject({
      Arguments: {
        Payload: {
          sqls: [
            expect.stringMatching(/^LOCK elt\.fence_load_orders_[0-9a-f]{12}$/),
            expect.stringMatching(/^CALL elt\.sp_fence\(/),
            'CALL mart.sp_load_orders()',
          ],
        },
      },
    });
  });

  it('retries every task on what Lambda and the Data API may recover from, with backoff, a cap and jitter', () => {
    const tasks = Object.values(machine.States).filter((state) => state.Type === 'Task');

    expect(tasks).toHaveLength(7);
    for (const { Retry, TimeoutSeconds } of tasks) {
      expect(TimeoutSeconds).toBeGreaterThan(0);
      const errors = Retry.flatMap(({ ErrorEquals }) => ErrorEquals);
      expect(errors).toEqual(
        expect.arrayContaining([
          'Lambda.ClientExecutionTimeoutException',
          'Lambda.ServiceException',
          'Lambda.AWSLambdaException',
          'Lambda.SdkClientException',
          'Lambda.TooManyRequestsException',
          'RedshiftUnavailable',
        ]),
      );
      expect(errors).not.toContain('StatementFailed');
      for (const retrier of Retry)
        expect(retrier).toMatchObject({
          BackoffRate: 2,
          JitterStrategy: 'FULL',
          MaxDelaySeconds: expect.any(Number),
        });
    }
  });

  it('lasts as long as its steps may, and not for ever', () => {
    expect(machine.TimeoutSeconds).toBe(600 + 21_600 + 24 * 3_600);
  });
});
