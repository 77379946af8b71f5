import { isSign, keyword, type Token } from '../../../../sql-lexer.ts';
import { notRedshift, syntaxError } from '../sql-error.ts';
import { translateQuery } from '../statement/query.ts';
import { findWord, skipBlank, sql, trim } from '../token/token-list.ts';
import type { Piece, Place } from './piece.ts';

/**
 * EXECUTE of a text: the text is known when it runs, and translated then, by the session that waits for the statement.
 * It may turn out to be a TRUNCATE, which commits.
 */
export function translateExecute(tokens: readonly Token[], place: Place): Piece {
  refuseUsing(tokens);
  const execute = findWord(tokens, ['execute']);
  const into = findWord(tokens, ['into'], execute);
  const end = into < 0 ? tokens.length : into;
  const mayCommit = !place.isNested && (!place.isHandler || place.isNonatomic) && place.fixed === undefined;
  const call = writeCall(tokens.slice(execute + 1, end), mayCommit, place.guards);
  const target = into < 0 ? [] : [...sql` `, ...tokens.slice(into)];
  const written = [...tokens.slice(0, execute + 1), ...call, ...target];
  if (!mayCommit) return { tokens: written };
  const commits = sql`local_warehouse.dynamic_commits()${place.isNonatomic ? ' OR local_warehouse.autocommits()' : ''}`;
  return { tokens: written, after: sql` IF ${commits} THEN COMMIT; END IF;` };
}

/** One cursor may be open at a time: a FOR loop over a query opens one, too. */
export const OPEN_CURSOR = sql` IF local_warehouse.open_cursor() THEN NULL; END IF;`;

/** OPEN cursor [FOR query | FOR EXECUTE text] */
export function translateOpen(tokens: readonly Token[]): readonly Token[] {
  return [...OPEN_CURSOR, ...sql` `, ...translateText(tokens)];
}

/** What stands before the statements of a loop; `readsRows` for one over a query. @throws WarehouseError */
export function translateLoopHeader(tokens: readonly Token[]): {
  readonly header: readonly Token[];
  readonly readsRows: boolean;
} {
  const start = findWord(tokens, ['in']);
  const isFor = keyword(tokens[0]) === 'for' && start >= 0;
  if (!isFor || tokens.some((token) => isSign(token, '..')))
    return { header: translateQuery(tokens), readsRows: false };
  const first = tokens[skipBlank(tokens, start + 1)];
  if (!isSign(first, '(') && !/^(select|with|execute)$/.test(keyword(first)))
    throw notRedshift('FOR over a cursor variable', 'use LOOP, FETCH and EXIT WHEN NOT FOUND');
  return { header: translateText(tokens), readsRows: true };
}

/** FOR record IN EXECUTE text LOOP, or OPEN cursor FOR EXECUTE text; without EXECUTE a query. */
function translateText(tokens: readonly Token[]): readonly Token[] {
  const execute = findWord(tokens, ['execute']);
  if (execute < 0) return translateQuery(tokens);
  refuseUsing(tokens);
  const loop = findWord(tokens, ['loop'], execute);
  const end = loop < 0 ? tokens.length : loop;
  return [
    ...tokens.slice(0, execute + 1),
    ...writeCall(tokens.slice(execute + 1, end), false, 0),
    ...sql` `,
    ...tokens.slice(end),
  ];
}

function writeCall(text: readonly Token[], mayCommit: boolean, guards: number): readonly Token[] {
  const expression = trim(text);
  if (expression.length === 0) throw syntaxError(undefined);
  return sql` local_warehouse.translate((${translateQuery(expression)})::text, ${String(mayCommit)}, ${String(guards)})`;
}

function refuseUsing(tokens: readonly Token[]): void {
  if (findWord(tokens, ['using']) >= 0)
    throw notRedshift('EXECUTE … USING', 'put the values in with QUOTE_LITERAL');
}
