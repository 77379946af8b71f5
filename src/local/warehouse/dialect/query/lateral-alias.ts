import { isSign, keyword, type Token } from '../../../../sql-lexer.ts';
import { closingIndex, previousIndex, skipBlank, splitAtCommas, sql, trim } from '../token/token-list.ts';
import { fold, readFrom } from './from-clause.ts';
import { readSelect, type SelectBlock, startOfList } from './select-block.ts';
import { isReference, readItem } from './select-item.ts';

/** What stands for the name of an earlier column of the select list. */
interface Alias {
  readonly name: readonly Token[];
  readonly expression: readonly Token[];
  /** True for what is computed of several rows. */
  readonly isComputed: boolean;
}

/** A select list that is being written. */
interface List {
  readonly aliases: Map<string, Alias>;
  /** Names that were replaced by their expressions. */
  readonly replaced: Map<string, Alias>;
  /** All columns of the tables; empty without a table. */
  readonly columns: () => readonly Token[];
  readonly isGrouped: boolean;
}

const TAIL = ['order', 'limit', 'offset'];
const BEHIND_WHERE = ['group', 'having', 'qualify', ...TAIL];

/**
 * A column of a select list may use the names of those before it, and so may QUALIFY; a column of the tables that has the name
 * comes first: https://docs.aws.amazon.com/redshift/latest/dg/r_SELECT_list.html
 */
export function bindAliases(tokens: readonly Token[], select: number): readonly Token[] {
  const block = readSelect(tokens, select);
  const start = startOfList(tokens, select);
  const end = block.first(['into', 'from', 'where', ...BEHIND_WHERE]);
  const parts = splitAtCommas(tokens.slice(start, end));
  if (parts.length < 2 && block.clause('qualify') === undefined) return tokens;
  let columns: readonly Token[] | undefined;
  const list: List = {
    ...{ aliases: new Map(), replaced: new Map() },
    columns: () => (columns ??= columnsOf(tokens, block)),
    isGrouped: block.clause('group') !== undefined || hasAggregate(tokens.slice(start, end)),
  };
  const items = parts.map((item) => bindItem(item, list));
  const written = items.flatMap((item, index) => (index === 0 ? item : sql`,${item}`));
  const qualify = block.clause('qualify') ?? block.end;
  const tail = qualify < block.end ? block.first(TAIL) : block.end;
  const condition = substitute(tokens.slice(qualify, tail), list, false);
  const middle = guard(tokens, block, list, [end, qualify]);
  return [...tokens.slice(0, start), ...written, ...middle, ...condition, ...tokens.slice(tail)];
}

function columnsOf(tokens: readonly Token[], block: SelectBlock): readonly Token[] {
  const from = block.clause('from');
  if (from === undefined) return [];
  const { items } = readFrom(tokens.slice(from + 1, block.first(['where', ...BEHIND_WHERE])));
  const named = items.filter(({ alias }) => alias !== '');
  return named.flatMap(({ name }, index) => sql`${index === 0 ? '' : ', '}${name}.*`);
}

function bindItem(item: readonly Token[], list: List): readonly Token[] {
  const { expression, alias } = readItem(item);
  const bound = substitute(expression, list, false);
  const name = fold(alias);
  // A column that is called like one it is made of: that one comes first.
  const isColumn = expression.some(
    (token, index) =>
      fold([token]) === name &&
      (isReference(expression, index) || isSign(expression[previousIndex(expression, index)], '.')),
  );
  const isComputed = hasAggregate(bound) || bound.some((token) => keyword(token) === 'over');
  if (name !== '' && !isColumn) list.aliases.set(name, { name: alias, expression: trim(bound), isComputed });
  return [...bound, ...item.slice(expression.length)];
}

const AGGREGATE =
  /^(sum|count|min|max|avg|median|listagg|stddev\w*|var_\w+|variance|any_value|bool_\w+|bit_\w+|percentile_\w+)$/;

/** The index behind the arguments of an aggregate that groups rows; undefined for anything else. */
function endOfAggregate(tokens: readonly Token[], index: number): number | undefined {
  const open = skipBlank(tokens, index + 1);
  if (!AGGREGATE.test(keyword(tokens[index])) || !isSign(tokens[open], '(')) return undefined;
  const end = closingIndex(tokens, open) + 1;
  return keyword(tokens[skipBlank(tokens, end)]) === 'over' ? undefined : end;
}

function hasAggregate(tokens: readonly Token[]): boolean {
  return tokens.some((_, index) => endOfAggregate(tokens, index) !== undefined);
}

/** @param isInside in an aggregate, which cannot hold another */
function substitute(tokens: readonly Token[], list: List, isInside: boolean): readonly Token[] {
  if (list.aliases.size === 0) return tokens;
  const out: Token[] = [];
  for (let index = 0; index < tokens.length; ) {
    const token = tokens[index] as Token;
    const isQuery =
      isSign(token, '(') && /^(select|with)$/.test(keyword(tokens[skipBlank(tokens, index + 1)]));
    const end = isQuery ? closingIndex(tokens, index) + 1 : (endOfAggregate(tokens, index) ?? index + 1);
    const alias = isReference(tokens, index) ? list.aliases.get(fold([token])) : undefined;
    if (alias) out.push(...standIn(alias, list, isInside));
    else if (isQuery || end === index + 1) out.push(...tokens.slice(index, end));
    else out.push(token, ...substitute(tokens.slice(index + 1, end), list, true));
    index = end;
  }
  return out;
}

/**
 * PostgreSQL looks a name up from the inside to the outside: first among the columns of the tables, then in a query that has the
 * alias. Where rows are grouped, or a window is computed, there is no place for such a query, and the expression stands itself.
 */
function standIn(alias: Alias, list: List, isInside: boolean): readonly Token[] {
  const { name, expression, isComputed } = alias;
  const columns = list.columns();
  if (columns.length === 0) return sql`(${expression})`;
  if (isInside && isComputed) return name;
  if (isInside || !(isComputed || list.isGrouped))
    return sql`(SELECT (SELECT ${name} FROM (SELECT ${columns}) AS columns) FROM (SELECT ${expression} AS ${name}) AS aliases)`;
  list.replaced.set(fold(name), alias);
  return sql`(${expression})`;
}

/** A column of the tables that has a replaced name makes it ambiguous, which is an error. @param range behind the list */
function guard(
  tokens: readonly Token[],
  block: SelectBlock,
  { replaced, columns }: List,
  [from, to]: readonly [number, number],
): readonly Token[] {
  if (replaced.size === 0) return tokens.slice(from, to);
  const where = block.clause('where');
  const stop = block.first(BEHIND_WHERE);
  const tests = [...replaced.values()].flatMap(
    ({ name }) =>
      sql`(SELECT coalesce(true, ${name} IS NULL) FROM (SELECT ${columns()}) AS columns, (SELECT 1 AS ${name}) AS aliases) AND `,
  );
  const condition = where === undefined ? sql`true` : sql`(${trim(tokens.slice(where + 1, stop))})`;
  // Without a comment at its end, which would go on.
  const before = tokens.slice(from, where ?? previousIndex(tokens, stop) + 1);
  return [...before, ...sql` WHERE ${tests}${condition} `, ...tokens.slice(stop, to)];
}
