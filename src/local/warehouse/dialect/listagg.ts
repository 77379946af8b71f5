import { syntaxError } from './sql-error.ts';
import { isSign, keyword, type Token } from './token/token.ts';
import { closingIndex, skipBlank, splitAtCommas, sql, trim } from './token/token-list.ts';

/**
 * Writes LISTAGG([DISTINCT] value [, delimiter]) [WITHIN GROUP (ORDER BY …)] as STRING_AGG or, where
 * values must be distinct, as an aggregate of our own that keeps the type they are ordered by.
 * @param open index of the parenthesis behind the name, `close` of the one that closes it
 */
export function writeListagg(
  tokens: readonly Token[],
  open: number,
  close: number,
  rewrite: (tokens: readonly Token[]) => readonly Token[],
): { tokens: readonly Token[]; end: number } {
  const inside = trim(tokens.slice(open + 1, close));
  const isDistinct = keyword(inside[0]) === 'distinct';
  const [value, delimiter = sql`''`] = splitAtCommas(rewrite(isDistinct ? inside.slice(1) : inside)).map(
    trim,
  );
  if (!value || value.length === 0) throw syntaxError(tokens[close]);
  const group = readGroup(tokens, close + 1);
  const order = rewrite(group.order);
  if (isDistinct) return { tokens: sql`listagg(DISTINCT ${value}, ${delimiter}${order})`, end: group.end };
  return { tokens: sql`string_agg((${value})::text, ${delimiter}${order})`, end: group.end };
}

function readGroup(tokens: readonly Token[], from: number): { order: readonly Token[]; end: number } {
  const within = skipBlank(tokens, from);
  if (keyword(tokens[within]) !== 'within') return { order: [], end: from };
  const group = skipBlank(tokens, within + 1);
  const open = skipBlank(tokens, group + 1);
  if (keyword(tokens[group]) !== 'group' || !isSign(tokens[open], '(')) throw syntaxError(tokens[group]);
  const close = closingIndex(tokens, open);
  return { order: [...sql` `, ...tokens.slice(open + 1, close)], end: close + 1 };
}
