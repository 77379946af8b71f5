import { keyword, type Token } from '../../../sql-lexer.ts';
import { readType } from './data-types.ts';
import { datePartName } from './date-parts.ts';
import { roundLiteral } from './round-literal.ts';
import { notLocal, syntaxError } from './sql-error.ts';
import { findWord, significant, sql, textOf, trim } from './token/token-list.ts';

/** The arguments of a call, already rewritten, and its parts as they were. */
export interface FunctionCall {
  readonly name: Token;
  readonly args: readonly (readonly Token[])[];
  /** Everything between the parentheses, rewritten. */
  readonly inside: readonly Token[];
}

/** Writes a call of a function that PostgreSQL does not have, or has with another meaning. */
export type CallRule = (call: FunctionCall) => readonly Token[];

const plain =
  (name: string): CallRule =>
  (call) =>
    sql`${name}(${call.inside})`;

/** The rules by function name. LISTAGG is written elsewhere: it goes on behind its parentheses. */
export const CALL_RULES: Readonly<Record<string, CallRule>> = {
  nvl: plain('coalesce'),
  isnull: plain('coalesce'),
  replicate: plain('repeat'),
  grouping_id: plain('GROUPING'),
  nvl2: (call) => {
    const [value, present, absent] = exactly(call, 3);
    return sql`CASE WHEN (${value ?? []}) IS NOT NULL THEN ${present ?? []} ELSE ${absent ?? []} END`;
  },
  decode: writeDecode,
  concat: (call) => {
    const [left, right] = exactly(call, 2);
    return sql`((${left ?? []})||(${right ?? []}))`;
  },
  convert: (call) => {
    const [type, value] = exactly(call, 2);
    return castTo(value ?? [], readType(type ?? [], 0, 'cast').tokens);
  },
  cast: writeCast,
  try_cast: writeTryCast,
  extract: writeExtract,
  dateadd: withDatePart,
  date_add: withDatePart,
  datediff: withDatePart,
  date_diff: withDatePart,
  date_part: withDatePart,
  datepart: withDatePart,
  date_trunc: withDatePart,
  median: (call) => sql`percentile_cont(0.5) WITHIN GROUP (ORDER BY ${call.inside})`,
  regexp_replace: writeRegexpReplace,
};

function exactly(call: FunctionCall, count: number): FunctionCall['args'] {
  if (call.args.length !== count) throw syntaxError(call.name);
  return call.args.map(trim);
}

/** DECODE takes NULL for equal to NULL. */
function writeDecode(call: FunctionCall): readonly Token[] {
  const [value = [], ...rest] = call.args.map(trim);
  if (rest.length < 2) throw syntaxError(call.name);
  const branches: Token[] = [];
  for (let index = 0; index + 1 < rest.length; index += 2) {
    branches.push(
      ...sql` WHEN (${value}) IS NOT DISTINCT FROM (${rest[index] ?? []}) THEN ${rest[index + 1] ?? []}`,
    );
  }
  const otherwise = rest.length % 2 === 1 ? sql` ELSE ${rest.at(-1) ?? []}` : [];
  return sql`CASE${branches}${otherwise} END`;
}

function writeCast(call: FunctionCall): readonly Token[] {
  const as = findWord(call.inside, ['as']);
  if (as < 0) throw syntaxError(call.name);
  return castTo(call.inside.slice(0, as), readType(call.inside, as + 1, 'cast').tokens);
}

function castTo(value: readonly Token[], type: readonly Token[]): readonly Token[] {
  return sql`CAST(${roundLiteral(value, type)} AS ${type})`;
}

/** A value that does not convert becomes NULL: https://docs.aws.amazon.com/redshift/latest/dg/r_TRY_CAST.html */
function writeTryCast(call: FunctionCall): readonly Token[] {
  const as = findWord(call.inside, ['as']);
  if (as < 0) throw syntaxError(call.name);
  const value = trim(call.inside.slice(0, as));
  const type = readType(call.inside, as + 1, 'cast').tokens;
  // A text or a parameter has no type of its own.
  const typed = value.length === 1 && /^(string|parameter)$/.test(value[0]?.kind ?? '') ? '::varchar' : '';
  return sql`CAST(local_warehouse.try_cast(${roundLiteral(value, type)}${typed}, NULL::${type}, '${textOf(type)}') AS ${type})`;
}

const POSTGRES_NAMES: Readonly<Record<string, string>> = {
  date_add: 'dateadd',
  date_diff: 'datediff',
  datepart: 'date_part',
};

/** The first argument names a part of a date, as a word or as a string; PostgreSQL wants a string. */
function withDatePart(call: FunctionCall): readonly Token[] {
  const [part = [], ...others] = call.args.map(trim);
  const name = POSTGRES_NAMES[keyword(call.name)];
  const rest = others.flatMap((argument) => sql`, ${argument}`);
  return sql`${name ?? [call.name]}(${writeDatePart(part)}${rest})`;
}

function writeDatePart(part: readonly Token[]): readonly Token[] {
  const token = part[0];
  if (part.length !== 1 || !token) return part;
  const word = token.kind === 'string' ? token.text.slice(1, -1) : keyword(token);
  const name = datePartName(word);
  if (name) return [{ kind: 'string', text: `'${name}'` }];
  if (token.kind === 'word') throw syntaxError(token);
  return part;
}

/** EXTRACT is an integer on Redshift, where its column is called DATE_PART: a function of our own, the epoch with one argument. */
function writeExtract(call: FunctionCall): readonly Token[] {
  const from = findWord(call.inside, ['from']);
  const [part] = significant(call.inside.slice(0, Math.max(from, 0)));
  const name = part && datePartName(part.kind === 'string' ? part.text.slice(1, -1) : keyword(part));
  if (!name || from < 0) throw syntaxError(part ?? call.name);
  const value = trim(call.inside.slice(from + 1));
  const which = name === 'epoch' ? '' : `'${name}', `;
  return sql`local_warehouse.date_part(${which}${value})`;
}

/** Redshift replaces every match, PostgreSQL the first: https://docs.aws.amazon.com/redshift/latest/dg/REGEXP_REPLACE.html */
function writeRegexpReplace(call: FunctionCall): readonly Token[] {
  const [text = [], pattern = [], by = sql`''`, position = sql`1`, flags = sql`''`] = call.args.map(trim);
  if (call.args.length > 5 || !/^'[ci]*'$/.test(textOf(flags)))
    throw notLocal('REGEXP_REPLACE with a PCRE pattern', 'write the pattern without "p"');
  if (call.args.length <= 3) return sql`${[call.name]}(${text}, ${pattern}, ${by}, 'g')`;
  return sql`${[call.name]}(${text}, ${pattern}, ${by}, ${position}, 0, ${flags})`;
}
