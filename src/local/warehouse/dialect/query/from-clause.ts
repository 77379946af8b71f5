import { isSign, keyword, type Token } from '../../../../sql-lexer.ts';
import { closingIndex, significant } from '../token/token-list.ts';

/** What a query reads from: `table` is empty for a subquery or a function. Names are in lower case. */
export interface FromItem {
  readonly table: string;
  readonly alias: string;
  /** The alias as it is written. */
  readonly name: readonly Token[];
}

export interface FromClause {
  readonly items: readonly FromItem[];
  /** What stands behind each ON. */
  readonly conditions: readonly (readonly Token[])[];
  readonly hasOuterJoin: boolean;
  /** True for USING and NATURAL. */
  readonly joinsByName: boolean;
}

const BOUNDARY = /^(join|inner|cross|natural|left|right|full|outer|on|using)$/;

/** Reads what stands behind FROM or USING. */
export function readFrom(tokens: readonly Token[]): FromClause {
  const parts = cutAtJoins(significant(tokens));
  const inner = parts.flatMap(({ word, tokens: part }) => (word === 'join' ? readSource(part) : []));
  const nested = inner.flatMap((source) => ('items' in source ? [source] : []));
  const has = (words: RegExp) => parts.some(({ word }) => words.test(word));
  return {
    items: inner.flatMap((source) => ('items' in source ? source.items : [source])),
    conditions: [
      ...parts.filter(({ word }) => word === 'on').map((part) => part.tokens),
      ...nested.flatMap(({ conditions }) => conditions),
    ],
    hasOuterJoin: has(/^(left|right|full)$/) || nested.some((from) => from.hasOuterJoin),
    joinsByName: has(/^(using|natural)$/) || nested.some((from) => from.joinsByName),
  };
}

interface Part {
  /** `join` before a table, `on` before a condition, or another word of a join. */
  readonly word: string;
  readonly tokens: Token[];
}

function cutAtJoins(tokens: readonly Token[]): readonly Part[] {
  const parts: Part[] = [{ word: 'join', tokens: [] }];
  for (let index = 0; index < tokens.length; ) {
    const token = tokens[index] as Token;
    const word = keyword(token);
    const isFunction = /^(left|right)$/.test(word) && isSign(tokens[index + 1], '(');
    const end = isSign(token, '(') ? closingIndex(tokens, index) + 1 : index + 1;
    if (isSign(token, ',')) parts.push({ word: 'join', tokens: [] });
    else if (BOUNDARY.test(word) && !isFunction) parts.push({ word, tokens: [] });
    else parts.at(-1)?.tokens.push(...tokens.slice(index, end));
    index = end;
  }
  return parts;
}

function readSource(tokens: readonly Token[]): readonly (FromItem | FromClause)[] {
  const close = isSign(tokens[0], '(') ? closingIndex(tokens, 0) : -1;
  const isJoin = close > 0 && !/^(select|with)?$/.test(keyword(tokens[1]));
  if (isJoin) return [readFrom(tokens.slice(1, close))];
  const end = close > 0 ? close + 1 : endOfName(tokens);
  const table = close > 0 ? '' : fold(tokens.slice(0, end));
  const call = isSign(tokens[end], '(') ? closingIndex(tokens, end) + 1 : end;
  const named = keyword(tokens[call]) === 'as' ? call + 1 : call;
  const name = named < tokens.length ? tokens.slice(named, named + 1) : tokens.slice(end - 1, end);
  const alias = named < tokens.length || close < 0 ? fold(name) : '';
  return tokens.length === 0 ? [] : [{ table: call > end ? '' : table, alias, name }];
}

/** The length of a name at the start of tokens: `a`, `a.b`, `a.b.c`. */
export function endOfName(tokens: readonly Token[]): number {
  let end = 1;
  while (isSign(tokens[end], '.')) end += 2;
  return end;
}

/** A name as names are compared. */
export function fold(tokens: readonly Token[]): string {
  return tokens.map(({ kind, text }) => (kind === 'name' ? text.slice(1, -1) : text).toLowerCase()).join('');
}
