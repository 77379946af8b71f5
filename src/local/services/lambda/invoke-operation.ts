import type { FunctionResult, RequestContext } from '../../contracts.ts';
import type { AsyncInvocations } from './async-invocations.ts';
import { type FunctionCatalogue, LATEST } from './functions.ts';
import type { InvocationLogs } from './invocation-log.ts';
import {
  decodeClientContext,
  type InvokeInput,
  type InvokeOutput,
  validateInvoke,
} from './invoke-request.ts';
import type { Sandboxes } from './sandboxes.ts';

export interface InvokeParts {
  readonly catalogue: FunctionCatalogue;
  readonly sandboxes: Sandboxes;
  readonly queue: AsyncInvocations;
  readonly logs: InvocationLogs;
}

/**
 * Invoke, with the types RequestResponse, Event and DryRun.
 * @throws AwsError ResourceNotFoundException, RequestTooLargeException, InvalidRequestContentException, …
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 */
export async function invokeOperation(
  { catalogue, sandboxes, queue, logs }: InvokeParts,
  input: InvokeInput,
  { requestId }: Pick<RequestContext, 'requestId'>,
): Promise<InvokeOutput> {
  const payload = validateInvoke(input);
  const spec = catalogue.find(input.FunctionName, input.Qualifier);
  if (input.InvocationType === 'DryRun') return { StatusCode: 204, Payload: '' };
  if (input.InvocationType === 'Event') {
    queue.accept(spec, payload, requestId);
    return { StatusCode: 202, Payload: '' };
  }
  const { ClientContext } = input;
  const context = ClientContext === undefined ? {} : { clientContext: decodeClientContext(ClientContext) };
  const { result, logTail } = await logs.follow(requestId, spec.memoryMb ?? 128, () =>
    sandboxes.run({ spec, payload, requestId, ...context }),
  );
  return invokeOutput(result, input.LogType === 'Tail' ? logTail : undefined);
}

function invokeOutput(result: FunctionResult, logTail: string | undefined): InvokeOutput {
  return {
    StatusCode: 200,
    ExecutedVersion: LATEST,
    Payload: result.payload,
    ...(result.functionError === undefined ? {} : { FunctionError: result.functionError }),
    ...(logTail === undefined ? {} : { LogResult: logTail }),
  };
}
