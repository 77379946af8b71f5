import type { JsonObject } from '../contracts.ts';
import type { Visit } from './visit.ts';

/** The context object, `$states.context` (docs: Accessing execution data from the Context object). */
export function contextObject({ branch, state, enteredAt, retryCount }: Visit): JsonObject {
  const { identity, input, startedAt, redriveCount, redrivenAt } = branch.run;
  const recovers = state.type === 'Task' || state.type === 'Parallel';
  return {
    Execution: {
      Id: identity.executionArn,
      Input: input.value,
      StartTime: isoTime(startedAt),
      Name: identity.name,
      RoleArn: identity.roleArn,
      RedriveCount: redriveCount,
      ...(redrivenAt === undefined ? {} : { RedriveTime: isoTime(redrivenAt) }),
    },
    StateMachine: { Id: identity.stateMachineArn, Name: identity.stateMachineName },
    State: {
      Name: state.name,
      EnteredTime: isoTime(enteredAt),
      ...(recovers ? { RetryCount: retryCount } : {}),
    },
  };
}

/**
 * As AWS writes times there: without zeros at the end of a second's fraction, in groups of three digits.
 * https://docs.aws.amazon.com/step-functions/latest/dg/input-output-contextobject.html
 */
function isoTime(ms: number): string {
  return new Date(ms).toISOString().replace('.000Z', 'Z');
}
