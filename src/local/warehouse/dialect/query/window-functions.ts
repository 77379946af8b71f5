import { isSign, keyword, type Token } from '../../../../sql-lexer.ts';
import { WarehouseError } from '../../warehouse-error.ts';
import { notLocal, notRedshift, syntaxError } from '../sql-error.ts';
import { closingIndex, findWord, skipBlank, splitAtCommas, sql, textOf, trim } from '../token/token-list.ts';

/** A function over a window, its parts rewritten already. */
interface WindowCall {
  readonly name: Token;
  readonly inside: readonly Token[];
  /** Behind ORDER BY in WITHIN GROUP. */
  readonly order: readonly Token[];
  /** Between the parentheses behind OVER. */
  readonly window: readonly Token[];
  readonly nulls: 'ignore' | 'respect';
}

type Rewrite = (tokens: readonly Token[]) => readonly Token[];

/**
 * Reads `name(…) [WITHIN GROUP (…)] [IGNORE NULLS] OVER (…)` and writes it for PostgreSQL. Undefined where no window follows:
 * https://docs.aws.amazon.com/redshift/latest/dg/c_Window_functions.html
 * @param open index of the parenthesis behind the name
 */
export function rewriteWindow(
  tokens: readonly Token[],
  name: number,
  open: number,
  rewrite: Rewrite,
): { tokens: readonly Token[]; end: number } | undefined {
  const close = closingIndex(tokens, open);
  const group = readGroup(tokens, close + 1);
  const outside = readNulls(tokens, group.end);
  const over = skipBlank(tokens, outside.end);
  if (keyword(tokens[over]) !== 'over') return undefined;
  const start = skipBlank(tokens, over + 1);
  // It has no clause WINDOW that could name one.
  if (!isSign(tokens[start], '(')) throw syntaxError(tokens[start]);
  const end = closingIndex(tokens, start);
  const inside = trim(tokens.slice(open + 1, close));
  const within = readNulls(inside, findWord(inside, ['ignore', 'respect']));
  const call: WindowCall = {
    name: tokens[name] as Token,
    inside: rewrite(within.nulls ? trim(inside.slice(0, within.start)) : inside),
    order: rewrite(group.order),
    window: rewrite(trim(tokens.slice(start + 1, end))),
    nulls: within.nulls ?? outside.nulls ?? 'respect',
  };
  return { tokens: writeCall(call), end: end + 1 };
}

/** `WITHIN GROUP (ORDER BY …)` at `from`: what stands behind BY. */
export function readGroup(tokens: readonly Token[], from: number): { order: readonly Token[]; end: number } {
  const within = skipBlank(tokens, from);
  const open = skipBlank(tokens, skipBlank(tokens, within + 1) + 1);
  if (keyword(tokens[within]) !== 'within' || !isSign(tokens[open], '(')) return { order: [], end: from };
  const close = closingIndex(tokens, open);
  const by = findWord(tokens.slice(0, close), ['by'], open + 1);
  return { order: trim(tokens.slice(by + 1, close)), end: close + 1 };
}

/** IGNORE NULLS or RESPECT NULLS at `from`. */
function readNulls(tokens: readonly Token[], from: number) {
  const start = skipBlank(tokens, Math.max(from, 0));
  const second = skipBlank(tokens, start + 1);
  const word = keyword(tokens[start]);
  const isThere = from >= 0 && /^(ignore|respect)$/.test(word) && keyword(tokens[second]) === 'nulls';
  return {
    start,
    nulls: isThere ? (word as WindowCall['nulls']) : undefined,
    end: isThere ? second + 1 : from,
  };
}

const NEEDS_FRAME =
  /^(avg|count|first_value|last_value|max|min|nth_value|stddev\w*|sum|var_pop|var_samp|variance)$/;
const ALL_ROWS = 'ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING';

function writeCall(call: WindowCall): readonly Token[] {
  const { name, inside, window } = call;
  const word = keyword(name);
  refuseFrame(word, window);
  const rule = Object.hasOwn(RULES, word) ? RULES[word] : undefined;
  if (rule) return rule(call);
  if (call.nulls === 'ignore') return ignoreNulls(call);
  if (call.order.length > 0)
    throw notLocal(`${word.toUpperCase()} OVER`, 'join a subquery that groups the rows');
  return sql`${[name]}(${inside}) OVER (${window})`;
}

function refuseFrame(name: string, window: readonly Token[]): void {
  const order = findWord(window, ['order']);
  const frame = findWord(window, ['rows', 'range', 'groups'], Math.max(order, 0));
  const word = keyword(window[frame]);
  const next = window[skipBlank(window, frame + 1)];
  const isFrame =
    word === 'rows' || next?.kind === 'number' || /^(between|unbounded|current)$/.test(keyword(next));
  if (frame >= 0 && isFrame && word !== 'rows')
    throw notRedshift(`A frame of ${word.toUpperCase()}`, 'use ROWS');
  if (order < 0 || (frame >= 0 && isFrame) || !NEEDS_FRAME.test(name)) return;
  throw new WarehouseError(
    'ERROR: Aggregate window functions with an ORDER BY clause require a frame clause',
    { sqlState: '42601' },
  );
}

const RULES: Readonly<Record<string, (call: WindowCall) => readonly Token[]>> = {
  median: ({ inside, window }) => sql`local_warehouse.median(${inside}, 0.5) OVER (${window})`,
  percentile_cont: ({ inside, order, window }) => {
    const isDescending = findWord(order, ['desc']) >= 0;
    const direction = findWord(order, ['asc', 'desc', 'nulls']);
    const value = direction < 0 ? order : order.slice(0, direction);
    const fraction = isDescending ? sql`1 - (${inside})` : inside;
    return sql`local_warehouse.percentile_cont(${value}, ${fraction}) OVER (${window})`;
  },
  ratio_to_report: ({ inside, window }) =>
    sql`local_warehouse.ratio_to_report(${inside}, SUM(${inside}) OVER (${window}))`,
  listagg: ({ name, inside, order, window }) => {
    if (keyword(inside[0]) === 'distinct')
      throw notLocal('LISTAGG(DISTINCT …) OVER', 'join a subquery that groups the rows');
    const [value, delimiter = sql`''`] = splitAtCommas(inside).map(trim);
    if (!value) throw syntaxError(name);
    const sorted = order.length > 0 ? sql` ORDER BY ${order} ${ALL_ROWS}` : [];
    return sql`string_agg((${value})::text, ${delimiter}) OVER (${window}${sorted})`;
  },
};

/** PostgreSQL has no IGNORE NULLS: the first or last value of a frame that is not NULL is an aggregate of our own. */
function ignoreNulls({ name, inside, window }: WindowCall): readonly Token[] {
  const word = keyword(name);
  const [value = [], offset] = splitAtCommas(inside).map(trim);
  const hasOffset = /^(lag|lead)$/.test(word) && offset !== undefined && textOf(offset) !== '1';
  if (/^(first|last)_value$/.test(word)) return sql`local_warehouse.${word}(${inside}) OVER (${window})`;
  if (!/^(lag|lead)$/.test(word) || hasOffset)
    throw notLocal(
      `${word.toUpperCase()}${hasOffset ? ' by more than one row' : ''} with IGNORE NULLS`,
      'filter a subquery',
    );
  const frame =
    word === 'lag' ? 'UNBOUNDED PRECEDING AND 1 PRECEDING' : '1 FOLLOWING AND UNBOUNDED FOLLOWING';
  const own = word === 'lag' ? 'last_value' : 'first_value';
  return sql`local_warehouse.${own}(${value}) OVER (${window} ROWS BETWEEN ${frame})`;
}
