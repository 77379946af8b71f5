import { keyword, type Token } from '../../../../sql-lexer.ts';
import { refuseReturning } from '../refused/refused-constructs.ts';
import { refuseStatement } from '../refused/refused-statements.ts';
import { notRedshift, syntaxError } from '../sql-error.ts';
import { findWord, leadingWords, significant, skipBlank, splitAtCommas, sql } from '../token/token-list.ts';
import { translateAlterTable } from './alter-table.ts';
import { translateCreateTable } from './create-table.ts';
import { translateCreateView, translateMaterialized, translateRefresh } from './create-view.ts';
import { translateDefaultPrivileges, translateGrant } from './grant.ts';
import { translateGroup } from './groups.ts';
import { translateMerge } from './merge.ts';
import {
  translateAlterSchema,
  translateAnalyze,
  translateCreateSchema,
  translateDrop,
  translateLock,
  translateTruncate,
} from './object-statements.ts';
import { translateQuery } from './query.ts';
import { translateAlterProcedure, translateDropRoutine } from './routine-statements.ts';
import { translateSetting } from './setting.ts';
import { joinTarget } from './target-join.ts';

type Translator = (tokens: readonly Token[]) => readonly Token[];

const keep: Translator = (tokens) => tokens;

/** Translators by the statement's first words; two words count before one. */
const TRANSLATORS: Readonly<Record<string, Translator>> = {
  select: translateSelect,
  with: translateWith,
  insert: translateInsert,
  update: translateChange,
  delete: translateDelete,
  merge: translateMerge,
  call: translateQuery,
  lock: translateLock,
  truncate: translateTruncate,
  'create table': translateCreateTable,
  'create temp': translateCreateTable,
  'create temporary': translateCreateTable,
  'create local': translateCreateTable,
  'create unlogged': translateCreateTable,
  'create view': translateCreateView,
  'create or': translateCreateView,
  'create materialized': translateMaterialized,
  'drop materialized': keep,
  refresh: translateRefresh,
  'create schema': translateCreateSchema,
  'drop table': translateDrop,
  'drop view': translateDrop,
  'drop schema': translateDrop,
  'drop procedure': translateDropRoutine,
  'drop function': translateDropRoutine,
  'alter table': translateAlterTable,
  'alter schema': translateAlterSchema,
  'alter procedure': translateAlterProcedure,
  'alter default': translateDefaultPrivileges,
  'create group': translateGroup,
  'alter group': translateGroup,
  'drop group': translateGroup,
  'create role': translateGroup,
  'drop role': translateGroup,
  grant: translateGrant,
  revoke: translateGrant,
  comment: translateDrop,
  explain: translateExplain,
  declare: translateQuery,
  fetch: translateFetch,
  close: keep,
  set: translateSetting,
  reset: translateSetting,
  show: translateSetting,
  analyze: translateAnalyze,
};

/** Translates one statement that may stand alone or in a procedure. @throws WarehouseError */
export function translateSql(tokens: readonly Token[]): readonly Token[] {
  const words = leadingWords(tokens, 4);
  const key = [`${words[0]} ${words[1]}`, words[0] ?? ''].find((candidate) =>
    Object.hasOwn(TRANSLATORS, candidate),
  );
  const translator = key === undefined ? undefined : TRANSLATORS[key];
  if (translator) return translator(tokens);
  refuseStatement(words);
  throw syntaxError(significant(tokens)[0]);
}

/** GENERATE_SERIES is known to Redshift's leader node only, so in queries that read no table. */
function translateSelect(tokens: readonly Token[]): readonly Token[] {
  return translateQuery(tokens, { mayGenerate: true });
}

/** WITH before SELECT, UPDATE or DELETE; an INSERT has it before its SELECT. */
function translateWith(tokens: readonly Token[]): readonly Token[] {
  const verb = keyword(tokens[findWord(tokens, ['insert', 'merge', 'update', 'delete', 'select'])]);
  if (verb === 'insert' || verb === 'merge') {
    throw notRedshift(`WITH before ${verb.toUpperCase()}`, 'put WITH before the SELECT');
  }
  return verb === 'select' ? translateSelect(tokens) : translateChange(tokens);
}

/** UPDATE and DELETE, with what may stand before them. */
function translateChange(tokens: readonly Token[]): readonly Token[] {
  refuseReturning(tokens);
  return translateQuery(joinTarget(tokens));
}

/** An alias of the table is PostgreSQL's; several rows of VALUES hold no subqueries: r_INSERT_30. */
function translateInsert(tokens: readonly Token[]): readonly Token[] {
  refuseReturning(tokens);
  const alias = findWord(tokens, ['as', 'select', 'with', 'values']);
  if (keyword(tokens[alias]) === 'as') throw syntaxError(tokens[alias]);
  const isList = keyword(tokens[alias]) === 'values' && splitAtCommas(tokens.slice(alias)).length > 1;
  if (isList && tokens.some((token) => keyword(token) === 'select'))
    throw notRedshift('A subquery in several rows of VALUES', 'use INSERT … SELECT with UNION ALL');
  return translateQuery(tokens);
}

/** FROM may be left out. */
function translateDelete(tokens: readonly Token[]): readonly Token[] {
  const next = skipBlank(tokens, skipBlank(tokens, 0) + 1);
  if (keyword(tokens[next]) === 'from') return translateChange(tokens);
  return translateChange([...tokens.slice(0, next), ...sql`FROM `, ...tokens.slice(next)]);
}

/** Forwards only: https://docs.aws.amazon.com/redshift/latest/dg/fetch.html */
function translateFetch(tokens: readonly Token[]): readonly Token[] {
  const [, direction] = significant(tokens);
  if (/^(first|last|prior|absolute|relative|backward)$/.test(keyword(direction)))
    throw notRedshift(`FETCH ${direction?.text.toUpperCase()}`, 'use FETCH NEXT, FORWARD or ALL');
  return tokens;
}

/** EXPLAIN [VERBOSE] of a statement; the plan is PostgreSQL's. */
function translateExplain(tokens: readonly Token[]): readonly Token[] {
  const start = skipBlank(tokens, skipBlank(tokens, 0) + 1);
  const verbose = keyword(tokens[start]) === 'verbose';
  const rest = verbose ? tokens.slice(start + 1) : tokens.slice(start);
  return sql`EXPLAIN ${verbose ? 'VERBOSE ' : ''}${translateSql(rest)}`;
}
