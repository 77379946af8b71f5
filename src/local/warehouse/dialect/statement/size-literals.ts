import { keyword, type Token } from '../../../../sql-lexer.ts';
import { notRedshift } from '../sql-error.ts';
import { findWord, significant, splitAtCommas, sql, trim } from '../token/token-list.ts';

const BEHIND_THE_LIST = ['from', 'where', 'union', 'minus', 'except', 'intersect', 'order', 'limit'];

/**
 * A string in the list of CREATE TABLE … AS SELECT makes a VARCHAR of its length. Elsewhere the types of expressions are PostgreSQL's.
 * @throws WarehouseError for WITH NO DATA
 */
export function sizeLiterals(query: readonly Token[]): readonly Token[] {
  const tail = significant(query).slice(-3).map(keyword).join(' ');
  if (/^with (no )?data$/.test(tail.replace(/^\S+ (?=with data$)/, '')))
    throw notRedshift('CREATE TABLE AS … WITH NO DATA', 'write a condition that no row meets');
  const whole = trim(query);
  if (keyword(whole[0]) !== 'select') return query;
  const end = findWord(whole, BEHIND_THE_LIST, 1);
  const list = whole.slice(1, end < 0 ? whole.length : end);
  const items = splitAtCommas(list).map(sizeItem);
  const written = items.flatMap((item, index) => (index === 0 ? item : sql`,${item}`));
  return [...whole.slice(0, 1), ...written, ...(end < 0 ? [] : whole.slice(end))];
}

/** `'abc'` or `'abc' AS name` */
function sizeItem(item: readonly Token[]): readonly Token[] {
  const [first, second, ...others] = significant(item);
  const isAlone =
    second === undefined || keyword(second) === 'as' || (second.kind !== 'sign' && others.length === 0);
  if (first?.kind !== 'string' || !isAlone || !first.text.startsWith("'") || first.text.includes('\\'))
    return item;
  const bytes = Buffer.byteLength(first.text.slice(1, -1).replaceAll("''", "'"));
  return item.flatMap((token) =>
    token === first ? sql`${[token]}::varchar(${String(Math.max(bytes, 1))})` : [token],
  );
}
