import type { SqlToken } from './sql-tokens.ts';
import { endOfGroup } from './token-places.ts';

/** Names without a schema that a text makes itself: CTEs, temporary tables, cursors. */
export function findLocalNames(tokens: readonly SqlToken[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const [at, token] of tokens.entries()) {
    if (token.kind === 'sign') continue;
    const found = commonTable(tokens, at) ?? temporaryTable(tokens, at) ?? cursor(tokens, at);
    if (found !== undefined) names.add(found);
  }
  return names;
}

/** `WITH x AS (`, `WITH x (a, b) AS (`, `, y AS (`. */
function commonTable(tokens: readonly SqlToken[], at: number): string | undefined {
  const before = tokens[at - 1]?.text;
  if (before !== 'with' && before !== 'recursive' && before !== ',') return undefined;
  const next = tokens[at + 1]?.text === '(' ? endOfGroup(tokens, at + 1) + 1 : at + 1;
  return tokens[next]?.text === 'as' && tokens[next + 1]?.text === '(' ? tokens[at]?.text : undefined;
}

/** `CREATE TEMP TABLE [IF NOT EXISTS] x`. */
function temporaryTable(tokens: readonly SqlToken[], at: number): string | undefined {
  const words = tokens
    .slice(Math.max(0, at - 7), at)
    .map(({ text }) => text)
    .join(' ');
  return /\bcreate (?:local )?temp(?:orary)? table(?: if not exists)?$/.test(words)
    ? tokens[at]?.text
    : undefined;
}

/** `c CURSOR FOR`, `c refcursor`. */
function cursor(tokens: readonly SqlToken[], at: number): string | undefined {
  return /^(?:cursor|refcursor)$/.test(tokens[at + 1]?.text ?? '') ? tokens[at]?.text : undefined;
}
