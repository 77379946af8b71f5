import { constraint } from './request.ts';
import { invalidToken } from './service-errors.ts';

const LARGEST_PAGE = 1_000;
const DEFAULT_PAGE = 100;

export interface PageRequest {
  readonly maxResults?: number;
  readonly nextToken?: string;
}
export interface Page<T> {
  readonly items: readonly T[];
  readonly nextToken?: string;
}

/**
 * One page of a list. A token names the question it belongs to (`scope`), so that it cannot be used with another one.
 * @throws AwsError InvalidToken, ValidationException for a maxResults outside 0 to 1,000 (0: the default, 100)
 */
export function pageOf<T>(
  all: readonly T[],
  { maxResults = 0, nextToken }: PageRequest,
  scope: string,
): Page<T> {
  if (!Number.isInteger(maxResults) || maxResults < 0 || maxResults > LARGEST_PAGE) {
    throw constraint(maxResults, 'maxResults', `Member must have value between 0 and ${LARGEST_PAGE}`);
  }
  const start = nextToken === undefined ? 0 : readToken(nextToken, scope);
  const end = start + (maxResults === 0 ? DEFAULT_PAGE : maxResults);
  const items = all.slice(start, end);
  return end < all.length ? { items, nextToken: writeToken(end, scope) } : { items };
}

function writeToken(offset: number, scope: string): string {
  return Buffer.from(JSON.stringify([offset, scope])).toString('base64url');
}

function readToken(token: string, scope: string): number {
  try {
    const [offset, tokenScope] = JSON.parse(Buffer.from(token, 'base64url').toString()) as unknown[];
    if (tokenScope === scope && Number.isInteger(offset)) return offset as number;
  } catch {
    throw invalidToken();
  }
  throw invalidToken();
}
