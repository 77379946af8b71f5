import { keyword, type Token } from '../../../../sql-lexer.ts';
import { notLocal, syntaxError } from '../sql-error.ts';
import { sql, trim } from '../token/token-list.ts';
import { bindAliases } from './lateral-alias.ts';
import { isSideOfSet, readSelect, startOfList } from './select-block.ts';

/** Writes what Redshift allows in a SELECT and PostgreSQL does not, in every query of the statement, the inner ones first. */
export function rewriteSelects(tokens: readonly Token[]): readonly Token[] {
  let out = tokens;
  for (let index = tokens.length - 1; index >= 0; index--)
    if (keyword(tokens[index]) === 'select') out = moveQualify(bindAliases(out, index), index);
  return out;
}

const TAIL = ['order', 'limit', 'offset'];

/**
 * QUALIFY becomes a function at the end of ORDER BY that makes no row where the condition is not true: that is what PostgreSQL
 * computes after windows and does not show. https://docs.aws.amazon.com/redshift/latest/dg/r_QUALIFY_clause.html
 */
function moveQualify(tokens: readonly Token[], select: number): readonly Token[] {
  const block = readSelect(tokens, select);
  const at = block.clause('qualify');
  if (at === undefined) return tokens;
  const tail = block.first(TAIL);
  const condition = trim(tokens.slice(at + 1, tail));
  if (condition.length === 0) throw syntaxError(tokens[tail]);
  const keep = sql`pg_catalog.generate_series(1, CASE WHEN ${condition} THEN 1 ELSE 0 END)`;
  const list = startOfList(tokens, select);
  const isDistinct = tokens.slice(select, list).some((token) => keyword(token) === 'distinct');
  if (isDistinct && block.clause('into') !== undefined)
    throw notLocal('SELECT DISTINCT … INTO with QUALIFY', 'put the query into a subquery');
  const before = [...tokens.slice(0, select)];
  const rest = [...tokens.slice(tail, block.end), ...tokens.slice(block.end)];
  if (isDistinct) {
    const inner = sql`SELECT ${tokens.slice(list, at)} ORDER BY ${keep}`;
    return [...before, ...sql`SELECT DISTINCT * FROM (${inner}) AS qualified `, ...rest];
  }
  const body = tokens.slice(select, at);
  if (isSideOfSet(tokens, block)) return [...before, ...sql`(${body} ORDER BY ${keep}) `, ...rest];
  const order = block.clause('order');
  const stop = order === undefined ? tail : block.first(['limit', 'offset']);
  const sorted = order === undefined ? sql`ORDER BY ` : sql`${trim(tokens.slice(order, stop))}, `;
  return [...before, ...body, ...sorted, ...keep, ...sql` `, ...tokens.slice(stop)];
}
