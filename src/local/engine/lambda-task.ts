import type { Json } from '../contracts.ts';
import type { EngineDeps } from './branch.ts';
import { type Data, dataOf } from './data.ts';
import type { EventDetails, HistoryEventType } from './history.ts';
import { invokeAnswer, invokeFunction, payloadData } from './lambda-invoke.ts';

type Members = { readonly [key: string]: Json | undefined };
interface TaskEvent {
  readonly type: HistoryEventType;
  details(members: Members): EventDetails;
}
/** What a Task does, and how the history tells it. */
export interface TaskCall {
  readonly events: Readonly<Record<'scheduled' | 'started' | 'succeeded' | 'failed' | 'timedOut', TaskEvent>>;
  /** @throws StateError named as Step Functions names the failure */
  invoke(deps: EngineDeps): Promise<Data>;
}

/** `arn:aws:states:::lambda:invoke`: arguments are those of Lambda's Invoke, the result is its answer. */
export function invokeIntegration(argument: Data): TaskCall {
  const { FunctionName, Payload, Qualifier } = argument.value as { [key: string]: Json };
  const name = Qualifier === undefined ? String(FunctionName) : `${FunctionName}:${Qualifier}`;
  const target = { resource: 'invoke', resourceType: 'lambda' };
  return {
    events: {
      scheduled: {
        type: 'TaskScheduled',
        details: ({ region, timeoutSeconds, heartbeatSeconds }) => ({
          taskScheduledEventDetails: compact({
            ...target,
            region,
            parameters: argument.text,
            timeoutInSeconds: timeoutSeconds,
            heartbeatInSeconds: heartbeatSeconds,
          }),
        }),
      },
      started: { type: 'TaskStarted', details: () => ({ taskStartedEventDetails: target }) },
      succeeded: {
        type: 'TaskSucceeded',
        details: (members) => ({ taskSucceededEventDetails: { ...target, ...members } }),
      },
      failed: {
        type: 'TaskFailed',
        details: (members) => ({ taskFailedEventDetails: { ...target, ...members } }),
      },
      timedOut: {
        type: 'TaskTimedOut',
        details: (members) => ({ taskTimedOutEventDetails: { ...target, ...members } }),
      },
    },
    async invoke(deps) {
      const result = await invokeFunction(deps, name, JSON.stringify(Payload ?? {}));
      return dataOf(invokeAnswer(result.payload, deps.createId()));
    },
  };
}

/** A Lambda function's ARN as the resource: the argument is the event, the result is what the function returned. */
export function invokeDirectly(functionArn: string, argument: Data): TaskCall {
  const none = () => ({});
  return {
    events: {
      scheduled: {
        type: 'LambdaFunctionScheduled',
        details: ({ timeoutSeconds }) => ({
          lambdaFunctionScheduledEventDetails: compact({
            resource: functionArn,
            input: argument.text,
            inputDetails: { truncated: false },
            timeoutInSeconds: timeoutSeconds,
          }),
        }),
      },
      started: { type: 'LambdaFunctionStarted', details: none },
      succeeded: {
        type: 'LambdaFunctionSucceeded',
        details: (members) => ({ lambdaFunctionSucceededEventDetails: members }),
      },
      failed: {
        type: 'LambdaFunctionFailed',
        details: (members) => ({ lambdaFunctionFailedEventDetails: members }),
      },
      timedOut: {
        type: 'LambdaFunctionTimedOut',
        details: (members) => ({ lambdaFunctionTimedOutEventDetails: members }),
      },
    },
    invoke: async (deps) => payloadData(await invokeFunction(deps, functionArn, argument.text)),
  };
}

function compact(members: Members): Members {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}
