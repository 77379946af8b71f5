import type { FunctionResult, Json, JsonObject } from '../contracts.ts';
import type { EngineDeps } from './branch.ts';
import { type Data, dataOf } from './data.ts';
import type { EventDetails, HistoryEventType } from './history.ts';
import { StateError } from './state-error.ts';

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
  const name = `${FunctionName}${Qualifier === undefined ? '' : `:${Qualifier}`}`;
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

async function invokeFunction(deps: EngineDeps, name: string, payload: string): Promise<FunctionResult> {
  const result = await deps.functions.invoke(name, payload).catch((error: unknown) => {
    throw serviceFailure(error);
  });
  if (result.failure !== undefined) throw new StateError(result.failure, result.payload);
  if (result.functionError !== undefined) throw functionFailure(result.payload);
  return result;
}

/** A function's own error: named by its `errorType`; the cause is the whole error as JSON text. */
function functionFailure(payload: string): StateError {
  const { errorType } = payloadData({ payload }).value as { errorType?: unknown };
  if (typeof errorType === 'string') return new StateError(errorType, payload);
  const reason = `The cause could not be determined because Lambda did not return an error type. Returned payload: ${payload}`;
  return new StateError('Lambda.Unknown', reason);
}

/** An error of the Lambda service itself: `Lambda.` and its name. */
function serviceFailure(error: unknown): StateError {
  const { name, message, status } = error as { name?: string; message?: string; status?: number };
  const known = typeof name === 'string' && status !== undefined;
  const code = known ? name : 'SdkClientException';
  const source = known ? ` (Service: Lambda, Status Code: ${status}, Error Code: ${code})` : '';
  return new StateError(`Lambda.${code}`, `${message ?? String(error)}${source}`);
}

function payloadData({ payload }: { readonly payload: string }): Data {
  try {
    return dataOf(JSON.parse(payload === '' ? 'null' : payload));
  } catch {
    return dataOf(payload);
  }
}

function invokeAnswer(payload: string, requestId: string): JsonObject {
  return {
    ExecutedVersion: '$LATEST',
    Payload: payloadData({ payload }).value,
    SdkHttpMetadata: {
      HttpHeaders: {
        'Content-Length': String(Buffer.byteLength(payload)),
        'Content-Type': 'application/json',
        'X-Amz-Executed-Version': '$LATEST',
        'x-amzn-RequestId': requestId,
      },
      HttpStatusCode: 200,
    },
    SdkResponseMetadata: { RequestId: requestId },
    StatusCode: 200,
  };
}

function compact(members: Members): Members {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}
