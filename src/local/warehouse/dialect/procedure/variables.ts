import { isSign, keyword, type Token } from '../../../../sql-lexer.ts';
import { closingIndex, previousIndex, skipBlank, sql } from '../token/token-list.ts';

/** Words that PostgreSQL reads otherwise than as a name, and that name variables on Redshift. */
const KEYWORDS = new Set(
  (
    'user current_date current_time current_timestamp current_user current_role session_user localtime localtimestamp ' +
    'left right offset limit window column check default desc asc primary references collate overlaps similar'
  ).split(' '),
);

/** Quotes the variables of a body that are named like PostgreSQL's keywords, wherever they stand. */
export function quoteKeywords(tokens: readonly Token[], parameters: readonly string[]): readonly Token[] {
  const names = [...parameters, ...declaredNames(tokens)].filter((name) => KEYWORDS.has(name));
  if (names.length === 0) return tokens;
  return tokens.map((token, index) =>
    names.includes(keyword(token)) && isName(tokens, index) ? quoteKeyword(token) : token,
  );
}

/** The name of a parameter or variable as PostgreSQL takes it. */
export function quoteKeyword(token: Token): Token {
  return KEYWORDS.has(keyword(token)) ? { kind: 'name', text: `"${keyword(token)}"` } : token;
}

/** LEFT (…) is a call, LEFT JOIN a join, and what follows a dot or :: is no variable. */
function isName(tokens: readonly Token[], index: number): boolean {
  const next = tokens[skipBlank(tokens, index + 1)];
  const before = tokens[previousIndex(tokens, index)];
  if (isSign(next, '(') || isSign(before, '.') || isSign(before, '::')) return false;
  return !/^(join|outer|by)$/.test(keyword(next));
}

/** What stands first behind DECLARE and behind each semicolon up to BEGIN. */
function declaredNames(tokens: readonly Token[]): readonly string[] {
  const names: string[] = [];
  for (const [index, token] of tokens.entries()) {
    if (keyword(token) !== 'declare') continue;
    let at = skipBlank(tokens, index + 1);
    while (at < tokens.length && keyword(tokens[at]) !== 'begin') {
      names.push(keyword(tokens[at]));
      const end = tokens.findIndex((other, place) => place >= at && isSign(other, ';'));
      at = end < 0 ? tokens.length : skipBlank(tokens, end + 1);
    }
  }
  return names;
}

/** On Redshift a name that is a variable's and a column's is the variable's. On the first line, which stays the first. */
export const VARIABLES_FIRST = '#variable_conflict use_variable ';

/**
 * GETDATE() is the time of its statement. A procedure's statements are one to PostgreSQL: here each reads the clock, once. A
 * column's default holds no query and keeps the time of the CALL.
 */
export function readClock(tokens: readonly Token[]): readonly Token[] {
  const out: Token[] = [];
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index] as Token;
    if (keyword(token) !== 'getdate' || isKept(tokens[previousIndex(tokens, index)])) {
      out.push(token);
      continue;
    }
    const close = closingIndex(tokens, skipBlank(tokens, index + 1));
    out.push(...sql`(SELECT local_warehouse.${tokens.slice(index, close + 1)})`);
    index = close;
  }
  return out;
}

/** Whether what follows `before` is another function of that name, or a column's default. */
function isKept(before: Token | undefined): boolean {
  return isSign(before, '.') || keyword(before) === 'default';
}
