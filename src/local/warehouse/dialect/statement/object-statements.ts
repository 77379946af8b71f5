import type { Token } from '../../../../sql-lexer.ts';
import { notLocal, notRedshift, syntaxError } from '../sql-error.ts';
import { createCursor } from '../token/cursor.ts';
import { quoteTemporary, sql } from '../token/token-list.ts';

export function translateCreateSchema(tokens: readonly Token[]): readonly Token[] {
  const cursor = createCursor(tokens);
  cursor.expect('create', 'schema');
  const guard = cursor.accept('if', 'not', 'exists') ? sql`IF NOT EXISTS ` : [];
  const name = cursor.word() === 'authorization' ? [] : cursor.name();
  const owner = cursor.accept('authorization') ? sql` AUTHORIZATION ${cursor.name()}` : [];
  if (cursor.accept('quota')) cursor.rest();
  if (cursor.peek()) throw syntaxError(cursor.peek());
  return sql`CREATE SCHEMA ${guard}${name}${owner}`;
}

/** ALTER SCHEMA; a quota has no effect here. */
export function translateAlterSchema(tokens: readonly Token[]): readonly Token[] {
  const cursor = createCursor(tokens);
  cursor.expect('alter', 'schema');
  const name = cursor.name();
  if (cursor.accept('quota')) return sql`COMMENT ON SCHEMA ${name} IS NULL`;
  return tokens;
}

/** DROP TABLE, VIEW or SCHEMA. */
export function translateDrop(tokens: readonly Token[]): readonly Token[] {
  return tokens.map(quoteTemporary);
}

/** LOCK [TABLE] a, b: always the strongest lock. */
export function translateLock(tokens: readonly Token[]): readonly Token[] {
  const cursor = createCursor(tokens);
  cursor.expect('lock');
  cursor.accept('table');
  const tables = [...cursor.name()];
  while (cursor.at(',')) tables.push(cursor.take(), ...cursor.name());
  if (cursor.accept('in') || cursor.accept('nowait'))
    throw notRedshift('LOCK with a mode', 'it always locks exclusively');
  if (cursor.peek()) throw syntaxError(cursor.peek());
  return sql`LOCK TABLE ${tables}`;
}

export function translateTruncate(tokens: readonly Token[]): readonly Token[] {
  const cursor = createCursor(tokens);
  cursor.expect('truncate');
  cursor.accept('table');
  const table = cursor.name();
  if (cursor.peek()) throw notRedshift('TRUNCATE of several tables or with options', 'name one table');
  return sql`TRUNCATE TABLE ${table}`;
}

/** ANALYZE [table [(columns)]] gathers statistics here too. */
export function translateAnalyze(tokens: readonly Token[]): readonly Token[] {
  const cursor = createCursor(tokens);
  cursor.expect('analyze');
  if (cursor.accept('compression')) throw notLocal('ANALYZE COMPRESSION', 'nothing is compressed here');
  cursor.accept('verbose');
  const table = cursor.peek() ? cursor.name() : [];
  const columns = cursor.at('(') ? sql` (${cursor.group()})` : [];
  if (!cursor.accept('predicate', 'columns')) cursor.accept('all', 'columns');
  if (cursor.peek()) throw syntaxError(cursor.peek());
  return sql`ANALYZE ${table}${columns}`;
}

/** VACUUM [FULL | SORT ONLY | DELETE ONLY | REINDEX | RECLUSTER] [table] [TO n PERCENT] [BOOST]. */
export function translateVacuum(tokens: readonly Token[]): readonly Token[] {
  const cursor = createCursor(tokens);
  cursor.expect('vacuum');
  const kinds = [['full'], ['sort', 'only'], ['delete', 'only'], ['reindex'], ['recluster']];
  kinds.some((words) => cursor.accept(...words));
  const table = cursor.peek() && cursor.word() !== 'to' && cursor.word() !== 'boost' ? cursor.name() : [];
  if (cursor.accept('to')) {
    cursor.take();
    cursor.expect('percent');
  }
  cursor.accept('boost');
  if (cursor.peek()) throw syntaxError(cursor.peek());
  return sql`VACUUM ${table}`;
}
