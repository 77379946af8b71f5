import { keyword, type Token } from '../../../../sql-lexer.ts';
import { WarehouseError } from '../../warehouse-error.ts';
import { asName } from '../reserved-words.ts';
import { notLocal, notRedshift, syntaxError } from '../sql-error.ts';
import { type Cursor, createCursor } from '../token/cursor.ts';
import { significant, sql, textOf } from '../token/token-list.ts';
import { readColumn } from './column-definition.ts';
import { readKey, writeKey } from './table-key.ts';

/** ALTER TABLE. Storage and keys change nothing here, but the table must be there and be the user's own. */
export function translateAlterTable(tokens: readonly Token[]): readonly Token[] {
  const cursor = createCursor(tokens);
  cursor.expect('alter', 'table');
  if (cursor.accept('if', 'exists')) throw notRedshift('ALTER TABLE IF EXISTS', 'leave IF EXISTS out');
  const table = cursor.name();
  if (cursor.accept('append', 'from')) return appendRows(cursor, table);
  const nothing = sql`ALTER TABLE ${table} REPLICA IDENTITY DEFAULT`;
  const action = readAction(cursor, table);
  if (cursor.peek()) throw syntaxError(cursor.peek());
  return action ? sql`ALTER TABLE ${table} ${action}` : nothing;
}

/** ALTER TABLE … APPEND FROM table [IGNOREEXTRA | FILLTARGET] */
function appendRows(cursor: Cursor, table: readonly Token[]): readonly Token[] {
  const source = cursor.name();
  const option = cursor.word();
  if (cursor.accept('ignoreextra') || cursor.accept('filltarget') || !cursor.peek()) {
    const names = [table, source].flatMap((name) => sql`'${textOf(name).replaceAll("'", "''")}'::regclass, `);
    return sql`CALL local_warehouse.append_table(${names}'${option}')`;
  }
  throw syntaxError(cursor.peek());
}

/** The action as PostgreSQL gets it; undefined when it changes nothing here. */
function readAction(cursor: Cursor, table: readonly Token[]): readonly Token[] | undefined {
  const token = cursor.take();
  switch (token.text.toLowerCase()) {
    case 'add':
      return readAdd(cursor, table);
    case 'drop':
      return readDrop(cursor);
    case 'rename':
      return readRename(cursor);
    case 'owner':
      cursor.expect('to');
      return sql`OWNER TO ${cursor.name()}`;
    case 'alter':
      return readAlter(cursor);
    default:
      throw notLocal(`ALTER TABLE … ${token.text.toUpperCase()}`, 'test it on Redshift');
  }
}

function readAdd(cursor: Cursor, table: readonly Token[]): readonly Token[] {
  const key = readKey(cursor);
  if (key) return sql`ADD ${writeKey(key, table)}`;
  cursor.accept('column');
  if (cursor.word() === 'if') throw notRedshift('ADD COLUMN IF NOT EXISTS', 'leave IF NOT EXISTS out');
  const { tokens: column } = readColumn(cursor);
  const words = textOf(column).toLowerCase();
  if (/\bnot null\b/.test(words) && !/\bdefault\b/.test(words))
    throw new WarehouseError(
      'ERROR: ALTER TABLE ADD COLUMN defined as NOT NULL must have a non-null default expression',
      { sqlState: '0A000' },
    );
  return sql`ADD COLUMN ${column}`;
}

function readDrop(cursor: Cursor): readonly Token[] {
  if (cursor.accept('constraint')) return sql`DROP CONSTRAINT ${cursor.name()}${readBehaviour(cursor)}`;
  cursor.accept('column');
  if (cursor.word() === 'if') throw notRedshift('DROP COLUMN IF EXISTS', 'leave IF EXISTS out');
  const name = cursor.name();
  return sql`DROP COLUMN ${name}${readBehaviour(cursor)}`;
}

function readBehaviour(cursor: Cursor): string {
  return cursor.accept('cascade') ? ' CASCADE' : cursor.accept('restrict') ? ' RESTRICT' : '';
}

function readRename(cursor: Cursor): readonly Token[] {
  if (cursor.accept('to')) return sql`RENAME TO ${cursor.name()}`;
  cursor.accept('column');
  const name = cursor.name();
  cursor.expect('to');
  return sql`RENAME COLUMN ${name} TO ${cursor.name()}`;
}

const STORAGE =
  /^(alter|compound|sortkey|distkey|diststyle|key|all|even|auto|none|encode|autorefresh|true|false)$/;

/** Whether the token behind ALTER names a column of a key, and is no word about storage. */
function isColumn(token: Token): boolean {
  return token.kind === 'name' || (token.kind === 'word' && !STORAGE.test(keyword(token)));
}

/** Changes nothing, but the columns must be there. */
function touch(columns: readonly Token[]): readonly Token[] | undefined {
  const actions = columns.flatMap(
    (name, index) => sql`${index === 0 ? '' : ', '}ALTER COLUMN ${[name]} SET STATISTICS -1`,
  );
  return actions.length === 0 ? undefined : actions;
}

/** ALTER COLUMN … TYPE changes a VARCHAR's length; everything else is about storage. */
function readAlter(cursor: Cursor): readonly Token[] | undefined {
  if (!cursor.accept('column')) return touch(significant(cursor.rest()).filter(isColumn).map(asName));
  const name = cursor.name();
  if (cursor.accept('encode')) {
    cursor.rest();
    return touch(name);
  }
  cursor.expect('type');
  const isVarchar = /^(varchar|character|nvarchar)$/.test(cursor.word());
  const type = cursor.type('column');
  if (!isVarchar)
    throw notRedshift('ALTER COLUMN … TYPE of a column that is no VARCHAR', 'add a column and copy');
  return sql`ALTER COLUMN ${name} TYPE ${type}`;
}
