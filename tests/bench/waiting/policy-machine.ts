import type { JsonObject } from '../../../src/local/contracts.ts';

/** The state behind a statement, whatever the policy: it is entered when the step is over, and belongs to nobody. */
export const NEXT_STEP = 'Next_Step';

const INVOKE = 'arn:aws:states:::lambda:invoke';

function task(name: string, next: string): JsonObject {
  return {
    Type: 'Task',
    Resource: INVOKE,
    Arguments: { FunctionName: name, Payload: '{% $states.input %}' },
    Output: '{% $states.result.Payload %}',
    Next: next,
  };
}

function machineOf(startAt: string, states: Readonly<Record<string, JsonObject>>): JsonObject {
  return {
    QueryLanguage: 'JSONata',
    StartAt: startAt,
    States: { ...states, [NEXT_STEP]: { Type: 'Succeed' } },
  };
}

interface Polling {
  /** A number, or an expression on the last answer. */
  readonly waitSeconds: number | string;
  /** States that a run passes before it submits. @default 0 */
  readonly passes?: number;
}

/** Submit, wait, ask, and ask again until it is done. */
export function pollingMachine({ waitSeconds, passes = 0 }: Polling): JsonObject {
  const before = Array.from({ length: passes }, (_, index) => [
    `Pass_${index}`,
    { Type: 'Pass', Next: index + 1 < passes ? `Pass_${index + 1}` : 'Submit' },
  ]);
  return machineOf(passes > 0 ? 'Pass_0' : 'Submit', {
    ...Object.fromEntries(before),
    Submit: task('submit', 'Wait'),
    Wait: { Type: 'Wait', Seconds: waitSeconds, Next: 'Check' },
    Check: task('check', 'Is_Done'),
    Is_Done: {
      Type: 'Choice',
      Choices: [{ Condition: '{% $states.input.done %}', Next: NEXT_STEP }],
      Default: 'Wait',
    },
  });
}

/** One state, which something outside ends. */
export function callbackMachine(): JsonObject {
  return machineOf('Run', { Run: task('run', NEXT_STEP) });
}
