import { isSign, keyword, type Token } from '../../../../sql-lexer.ts';
import { WarehouseError } from '../../warehouse-error.ts';
import { endOfName, type FromClause, fold, readFrom } from '../query/from-clause.ts';
import { syntaxError } from '../sql-error.ts';
import {
  closingIndex,
  cutAt,
  findWord,
  significant,
  skipBlank,
  splitAtCommas,
  sql,
  trim,
} from '../token/token-list.ts';

/**
 * UPDATE … FROM and DELETE … USING: Redshift joins the target by an equality, and takes a table of FROM that is the target once
 * more for the target itself. PostgreSQL joins it a second time, and would change every row:
 * https://docs.aws.amazon.com/redshift/latest/dg/r_UPDATE.html, c_Examples_of_UPDATE_statements.html, r_DELETE.html
 * @throws WarehouseError where no equality joins the target
 */
export function joinTarget(tokens: readonly Token[]): readonly Token[] {
  const verb = findWord(tokens, ['update', 'delete']);
  const isUpdate = keyword(tokens[verb]) === 'update';
  const set = isUpdate ? findWord(tokens, ['set'], verb) : -1;
  const first = skipBlank(tokens, isUpdate ? verb + 1 : findWord(tokens, ['from'], verb) + 1);
  const from = findWord(tokens, isUpdate ? ['from'] : ['using'], Math.max(set, first));
  const where = findWord(tokens, ['where'], Math.max(from, first));
  const end = where < 0 ? tokens.length : where;
  if (isUpdate) refuseTuples(tokens.slice(set + 1, from < 0 ? end : from));
  if (from < 0) return tokens;
  const target = readTarget(tokens.slice(first, isUpdate ? set : from));
  const clause = readFrom(tokens.slice(from + 1, end));
  const twins = clause.items.filter(({ table }) => table === target.table);
  const conditions = [...clause.conditions, ...(where < 0 ? [] : [tokens.slice(where + 1)])];
  const joins = (isOne: IsOne, mayGuess: boolean) =>
    conditions.some((condition) => findJoins(condition, { isOne, mayGuess }).size > 0);
  if (joins(target.isOne, twins.length === 0)) return tokens;
  const [twin] = twins;
  if (!isUpdate || !twin || twins.length > 1 || !isJoined(clause, twin.alias, joins)) throw notJoined();
  const same = sql`${target.name}.ctid = ${twin.name}.ctid`;
  if (where < 0) return sql`${trim(tokens)} WHERE ${same}`;
  return [...tokens.slice(0, where + 1), ...sql` ${same} AND (`, ...trim(tokens.slice(where + 1)), ...sql`)`];
}

/** Whether a qualifier names the table in question. */
type IsOne = (qualifier: string) => boolean;

function isJoined(
  { hasOuterJoin, joinsByName }: FromClause,
  alias: string,
  joins: (isOne: IsOne, mayGuess: boolean) => boolean,
): boolean {
  return !hasOuterJoin && (joinsByName || joins((qualifier) => qualifier === alias, false));
}

function notJoined(): WarehouseError {
  return new WarehouseError('ERROR: Target table must be part of an equijoin predicate', {
    sqlState: '0A000',
  });
}

/** SET (a, b) = … is PostgreSQL's. */
function refuseTuples(assignments: readonly Token[]): void {
  for (const assignment of splitAtCommas(assignments)) {
    const token = assignment[skipBlank(assignment, 0)];
    if (isSign(token, '(')) throw syntaxError(token);
  }
}

function readTarget(tokens: readonly Token[]): { table: string; name: readonly Token[]; isOne: IsOne } {
  const parts = significant(tokens);
  const end = endOfName(parts);
  const table = fold(parts.slice(0, end));
  const alias = parts.slice(keyword(parts[end]) === 'as' ? end + 1 : end).slice(0, 1);
  const name = alias.length > 0 ? alias : parts.slice(0, end);
  const known = new Set(alias.length > 0 ? [fold(alias)] : [table, table.split('.').at(-1)]);
  return { table, name, isOne: (qualifier) => known.has(qualifier) };
}

interface Search {
  readonly isOne: IsOne;
  /** A column without its table may be anybody's. */
  readonly mayGuess: boolean;
}

/** The equalities that join the table whenever the condition holds: of OR, those that stand on every side. */
function findJoins(condition: readonly Token[], search: Search): ReadonlySet<string> {
  const tokens = unwrap(significant(condition));
  const sides = cutAt(tokens, (token) => keyword(token) === 'or');
  if (sides.length > 1) {
    const [first, ...others] = sides.map((side) => findJoins(side, search));
    return new Set([...(first ?? [])].filter((join) => others.every((other) => other.has(join))));
  }
  const parts = cutAt(tokens, (token) => keyword(token) === 'and');
  if (parts.length > 1) return new Set(parts.flatMap((part) => [...findJoins(part, search)]));
  const [left = [], right = [], more] = cutAt(tokens, (token) => isSign(token, '='));
  const isJoin = !more && keyword(tokens[0]) !== 'not' && joinsTable(left, right, search);
  return new Set(isJoin ? [fold(tokens)] : []);
}

function joinsTable(left: readonly Token[], right: readonly Token[], { isOne, mayGuess }: Search): boolean {
  const tables = [left, right].map(qualifiersOf);
  const mayBe = (names: readonly string[] = [], test: IsOne) =>
    names.length > 0 && names.every((name) => (name === '' ? true : test(name)));
  const isKnown = mayGuess || tables.flat().some(isOne);
  const [one, other] = tables;
  const isOther: IsOne = (name) => !isOne(name);
  return (
    isKnown && ((mayBe(one, isOne) && mayBe(other, isOther)) || (mayBe(one, isOther) && mayBe(other, isOne)))
  );
}

const NO_COLUMN =
  /^(case|when|then|else|end|null|true|false|is|in|as|distinct|interval|sysdate|current_date)$/;

/** The tables that columns of an expression are qualified with, empty for a column that is not. None for a subquery. */
function qualifiersOf(tokens: readonly Token[]): readonly string[] {
  const found: string[] = [];
  for (let index = 0; index < tokens.length; ) {
    const token = tokens[index] as Token;
    const isName = token.kind === 'name' || token.kind === 'word';
    const end = isName ? index + endOfName(tokens.slice(index)) : index + 1;
    if (keyword(token) === 'select') return [];
    const isColumn = isName && !isSign(tokens[end], '(') && !isSign(tokens[index - 1], '::');
    if (isColumn && !NO_COLUMN.test(keyword(token)))
      found.push(fold(tokens.slice(index, Math.max(end - 2, index))));
    index = end;
  }
  return found;
}

function unwrap(tokens: readonly Token[]): readonly Token[] {
  const isWrapped = isSign(tokens[0], '(') && closingIndex(tokens, 0) === tokens.length - 1;
  return isWrapped ? unwrap(tokens.slice(1, -1)) : tokens;
}
