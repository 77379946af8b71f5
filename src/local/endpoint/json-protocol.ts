import { AwsError } from '../aws-error.ts';
import type { Service } from '../contracts.ts';
import type { Answer, Exchange, Protocol } from './exchange.ts';
import { findOperation, unknownService } from './service-listing.ts';

/** Bytes. A batch of the Data API may hold forty statements of 200 KB, before they are escaped into the request. */
const BODY_LIMIT = 16 * 1024 * 1024;

/**
 * AWS JSON 1.0 and 1.1: `X-Amz-Target: Prefix.Operation`, timestamps as epoch seconds.
 * https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html
 */
export const jsonProtocol: Protocol = (request, services) => {
  const target = request.headers['x-amz-target'];
  if (typeof target !== 'string') return undefined;
  const dot = target.lastIndexOf('.');
  const prefix = target.slice(0, Math.max(dot, 0));
  const service = services.find((candidate) => candidate.json?.targetPrefix === prefix);
  return jsonExchange(service, target, target.slice(dot + 1), services);
};

function jsonExchange(
  service: Service | undefined,
  target: string,
  operation: string,
  services: readonly Service[],
): Exchange {
  const contentType = `application/x-amz-json-${service?.json?.version ?? '1.1'}`;
  return {
    bodyLimit: BODY_LIMIT,
    decode: (body) => {
      if (service === undefined) throw unknownService(`X-Amz-Target ${target}`, services);
      const run = findOperation(service, operation);
      return { service: service.name, operation, run, input: parseInput(body) };
    },
    writeResult: (output) => ({
      status: 200,
      headers: { 'content-type': contentType },
      body: JSON.stringify(output),
    }),
    writeError: (error) => writeError(error, contentType, service),
  };
}

function parseInput(body: string): object {
  let input: unknown;
  try {
    input = body === '' ? {} : JSON.parse(body);
  } catch (error) {
    throw new AwsError('SerializationException', `The request body is not JSON: ${(error as Error).message}`);
  }
  if (typeof input === 'object' && input !== null && !Array.isArray(input)) return input;
  throw new AwsError('SerializationException', 'The request body must be a JSON object.');
}

function writeError(error: AwsError, contentType: string, service: Service | undefined): Answer {
  const headers: Record<string, string> = { 'content-type': contentType, 'x-amzn-errortype': error.name };
  if (service?.query) {
    const code = service.query.errorCodes?.[error.name] ?? error.name;
    headers['x-amzn-query-error'] = `${code};${error.status < 500 ? 'Sender' : 'Receiver'}`;
  }
  const body = JSON.stringify({ __type: error.name, message: error.message, ...error.fields });
  return { status: error.status, headers, body };
}
