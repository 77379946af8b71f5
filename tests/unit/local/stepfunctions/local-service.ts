import type { FunctionResult, JsonObject, OutgoingEvent } from '../../../../src/local/contracts.ts';
import { createVirtualClock } from '../../../../src/local/engine/clock/virtual-clock.ts';
import { createStepFunctionsService } from '../../../../src/local/services/stepfunctions/create-step-functions.ts';

export const ROLE = 'arn:aws:iam::000000000000:role/test';
const CONTEXT = { requestId: 'request', region: 'eu-central-1', signal: new AbortController().signal };

/** Answers of operations, loosely typed as they come over the wire. */
export interface Answer {
  readonly [member: string]: unknown;
  readonly executionArn: string;
  readonly stateMachineArn: string;
  readonly nextToken: string;
  readonly executions: readonly { readonly name: string }[];
  readonly events: readonly { readonly id: number }[];
}

/**
 * A Step Functions on a virtual clock, with one function that fails as long as it is told to.
 * @param keptEvents of ended executions
 */
export function createLocalService(keptEvents = 1_000) {
  const clock = createVirtualClock();
  const published: OutgoingEvent[] = [];
  const work = { failing: false };
  let ids = 0;
  const stepFunctions = createStepFunctionsService({
    ...{ clock, keptEvents },
    random: () => 0.5,
    createId: () => `id-${++ids}`,
    events: { publish: async (event) => void published.push(event) },
    functions: {
      async invoke(): Promise<FunctionResult> {
        if (!work.failing) return { payload: '{"ok":true}' };
        return { payload: '{"errorType":"Broken"}', functionError: 'Unhandled' };
      },
    },
  });
  const call = async (operation: string, input: object): Promise<Answer> =>
    await (
      stepFunctions.service.operations[operation] as (input: object, context: object) => Promise<Answer>
    )(input, CONTEXT);
  const create = async (states: JsonObject, name = 'machine') => {
    const definition = JSON.stringify({
      QueryLanguage: 'JSONata',
      StartAt: Object.keys(states)[0],
      States: states,
    });
    return (await call('CreateStateMachine', { name, definition, roleArn: ROLE })).stateMachineArn;
  };
  return { clock, published, work, stepFunctions, call, create };
}

export const PASS: JsonObject = { Only: { Type: 'Pass', End: true } };
export const WAIT: JsonObject = { Only: { Type: 'Wait', Seconds: 3_600, End: true } };
export const WORK: JsonObject = {
  Only: {
    Type: 'Task',
    Resource: 'arn:aws:states:::lambda:invoke',
    Arguments: { FunctionName: 'work' },
    Output: '{% $states.result.Payload %}',
    End: true,
  },
};
