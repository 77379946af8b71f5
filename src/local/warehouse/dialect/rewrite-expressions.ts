import { isSign, keyword, type Token } from '../../../sql-lexer.ts';
import { readType } from './data-types.ts';
import { CALL_RULES, type FunctionCall } from './function-calls.ts';
import { readGroup, rewriteWindow } from './query/window-functions.ts';
import { refuseFunction } from './refused/refused-functions.ts';
import { quoteForPostgres } from './reserved-words.ts';
import { roundLiteral } from './round-literal.ts';
import { syntaxError } from './sql-error.ts';
import { closingIndex, previousIndex, skipBlank, splitAtCommas, sql, trim } from './token/token-list.ts';

interface Step {
  readonly tokens: readonly Token[];
  readonly end: number;
}

/** Writes Redshift's functions, types and words for PostgreSQL, wherever an expression may stand. */
export function rewriteExpressions(tokens: readonly Token[]): readonly Token[] {
  const out: Token[] = [];
  for (let index = 0; index < tokens.length; ) {
    const step = rewriteAt(tokens, index);
    out.push(...step.tokens);
    index = step.end;
  }
  return out;
}

function rewriteAt(tokens: readonly Token[], index: number): Step {
  const token = tokens[index] as Token;
  if (isSign(token, '::')) {
    const { tokens: type, end } = readType(tokens, index + 1, 'cast');
    return { tokens: [token, ...type], end };
  }
  if (
    (token.kind === 'number' || token.kind === 'string') &&
    isSign(tokens[skipBlank(tokens, index + 1)], '::')
  ) {
    const { tokens: type, end } = readType(tokens, skipBlank(tokens, index + 1) + 1, 'cast');
    return { tokens: sql`${roundLiteral([token], type)}::${type}`, end };
  }
  if (token.kind !== 'word' || isSign(tokens[previousIndex(tokens, index)], '.'))
    return { tokens: [token], end: index + 1 };
  const next = skipBlank(tokens, index + 1);
  const isCalled = isSign(tokens[next], '(') && !token.text.startsWith('#');
  if (isCalled) return rewriteCall(tokens, index, next);
  return { tokens: rewriteWord(tokens, index, next), end: index + 1 };
}

/** Words that are functions without parentheses, set operators, and names of temporary tables. */
function rewriteWord(tokens: readonly Token[], index: number, next: number): readonly Token[] {
  const token = tokens[index] as Token;
  const word = keyword(token);
  const before = previousIndex(tokens, index);
  const following = keyword(tokens[next]);
  if (word.startsWith('#')) return nameTemporary(token, tokens, before);
  if (keyword(tokens[before]) === 'as') return [token];
  if (word === 'sysdate') return sql`sysdate()`;
  if (word === 'minus' && /^(select|with)$/.test(following)) return sql`EXCEPT`;
  if (word === 'approximate' && /^(count|percentile_disc)$/.test(following)) return [];
  return [quoteForPostgres(token)];
}

/** `SELECT … INTO #name` makes a temporary table; `INSERT INTO #name` does not. */
function nameTemporary(token: Token, tokens: readonly Token[], before: number): readonly Token[] {
  const name: Token = { kind: 'name', text: `"${keyword(token)}"` };
  const isMade =
    keyword(tokens[before]) === 'into' &&
    !/^(insert|merge)$/.test(keyword(tokens[previousIndex(tokens, before)]));
  return isMade ? sql`TEMP ${[name]}` : [name];
}

function rewriteCall(tokens: readonly Token[], index: number, open: number): Step {
  const token = tokens[index] as Token;
  const name = keyword(token);
  if (name === 'minus') return { tokens: sql`EXCEPT`, end: index + 1 };
  if (!isCall(tokens, index)) return { tokens: [token], end: index + 1 };
  refuseFunction(name);
  const close = closingIndex(tokens, open);
  if (close === tokens.length) throw syntaxError(undefined);
  const over = rewriteWindow(tokens, index, open, rewriteExpressions);
  if (over) return over;
  if (name === 'listagg') return writeListagg(tokens, open, close, rewriteExpressions);
  const rule = Object.hasOwn(CALL_RULES, name) ? CALL_RULES[name] : undefined;
  if (!rule) return { tokens: [token], end: index + 1 };
  const inside = rewriteExpressions(tokens.slice(open + 1, close));
  const call: FunctionCall = { name: token, args: splitAtCommas(inside), inside };
  return { tokens: rule(call), end: close + 1 };
}

/** `INSERT INTO decode (…)` names a table and `AS len (…)` an alias: a call follows an operator, a comma or a clause. */
function isCall(tokens: readonly Token[], index: number): boolean {
  return !/^(into|table|call|update|as|references|view|procedure|function|index)$/.test(
    keyword(tokens[previousIndex(tokens, index)]),
  );
}

/**
 * Writes LISTAGG([DISTINCT] value [, delimiter]) [WITHIN GROUP (ORDER BY …)] as STRING_AGG or, where
 * values must be distinct, as an aggregate of our own that keeps the type they are ordered by.
 * @param open index of the parenthesis behind the name, `close` of the one that closes it
 */
function writeListagg(
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
  const order = group.order.length === 0 ? [] : sql` ORDER BY ${rewrite(group.order)}`;
  if (isDistinct) return { tokens: sql`listagg(DISTINCT ${value}, ${delimiter}${order})`, end: group.end };
  return { tokens: sql`string_agg((${value})::text, ${delimiter}${order})`, end: group.end };
}
