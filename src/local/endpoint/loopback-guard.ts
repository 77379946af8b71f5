import type { IncomingMessage } from 'node:http';
import { AwsError } from '../aws-error.ts';

const LOOPBACK_NAMES = ['127.0.0.1', 'localhost', '[::1]'];

/**
 * Keeps web pages out: the endpoint runs SQL for anybody who reaches it, and a browser on this machine does, by a
 * form (caught by its Origin), by a link or image (caught by Sec-Fetch-Site) or by a name that resolves to loopback
 * (caught by its Host).
 * @returns what to refuse the request with, or undefined
 */
export function createLoopbackGuard(port: number): (request: IncomingMessage) => AwsError | undefined {
  const hosts = new Set(LOOPBACK_NAMES.map((name) => `${name}:${port}`));
  if (port === 80) for (const name of LOOPBACK_NAMES) hosts.add(name);
  const origins = new Set([...hosts].map((host) => `http://${host}`));

  return ({ headers }) => {
    if (!hosts.has(headers.host?.toLowerCase() ?? '')) {
      return refusal(
        `Host ${headers.host ?? '(none)'} is refused: only ${[...hosts].join(', ')} are served.`,
      );
    }
    if (headers.origin !== undefined && !origins.has(headers.origin.toLowerCase())) {
      return refusal(
        `Origin ${headers.origin} is refused: web pages of other origins may not call this endpoint.`,
      );
    }
    const site = headers['sec-fetch-site'];
    if (site === 'cross-site' || site === 'same-site') {
      return refusal('Web pages of other origins may not call this endpoint.');
    }
    return undefined;
  };
}

const refusal = (message: string) => new AwsError('AccessDeniedException', message, 403);
