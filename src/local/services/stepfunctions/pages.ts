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
 * One page of a list that is sorted by `orderOf`, upwards. A token tells where the last page ended, so that what comes
 * or goes meanwhile neither repeats nor hides an item; and the question it belongs to (`scope`), so that it cannot be
 * used with another one.
 * @throws AwsError InvalidToken, ValidationException for a maxResults outside 0 to 1,000 (0: the default, 100)
 */
export function pageOf<T>(
  all: readonly T[],
  { maxResults = 0, nextToken }: PageRequest,
  scope: string,
  orderOf: (item: T) => number,
): Page<T> {
  if (!Number.isInteger(maxResults) || maxResults < 0 || maxResults > LARGEST_PAGE) {
    throw constraint(maxResults, 'maxResults', `Member must have value between 0 and ${LARGEST_PAGE}`);
  }
  const after = nextToken === undefined ? Number.NEGATIVE_INFINITY : readToken(nextToken, scope);
  const rest = all.filter((item) => orderOf(item) > after);
  const items = rest.slice(0, maxResults === 0 ? DEFAULT_PAGE : maxResults);
  const last = items.at(-1);
  if (last === undefined || items.length === rest.length) return { items };
  return { items, nextToken: writeToken(orderOf(last), scope) };
}

function writeToken(order: number, scope: string): string {
  return Buffer.from(JSON.stringify([order, scope])).toString('base64url');
}

function readToken(token: string, scope: string): number {
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(token, 'base64url').toString());
  } catch {
    throw invalidToken();
  }
  const [order, tokenScope] = Array.isArray(parts) ? parts : [];
  if (tokenScope !== scope || !Number.isInteger(order)) throw invalidToken();
  return order;
}
