import type { IncomingMessage } from 'node:http';
import type { Service } from '../contracts.ts';
import type { Answer, Exchange } from './exchange.ts';
import { unknownService } from './unknown-operation.ts';

/** `GET /` and `GET /health`: which services and operations answer here. Undefined for any other request. */
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
