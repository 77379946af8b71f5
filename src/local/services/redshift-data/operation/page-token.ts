import { createHash } from 'node:crypto';
import { AwsError } from '../../../aws-error.ts';

/**
 * An opaque NextToken that holds only for the request it was made for.
 * @param scope what has to be the same in the next request, e.g. the statement's id or the list's filters
 */
export function writePageToken(scope: string, position: number): string {
  return Buffer.from(JSON.stringify([digest(scope), position])).toString('base64url');
}

/** @throws AwsError ValidationException for a token that was not made for this request */
export function readPageToken(scope: string, token: string): number {
  try {
    const [owner, position] = JSON.parse(Buffer.from(token, 'base64url').toString()) as unknown[];
    if (owner === digest(scope) && typeof position === 'number') return position;
  } catch {
    // Not one of ours: the same answer as for one of another request.
  }
  throw new AwsError('ValidationException', 'Invalid NextToken.');
}

const digest = (scope: string) => createHash('sha256').update(scope).digest('base64url').slice(0, 16);
