import { boundedText, constraint, invalidToken } from './request.ts';

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

/** Where an item stands in its list. */
type Order = number | string;

/** A list, and what its tokens are good for. */
export interface PageRules<T> {
  /** The question that a token belongs to: it cannot be used with another one. */
  readonly scope: string;
  /** The list is sorted by it, upwards. */
  orderOf(item: T): Order;
  /** Longest nextToken that is looked at. */
  readonly tokenCharacters: number;
}

/**
 * One page of a sorted list. A token tells where the last page ended, so that what comes or goes meanwhile neither repeats
 * nor hides an item.
 * @throws AwsError InvalidToken, ValidationException for a maxResults outside 0 to 1,000 (0: the default, 100) and for a
 * nextToken that is empty or too long
 */
export function pageOf<T>(
  all: readonly T[],
  { maxResults = 0, nextToken }: PageRequest,
  { scope, orderOf, tokenCharacters }: PageRules<T>,
): Page<T> {
  checkRequest(maxResults, nextToken, tokenCharacters);
  const after = nextToken === undefined ? undefined : readToken(nextToken, scope);
  const rest = all.filter((item) => after === undefined || orderOf(item) > after);
  const items = rest.slice(0, maxResults === 0 ? DEFAULT_PAGE : maxResults);
  const last = items.at(-1);
  if (last === undefined || items.length === rest.length) return { items };
  return { items, nextToken: writeToken(orderOf(last), scope) };
}

function checkRequest(maxResults: number, nextToken: string | undefined, tokenCharacters: number): void {
  if (!Number.isInteger(maxResults) || maxResults < 0)
    throw constraint(maxResults, 'maxResults', 'Member must have value greater than or equal to 0');
  if (maxResults > LARGEST_PAGE)
    throw constraint(
      maxResults,
      'maxResults',
      `Member must have value less than or equal to ${LARGEST_PAGE}`,
    );
  if (nextToken === '')
    throw constraint('', 'nextToken', 'Member must have length greater than or equal to 1');
  boundedText(nextToken, 'nextToken', tokenCharacters);
}

function writeToken(order: Order, scope: string): string {
  return Buffer.from(JSON.stringify([order, scope])).toString('base64url');
}

function readToken(token: string, scope: string): Order {
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(token, 'base64url').toString());
  } catch {
    throw invalidToken();
  }
  const [order, tokenScope] = Array.isArray(parts) ? parts : [];
  if (tokenScope !== scope || !(Number.isInteger(order) || typeof order === 'string')) throw invalidToken();
  return order;
}
