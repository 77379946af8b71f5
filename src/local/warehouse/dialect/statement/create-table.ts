import type { Token } from '../../../../sql-lexer.ts';
import { notRedshift, syntaxError } from '../sql-error.ts';
import { type Cursor, createCursor } from '../token/cursor.ts';
import { splitAtCommas, sql } from '../token/token-list.ts';
import { type ColumnDefinition, readColumn } from './column-definition.ts';
import { translateQuery } from './query.ts';
import { sizeLiterals } from './size-literals.ts';
import { columnName, readKey, type TableKey, writeKey } from './table-key.ts';
import { checkKeys, checkStorage, createStorage, type Storage } from './table-storage.ts';

/** CREATE TABLE, with its columns or AS a query. The primary key's columns stay NOT NULL; no key is enforced. */
export function translateCreateTable(tokens: readonly Token[]): readonly Token[] {
  const cursor = createCursor(tokens);
  cursor.expect('create');
  const isTemporary = takeTemporary(cursor);
  cursor.expect('table');
  const guard = cursor.accept('if', 'not', 'exists') ? sql`IF NOT EXISTS ` : [];
  const name = cursor.name();
  const temporary = isTemporary || name[0]?.text.startsWith('"#') ? sql`TEMP ` : [];
  const head = sql`CREATE ${temporary}TABLE ${guard}${name}`;
  const elements = cursor.at('(') ? cursor.group() : undefined;
  const storage = createStorage();
  takeTableAttributes(cursor, storage);
  if (cursor.accept('as')) {
    const columns = elements ? sql` (${elements})` : [];
    return sql`${head}${columns} AS ${checkKeys(translateQuery(sizeLiterals(cursor.rest())), storage, columns)}`;
  }
  if (cursor.peek()) throw refuseAttribute(cursor.peek());
  if (!elements) throw syntaxError(undefined);
  return sql`${head} (${writeElements(elements, name, storage)})`;
}

function takeTemporary(cursor: Cursor): boolean {
  if (cursor.accept('unlogged')) throw notRedshift('UNLOGGED', 'leave the word out');
  const isLocal = cursor.accept('local');
  const isTemporary = cursor.accept('temporary') || cursor.accept('temp');
  if (isLocal && !isTemporary) throw syntaxError(cursor.peek());
  return isTemporary;
}

function refuseAttribute(token: Token | undefined) {
  const word = token?.text.toUpperCase() ?? '';
  if (/^(PARTITION|INHERITS|TABLESPACE|WITH|ON|USING)$/.test(word)) {
    return notRedshift(`CREATE TABLE … ${word}`, 'leave the clause out');
  }
  return syntaxError(token);
}

/** Columns, tables to be like, and keys. */
interface Elements {
  readonly columns: ColumnDefinition[];
  readonly likes: (readonly Token[])[];
  readonly keys: TableKey[];
}

function writeElements(
  written: readonly Token[],
  table: readonly Token[],
  storage: Storage,
): readonly Token[] {
  const elements: Elements = { columns: [], likes: [], keys: [] };
  for (const element of splitAtCommas(written)) readElement(createCursor(element), elements);
  const { columns, likes, keys } = elements;
  storage.distKeys.push(...columns.filter(({ isDistKey }) => isDistKey).map(({ name }) => name));
  storage.sortKeyColumns.push(...columns.filter(({ isSortKey }) => isSortKey).map(({ name }) => name));
  if (likes.length === 0) checkStorage(storage, new Set(columns.map(({ name }) => name)));
  const required = new Set(keys.filter(({ kind }) => kind === 'PRIMARY KEY').flatMap((key) => key.columns));
  const parts = [
    ...likes,
    ...columns.map(({ name, tokens }) => (required.has(name) ? sql`${tokens} NOT NULL` : tokens)),
    ...[...columns.flatMap((column) => column.keys), ...keys].map((key) => writeKey(key, table)),
  ];
  return parts.flatMap((part, index) => (index === 0 ? part : sql`, ${part}`));
}

function readElement(cursor: Cursor, { columns, likes, keys }: Elements): void {
  const word = cursor.word();
  const key = readKey(cursor);
  if (key) keys.push(key);
  else if (word === 'like') likes.push(readLike(cursor));
  else if (/^(check|exclude)$/.test(cursor.word()))
    throw notRedshift(cursor.word().toUpperCase(), 'test the rows with a query');
  else columns.push(readColumn(cursor));
  if (cursor.peek()) throw syntaxError(cursor.peek());
}

/** LIKE table [{INCLUDING | EXCLUDING} DEFAULTS] */
function readLike(cursor: Cursor): readonly Token[] {
  cursor.expect('like');
  const table = cursor.name();
  const defaults = cursor.accept('including', 'defaults');
  if (!defaults) cursor.accept('excluding', 'defaults');
  if (cursor.peek()) throw notRedshift('LIKE … INCLUDING of anything but DEFAULTS', 'name the columns');
  return sql`LIKE ${table}${defaults ? ' INCLUDING DEFAULTS' : ''}`;
}

const STYLES = new Set(['auto', 'even', 'key', 'all']);

/**
 * Takes what Redshift knows about how a table is stored, and PostgreSQL does not: BACKUP, DISTSTYLE, DISTKEY, SORTKEY,
 * ENCODE AUTO. Nothing of it changes what statements mean.
 * @throws WarehouseError for attributes that are none
 */
function takeTableAttributes(cursor: Cursor, storage: Storage): void {
  while (takeTableAttribute(cursor, storage)) {
    // each attribute is taken by the condition
  }
}

/** Takes one of them. */
export function takeTableAttribute(cursor: Cursor, storage: Storage): boolean {
  if (cursor.accept('backup')) return takeOneOf(cursor, new Set(['yes', 'no'])) !== '';
  if (cursor.accept('encode')) return takeOneOf(cursor, new Set(['auto'])) !== '';
  if (cursor.accept('diststyle')) {
    storage.style = takeOneOf(cursor, STYLES);
    return true;
  }
  if (cursor.accept('distkey')) return takeColumns(cursor, storage.distKeys);
  storage.isInterleaved = cursor.accept('interleaved', 'sortkey');
  if (storage.isInterleaved || cursor.accept('compound', 'sortkey'))
    return takeColumns(cursor, storage.sortKeys);
  if (cursor.accept('sortkey')) return cursor.accept('auto') || takeColumns(cursor, storage.sortKeys);
  return false;
}

function takeOneOf(cursor: Cursor, words: ReadonlySet<string>): string {
  const token = cursor.take();
  const word = token.text.toLowerCase();
  if (!words.has(word)) throw syntaxError(token);
  return word;
}

function takeColumns(cursor: Cursor, into: string[]): true {
  const columns = cursor.group().filter((token) => token.kind === 'word' || token.kind === 'name');
  if (columns.length === 0) throw syntaxError(cursor.peek());
  into.push(...columns.map(columnName));
  return true;
}
