import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { AwsError } from '../aws-error.ts';
import { LOCAL_REGION, type Service } from '../contracts.ts';
import type { Answer, Call, Exchange } from './exchange.ts';
import { jsonProtocol } from './json-protocol.ts';
import { lambdaProtocol } from './lambda-protocol.ts';
import { createPageServer, isForPages, type Pages, refusePage } from './pages.ts';
import { queryProtocol } from './query-protocol.ts';
import { readBody } from './read-body.ts';
import { unmatchedExchange, writeListing } from './service-listing.ts';

/**
 * Wraps one call; `next` runs the operation. What it returns or throws is what the client sees; undefined drops the
 * connection without an answer.
 */
export type Intercept = (
  call: Pick<Call, 'service' | 'operation' | 'input'>,
  next: () => Promise<object>,
) => Promise<object | undefined>;

/** Something an operation threw that is no answer for a client. */
export interface RequestFault {
  readonly service: string;
  readonly operation: string;
  readonly requestId: string;
  readonly error: unknown;
}

export interface RequestHandlerOptions {
  readonly services: readonly Service[];
  readonly guard: (request: IncomingMessage) => AwsError | undefined;
  readonly pages?: Pages | undefined;
  readonly intercept: Intercept;
  readonly reportFault: (fault: RequestFault) => void;
}

const PROTOCOLS = [jsonProtocol, lambdaProtocol, queryProtocol];

/** From an HTTP request to its answer: guard, protocol, operation. Never throws. */
export function createRequestHandler(options: RequestHandlerOptions) {
  const { pages } = options;
  const pageServer = pages && createPageServer(pages);
  const open = new Map<AbortController, Promise<void>>();
  let closing = false;

  const handle = (request: IncomingMessage, response: ServerResponse) => {
    if (pages && isForPages(request, pages)) {
      const refusal = options.guard(request);
      if (refusal) refusePage(response, refusal);
      else pageServer?.serve(request, response);
      return;
    }
    const abort = new AbortController();
    response.once('close', () => {
      if (!response.writableFinished) abort.abort();
    });
    const answered = answerRequest(request, options, abort.signal)
      .then(({ answer, requestId }) => send(response, answer, requestId, closing))
      // The client hung up while it was still sending, or an answer cannot be written as HTTP.
      .catch(() => void response.destroy());
    open.set(abort, answered);
    void answered.finally(() => open.delete(abort));
  };

  const close = async () => {
    closing = true;
    pageServer?.close();
    for (const abort of open.keys()) abort.abort();
    await Promise.allSettled(open.values());
  };

  return { handle, close };
}

async function answerRequest(
  request: IncomingMessage,
  options: RequestHandlerOptions,
  signal: AbortSignal,
): Promise<{ answer: Answer | undefined; requestId: string }> {
  const requestId = randomUUID();
  const exchange = findExchange(request, options.services);
  const refusal = options.guard(request);
  const body = await readBody(request, exchange.bodyLimit).catch((error: unknown) => {
    if (error instanceof AwsError) return error;
    throw error;
  });
  if (refusal) return { answer: exchange.writeError(refusal, requestId), requestId };
  if (body instanceof AwsError) return { answer: exchange.writeError(body, requestId), requestId };
  const listing = writeListing(request, options.services);
  if (listing) return { answer: listing, requestId };
  const region = readCredentialRegion(request.headers.authorization);
  const answer = await answerCall(exchange, body, { requestId, region, signal }, options);
  return { answer, requestId };
}

async function answerCall(
  exchange: Exchange,
  body: string,
  context: { readonly requestId: string; readonly region: string; readonly signal: AbortSignal },
  options: RequestHandlerOptions,
): Promise<Answer | undefined> {
  let call: Call | undefined;
  try {
    const decoded = exchange.decode(body);
    call = decoded;
    const output = await options.intercept(decoded, () => decoded.run(decoded.input as never, context));
    return output && exchange.writeResult(output, context.requestId);
  } catch (error) {
    if (error instanceof AwsError) return exchange.writeError(error, context.requestId);
    const { service = 'endpoint', operation = 'decode' } = call ?? {};
    options.reportFault({ service, operation, requestId: context.requestId, error });
    return exchange.writeError(internalFailure(context.requestId), context.requestId);
  }
}

function findExchange(request: IncomingMessage, services: readonly Service[]): Exchange {
  for (const protocol of PROTOCOLS) {
    const exchange = protocol(request, services);
    if (exchange) return exchange;
  }
  return unmatchedExchange(request, services);
}

function send(response: ServerResponse, answer: Answer | undefined, requestId: string, last: boolean): void {
  if (response.destroyed) return;
  if (answer === undefined) return void response.destroy();
  response.writeHead(answer.status, {
    ...answer.headers,
    'content-length': Buffer.byteLength(answer.body),
    'x-amzn-requestid': requestId,
    ...(last ? { connection: 'close' } : {}),
  });
  response.end(answer.body);
}

const internalFailure = (requestId: string) =>
  new AwsError('InternalFailure', `The local service failed on request ${requestId}; its log says why.`, 500);

const CREDENTIAL_SCOPE = /Credential=[^/,]+\/\d{8}\/([a-z0-9-]{1,40})\//;

/**
 * Region a request was signed for: the third part of its credential scope; the local Region when it is not signed.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-authentication-methods.html
 */
export function readCredentialRegion(authorization: string | undefined): string {
  if (authorization === undefined) return LOCAL_REGION;
  return CREDENTIAL_SCOPE.exec(authorization)?.[1] ?? LOCAL_REGION;
}
