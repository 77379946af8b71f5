import { isBlank, isSign, keyword, lex, type Token } from '../../../sql-lexer.ts';
import type { SqlParameter } from '../../contracts.ts';
import { WarehouseError } from '../warehouse-error.ts';
import { translateCreateProcedure } from './procedure/create-procedure.ts';
import { readClock } from './procedure/variables.ts';
import { notLocal, syntaxError } from './sql-error.ts';
import { translateCreateFunction } from './statement/create-function.ts';
import { translateVacuum } from './statement/object-statements.ts';
import { translateSql } from './statement/sql-statement.ts';
import { bindParameters } from './token/bind-parameters.ts';
import { foldNames } from './token/fold-names.ts';
import { findWord, leadingWords, textOf } from './token/token-list.ts';

/** What a statement does to the session's transaction; the session does that itself. */
export type Control = 'begin' | 'commit' | 'rollback' | 'truncate' | 'lock' | 'outside-block';

/** A statement as PostgreSQL gets it. */
export interface Translated {
  /** As Redshift classifies it, e.g. `CREATE TABLE`. */
  readonly command: string;
  readonly text: string;
  readonly values: readonly string[];
  readonly control?: Control;
}

/** What a database speaks: `source` is the relational database that DMS reads, not Redshift. */
export type Dialect = 'redshift' | 'postgres';

/** Translates one statement. @throws WarehouseError for what Redshift, or the local warehouse, refuses */
export function translate(
  sql: string,
  parameters: readonly SqlParameter[],
  dialect: Dialect,
  isCaseSensitive = false,
): Translated {
  const written = readOneStatement(sql);
  const tokens = dialect === 'postgres' ? written : foldNames(written, isCaseSensitive);
  const command = classify(tokens);
  // A procedure is found by the types of its arguments, and the Data API's values are texts.
  const suffix = command === 'CALL' && dialect === 'redshift' ? '::varchar' : '';
  const bound = (out: readonly Token[]) => ({ command, ...bindParameters(out, parameters, suffix) });
  if (dialect === 'postgres') return bound(tokens);
  const control = controlOf(tokens);
  return control ? { ...bound(writeControlled(tokens, control)), control } : bound(translateOne(tokens));
}

function translateOne(tokens: readonly Token[]): readonly Token[] {
  const words = leadingWords(tokens, 4).join(' ');
  if (/^create (or replace )?procedure\b/.test(words)) return translateCreateProcedure(tokens);
  if (/^create (or replace )?function\b/.test(words)) return translateCreateFunction(tokens);
  return translateSql(tokens);
}

/** Translates the text of EXECUTE in a procedure. `commits` is true for TRUNCATE. @throws WarehouseError */
export function translateDynamic(sql: string, isCaseSensitive: boolean): { text: string; commits: boolean } {
  const tokens = foldNames(readOneStatement(sql), isCaseSensitive);
  const [first = ''] = leadingWords(tokens, 1);
  if (/^(commit|rollback|begin|end|start|abort)$/.test(first)) {
    throw new WarehouseError(`ERROR: ${first.toUpperCase()} cannot be invoked from dynamic SQL`, {
      sqlState: '0A000',
    });
  }
  return {
    text: textOf(readClock(translateOne(tokens))),
    commits: first === 'truncate',
  };
}

/** @throws WarehouseError for no statement, several, or one whose quotes do not end */
function readOneStatement(sql: string): readonly Token[] {
  const tokens = lex(sql);
  const broken = tokens.find((token) => token.kind === 'broken');
  if (broken) throw unterminated(broken);
  const position = tokens.find((token) => token.kind === 'position');
  if (position)
    throw new WarehouseError(`ERROR: there is no parameter ${position.text}`, { sqlState: '42P02' });
  const end = tokens.findIndex((token) => isSign(token, ';'));
  const statement = end < 0 ? tokens : tokens.slice(0, end);
  if (statement.every(isBlank)) throw syntaxError(undefined);
  const rest = end < 0 ? [] : tokens.slice(end);
  if (rest.every((token) => isBlank(token) || isSign(token, ';'))) return statement;
  throw new WarehouseError('ERROR: cannot insert multiple commands into a prepared statement', {
    sqlState: '42601',
  });
}

function unterminated(token: Token): WarehouseError {
  const what = token.text.startsWith('/*')
    ? '/* comment'
    : token.text.startsWith('"')
      ? 'quoted identifier'
      : 'quoted string';
  return new WarehouseError(`ERROR: unterminated ${what} at or near "${token.text.slice(0, 60)}"`, {
    sqlState: '42601',
  });
}

function controlOf(tokens: readonly Token[]): Control | undefined {
  const [first = '', second] = leadingWords(tokens, 2);
  switch (first) {
    case 'begin':
      return 'begin';
    case 'start':
      return second === 'transaction' ? 'begin' : undefined;
    case 'commit':
    case 'end':
      return 'commit';
    case 'rollback':
    case 'abort':
      return 'rollback';
    case 'truncate':
    case 'lock':
      return first;
    case 'vacuum':
      return 'outside-block';
    case 'alter':
      return second === 'table' && findWord(tokens, ['type', 'append']) >= 0 ? 'outside-block' : undefined;
    default:
      return undefined;
  }
}

function writeControlled(tokens: readonly Token[], control: Control): readonly Token[] {
  const [first, second] = leadingWords(tokens, 2);
  if (first === 'vacuum') return translateVacuum(tokens);
  if (/^(truncate|lock|outside-block)$/.test(control)) return translateSql(tokens);
  if (second && !/^(work|transaction|isolation|read)$/.test(second))
    throw notLocal('This transaction command', 'write BEGIN or COMMIT');
  return [];
}

const TWO_WORDS = new Set(['create', 'drop', 'alter']);
const FILLERS = new Set(['or', 'replace', 'temp', 'temporary', 'local', 'unlogged', 'unique']);

/** What Redshift calls a statement: `SELECT`, `INSERT`, `CALL`, `CREATE TABLE`, … */
function classify(tokens: readonly Token[]): string {
  const words = leadingWords(tokens, 6);
  const [first = ''] = words;
  if (first === 'with')
    return keyword(tokens[findWord(tokens, ['select', 'update', 'delete'])]).toUpperCase();
  if (!TWO_WORDS.has(first)) return first.toUpperCase();
  const object = words.slice(1).find((word) => !FILLERS.has(word)) ?? '';
  return `${first} ${object}`.trim().toUpperCase();
}
