import type { IncomingMessage } from 'node:http';
import { AwsError } from '../aws-error.ts';
import type { Operation, Service } from '../contracts.ts';
import type { Answer, Exchange } from './exchange.ts';

/**
 * `GET /health`, and `GET /` where there are no pages: which services and operations answer here. Undefined for any other request.
 */
export function writeListing(request: IncomingMessage, services: readonly Service[]): Answer | undefined {
  if (request.method !== 'GET' || (request.url !== '/' && request.url !== '/health')) return undefined;
  const listing = Object.fromEntries(services.map(({ name, operations }) => [name, Object.keys(operations)]));
  return jsonAnswer(200, { status: 'ready', services: listing });
}

/** For a request in no protocol that is spoken here: says which services there are. */
export function unmatchedExchange(request: IncomingMessage, services: readonly Service[]): Exchange {
  return {
    bodyLimit: 64 * 1024,
    decode: () => {
      throw unknownService(`${request.method} ${request.url?.split('?')[0]} without X-Amz-Target`, services);
    },
    writeResult: (output) => jsonAnswer(200, output),
    writeError: (error) => ({
      ...jsonAnswer(error.status, { __type: error.name, message: error.message }),
      headers: { 'content-type': 'application/json', 'x-amzn-errortype': error.name },
    }),
  };
}

const jsonAnswer = (status: number, body: object): Answer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

/**
 * The operation of a service, by name.
 * @throws AwsError UnknownOperationException, with the operations that there are
 */
export function findOperation(service: Service, operation: string): Operation {
  if (Object.hasOwn(service.operations, operation)) return service.operations[operation] as Operation;
  const supported = Object.keys(service.operations).join(', ');
  throw unknownOperation(
    `The local ${service.name} has no operation ${operation || '(none named)'}. Supported: ${supported}.`,
  );
}

/** For a request that no service takes. */
export function unknownService(wanted: string, services: readonly Service[]): AwsError {
  const supported = services.map((service) => service.name).join(', ');
  return unknownOperation(`No local service takes ${wanted}. Supported services: ${supported}.`);
}

const unknownOperation = (message: string) => new AwsError('UnknownOperationException', message);
