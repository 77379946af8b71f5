import type { IncomingMessage } from 'node:http';
import { withoutUndefined } from '../answer-members.ts';
import type { AwsError } from '../aws-error.ts';
import type { Service } from '../contracts.ts';
import type { Answer, Exchange, Protocol } from './exchange.ts';
import { findOperation } from './service-listing.ts';

/** Bytes: Lambda's limit of a synchronous payload. */
const BODY_LIMIT = 6 * 1024 * 1024;

const INVOKE_PATH = /^\/2015-03-31\/functions\/([^/?]+)\/invocations\/?(?:\?(.*))?$/;
const LIST_PATH = /^\/2015-03-31\/functions\/?(?:\?(.*))?$/;

/** What the service named `lambda` answers to `Invoke`. */
interface Invocation {
  readonly StatusCode: number;
  readonly FunctionError?: string;
  readonly ExecutedVersion?: string;
  readonly LogResult?: string;
  readonly Payload?: string;
}

/**
 * Lambda's REST dialect, for invoking and listing functions. The payload is the body, everything else headers.
 * https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 */
export const lambdaProtocol: Protocol = (request, services) => {
  const url = request.url ?? '';
  if (!/^\/20\d\d-\d\d-\d\d\/functions(\/|\?|$)/.test(url)) return undefined;
  const service = services.find(({ name }) => name === 'lambda') ?? { name: 'lambda', operations: {} };
  const invoke = request.method === 'POST' ? INVOKE_PATH.exec(url) : null;
  if (invoke) return invokeExchange(request, service, decodeName(invoke[1] ?? ''), invoke[2] ?? '');
  const list = request.method === 'GET' ? LIST_PATH.exec(url) : null;
  if (list) return listExchange(service, list[1] ?? '');
  return exchange(service, `${request.method} ${url.split('?')[0]}`, () => ({}), writeJson);
};

function invokeExchange(request: IncomingMessage, service: Service, name: string, query: string): Exchange {
  const input = (body: string) =>
    withoutUndefined({
      FunctionName: name,
      InvocationType: header(request, 'x-amz-invocation-type') ?? 'RequestResponse',
      LogType: header(request, 'x-amz-log-type'),
      ClientContext: header(request, 'x-amz-client-context'),
      Qualifier: new URLSearchParams(query).get('Qualifier') ?? undefined,
      Payload: body,
    });
  return exchange(service, 'Invoke', input, (output) => writeInvocation(output as Invocation));
}

function listExchange(service: Service, query: string): Exchange {
  const parameters = new URLSearchParams(query);
  const input = () =>
    withoutUndefined({
      FunctionVersion: parameters.get('FunctionVersion') ?? undefined,
      Marker: parameters.get('Marker') ?? undefined,
      MaxItems: parameters.has('MaxItems') ? Number(parameters.get('MaxItems')) : undefined,
    });
  return exchange(service, 'ListFunctions', input, writeJson);
}

function exchange(
  service: Service,
  operation: string,
  input: (body: string) => object,
  writeResult: (output: object) => Answer,
): Exchange {
  return {
    bodyLimit: BODY_LIMIT,
    decode: (body) => {
      const run = findOperation(service, operation);
      return { service: service.name, operation, run, input: input(body) };
    },
    writeResult,
    writeError,
  };
}

function writeInvocation(output: Invocation): Answer {
  const headers = withoutUndefined({
    'content-type': 'application/json',
    'x-amz-function-error': output.FunctionError,
    'x-amz-executed-version': output.ExecutedVersion,
    'x-amz-log-result': output.LogResult,
  });
  return { status: output.StatusCode, headers, body: output.Payload ?? '' };
}

const writeJson = (output: object): Answer => ({
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(output),
});

function writeError(error: AwsError): Answer {
  const body = { Type: error.status < 500 ? 'User' : 'Service', Message: error.message, ...error.fields };
  const headers = { 'content-type': 'application/json', 'x-amzn-ErrorType': error.name };
  return { status: error.status, headers, body: JSON.stringify(body) };
}

function header(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === 'string' ? value : undefined;
}

/** A function's ARN is percent-encoded in the path; a name that is not decodable stays as it is and is not found. */
function decodeName(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return encoded;
  }
}
