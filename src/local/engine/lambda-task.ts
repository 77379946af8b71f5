import { withoutUndefined } from '../answer-members.ts';
import type { Json, JsonObject } from '../contracts.ts';
import type { EngineDeps } from './branch.ts';
import { type Data, jsonData } from './expression/data.ts';
import type { EventDetails, HistoryEventType } from './history.ts';
import { invokeAnswer, invokeLambda, payloadData, publishMessage } from './lambda-invoke.ts';

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
  return {
    events: integrationEvents(argument, { resource: 'invoke', resourceType: 'lambda' }),
    async invoke(deps) {
      const result = await invokeLambda(deps, name, JSON.stringify(Payload ?? {}));
      return jsonData(invokeAnswer(result.payload, deps.createId()));
    },
  };
}

/** `arn:aws:states:::sns:publish`: arguments are those of SNS's Publish, the result is its answer. */
export function publishIntegration(argument: Data): TaskCall {
  return {
    events: integrationEvents(argument, { resource: 'publish', resourceType: 'sns' }),
    invoke: async (deps) => jsonData(await publishMessage(deps, Object(argument.value) as JsonObject)),
  };
}

interface Target {
  readonly resource: string;
  readonly resourceType: string;
}

function integrationEvents({ text }: Data, target: Target): TaskCall['events'] {
  const event = (type: HistoryEventType, member: `${string}EventDetails`): TaskEvent => ({
    type,
    details: (members) => ({ [member]: { ...target, ...members } }),
  });
  return {
    scheduled: {
      type: 'TaskScheduled',
      details: ({ region, timeoutSeconds, heartbeatSeconds }) => ({
        taskScheduledEventDetails: {
          ...target,
          ...withoutUndefined({
            region,
            timeoutInSeconds: timeoutSeconds,
            heartbeatInSeconds: heartbeatSeconds,
          }),
          parameters: text,
        },
      }),
    },
    started: event('TaskStarted', 'taskStartedEventDetails'),
    succeeded: event('TaskSucceeded', 'taskSucceededEventDetails'),
    failed: event('TaskFailed', 'taskFailedEventDetails'),
    timedOut: event('TaskTimedOut', 'taskTimedOutEventDetails'),
  };
}

/** A Lambda function's ARN as the resource: the argument is the event, the result is what the function returned. */
export function invokeDirectly(functionArn: string, argument: Data): TaskCall {
  return {
    events: functionEvents(functionArn, argument),
    invoke: async (deps) => payloadData(await invokeLambda(deps, functionArn, argument.text)),
  };
}

function functionEvents(resource: string, { text }: Data): TaskCall['events'] {
  const event = (type: HistoryEventType, member: `${string}EventDetails`): TaskEvent => ({
    type,
    details: (members) => ({ [member]: members }),
  });
  return {
    scheduled: {
      type: 'LambdaFunctionScheduled',
      details: ({ timeoutSeconds }) => ({
        lambdaFunctionScheduledEventDetails: {
          ...withoutUndefined({ timeoutInSeconds: timeoutSeconds }),
          resource,
          input: text,
          inputDetails: { truncated: false },
        },
      }),
    },
    started: { type: 'LambdaFunctionStarted', details: () => ({}) },
    succeeded: event('LambdaFunctionSucceeded', 'lambdaFunctionSucceededEventDetails'),
    failed: event('LambdaFunctionFailed', 'lambdaFunctionFailedEventDetails'),
    timedOut: event('LambdaFunctionTimedOut', 'lambdaFunctionTimedOutEventDetails'),
  };
}
