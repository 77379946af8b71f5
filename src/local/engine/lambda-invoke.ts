import type { FunctionResult, Json, JsonObject } from '../contracts.ts';
import type { EngineDeps } from './branch.ts';
import { type Data, jsonData } from './expression/data.ts';
import { StateError } from './state-error.ts';

/**
 * Invokes a function and waits for its answer.
 * @throws StateError named as Step Functions names the failure (docs: Handling errors, Lambda)
 */
export async function invokeLambda(deps: EngineDeps, name: string, payload: string): Promise<FunctionResult> {
  const result = await deps.functions.invoke(name, payload).catch((error: unknown) => {
    throw serviceFailure(error, deps.createId());
  });
  if (result.failure !== undefined) throw new StateError(result.failure, result.payload);
  if (result.functionError !== undefined) throw functionFailure(result.payload);
  return result;
}

/**
 * Publishes a message, as the integration of SNS does.
 * @throws StateError named `SNS.` and the error of SNS
 */
export async function publishMessage(deps: EngineDeps, input: JsonObject): Promise<JsonObject> {
  if (deps.publish === undefined) throw new StateError('SNS.SdkClientException', 'There is no SNS here.');
  try {
    return { ...(await deps.publish(input)) };
  } catch (error) {
    const { name, message } = error as Error;
    throw new StateError(`SNS.${name}`, message);
  }
}

/** A function's own error: named by its `errorType`; the cause is the whole error as JSON text. */
function functionFailure(payload: string): StateError {
  const { errorType } = (payloadValue(payload) ?? {}) as { errorType?: unknown };
  if (typeof errorType === 'string') return new StateError(errorType, payload);
  const reason = `The cause could not be determined because Lambda did not return an error type. Returned payload: ${payload}`;
  return new StateError('Lambda.Unknown', reason);
}

/** An error of the Lambda service itself: `Lambda.` and its name. What has no status never reached the service. */
function serviceFailure(error: unknown, requestId: string): StateError {
  const { name, message, status } = error as { name?: string; message?: string; status?: number };
  if (status === undefined) return new StateError('Lambda.SdkClientException', message ?? String(error));
  const source = `(Service: Lambda, Status Code: ${status}, Request ID: ${requestId})`;
  return new StateError(`Lambda.${name}`, `${message} ${source}`);
}

/** A payload as data. */
export function payloadData({ payload }: { readonly payload: string }): Data {
  return jsonData(payloadValue(payload));
}

/** Text that is no JSON becomes a string, nothing becomes null. */
function payloadValue(payload: string): Json {
  try {
    return JSON.parse(payload === '' ? 'null' : payload) as Json;
  } catch {
    return payload;
  }
}

/** Lambda's answer to Invoke as the optimized integration returns it. */
export function invokeAnswer(payload: string, requestId: string): JsonObject {
  return {
    ExecutedVersion: '$LATEST',
    Payload: payloadValue(payload),
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
