import type { IncomingMessage } from 'node:http';
import { AwsError } from '../aws-error.ts';

/** Bytes of a refused body that are still read, and dropped, so that its sender gets to see the refusal. */
const DRAIN_LIMIT = 64 * 1024 * 1024;

/**
 * The body as UTF-8 text.
 * @param limit bytes
 * @throws AwsError RequestEntityTooLargeException; Error when the client hung up
 */
export function readBody(request: IncomingMessage, limit: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limit) chunks.push(chunk);
      else chunks.length = 0;
      if (size > DRAIN_LIMIT) request.destroy();
    });
    request.on('end', () => {
      if (size > limit) reject(tooLarge(size, limit));
      else resolve(chunks.length === 1 ? (chunks[0] as Buffer).toString() : Buffer.concat(chunks).toString());
    });
    request.on('error', reject);
    request.on('close', () => {
      if (!request.complete) reject(new Error('The client hung up before its request was complete.'));
    });
  });
}

const tooLarge = (size: number, limit: number) =>
  new AwsError(
    'RequestEntityTooLargeException',
    `Request must be smaller than ${limit} bytes, this one has ${size}.`,
    413,
  );
