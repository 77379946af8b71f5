import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { AwsError } from '../aws-error.ts';

/** Web pages that are served at the address of the API. They get what is no request to AWS, after the guard. */
export interface Pages {
  /** Their path, `/console`. They get every request to it and below it, and GET and HEAD of `/`. */
  readonly path: string;
  readonly listener: RequestListener;
}

/**
 * Whether a request is for the pages. What a client accepts does not count: browsers and SDKs accept anything. A request to AWS names
 * its operation in a header, is signed, or asks for an Action; the paths of Lambda and SQS are not those of the pages.
 */
export function isForPages(request: IncomingMessage, pages: Pages): boolean {
  if (isAwsRequest(request)) return false;
  const [path = ''] = (request.url ?? '').split('?');
  if (path === pages.path || path.startsWith(`${pages.path}/`)) return true;
  return path === '/' && (request.method === 'GET' || request.method === 'HEAD');
}

function isAwsRequest({ headers, url = '' }: IncomingMessage): boolean {
  if (headers['x-amz-target'] !== undefined) return true;
  if (/^AWS[34]/.test(headers.authorization ?? '')) return true;
  const query = new URLSearchParams(url.split('?')[1]);
  return query.has('Action') || query.has('X-Amz-Algorithm');
}

/** Serves the pages' requests and ends their streams when the endpoint closes. */
export function createPageServer({ listener }: Pages) {
  const open = new Set<ServerResponse>();
  return {
    serve(request: IncomingMessage, response: ServerResponse): void {
      open.add(response);
      response.once('close', () => open.delete(response));
      listener(request, response);
    },
    /** A stream of events has no end of its own. */
    close(): void {
      for (const response of open) response.destroy();
    },
  };
}

/** Refuses a request for the pages, in words for a person. */
export function refusePage(response: ServerResponse, { status, message }: AwsError): void {
  response.writeHead(status, {
    'content-type': 'text/plain; charset=utf-8',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
    connection: 'close',
  });
  response.end(`${message}\n`);
}
