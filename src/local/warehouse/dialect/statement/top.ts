import { isBlank, isSign, keyword, type Token } from '../../../../sql-lexer.ts';
import { notLocal, syntaxError } from '../sql-error.ts';
import { closingIndex, previousIndex, skipBlank, sql } from '../token/token-list.ts';

const ENDS = new Set(['union', 'intersect', 'except', 'minus', 'limit', 'offset', 'loop']);

/** Writes `SELECT TOP n …` as `SELECT … LIMIT n`, in every query of the statement. */
export function moveTop(tokens: readonly Token[]): readonly Token[] {
  let out = tokens;
  for (let index = findTop(out, 0); index >= 0; index = findTop(out, index)) out = moveOne(out, index);
  return out;
}

/** Index of a TOP that follows SELECT [ALL | DISTINCT] and is followed by a number. */
function findTop(tokens: readonly Token[], from: number): number {
  for (let index = from; index < tokens.length; index++) {
    if (keyword(tokens[index]) !== 'top') continue;
    const before = previousIndex(tokens, index);
    const start = /^(all|distinct)$/.test(keyword(tokens[before])) ? previousIndex(tokens, before) : before;
    const next = tokens[skipBlank(tokens, index + 1)];
    const isCount = next?.kind === 'number' || next?.kind === 'parameter';
    if (keyword(tokens[start]) === 'select' && isCount) return index;
  }
  return -1;
}

function moveOne(tokens: readonly Token[], index: number): readonly Token[] {
  const count = skipBlank(tokens, index + 1);
  const end = endOfQuery(tokens, count + 1);
  const stop = tokens[end];
  if (stop && ENDS.has(keyword(stop)) && keyword(stop) !== 'loop') {
    throw keyword(stop) === 'limit'
      ? syntaxError(stop)
      : notLocal('TOP beside a set operator', 'use LIMIT in a subquery');
  }
  const body = tokens.slice(count + 1, end);
  const last = body.findLastIndex((token) => !isBlank(token)) + 1;
  return [
    ...tokens.slice(0, index),
    ...body.slice(skipBlank(body, 0), last),
    ...sql` LIMIT ${tokens.slice(count, count + 1)}`,
    ...body.slice(last),
    ...tokens.slice(end),
  ];
}

/** The query ends with its statement, its parenthesis, or a word that cannot be inside it. */
function endOfQuery(tokens: readonly Token[], from: number): number {
  let index = from;
  while (index < tokens.length) {
    const token = tokens[index];
    if (isSign(token, ')') || isSign(token, ';') || ENDS.has(keyword(token))) return index;
    index = isSign(token, '(') ? closingIndex(tokens, index) + 1 : index + 1;
  }
  return tokens.length;
}
