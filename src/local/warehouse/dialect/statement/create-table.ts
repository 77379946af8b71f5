import { notRedshift, syntaxError } from '../sql-error.ts';
import { type Cursor, createCursor } from '../token/cursor.ts';
import type { Token } from '../token/lex.ts';
import { splitAtCommas, sql } from '../token/token-list.ts';
import { readColumn } from './column-definition.ts';
import { translateQuery } from './query.ts';

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
  takeTableAttributes(cursor);
  if (cursor.accept('as')) {
    const columns = elements ? sql` (${elements})` : [];
    return sql`${head}${columns} AS ${translateQuery(cursor.rest())}`;
  }
  if (cursor.peek()) throw refuseAttribute(cursor.peek());
  if (!elements) throw syntaxError(undefined);
  return sql`${head} (${writeElements(elements)})`;
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

function writeElements(elements: readonly Token[]): readonly Token[] {
  const required = new Set<string>();
  const columns: (readonly Token[])[] = [];
  for (const element of splitAtCommas(elements)) {
    const cursor = createCursor(element);
    const column = readElement(cursor, required);
    if (column) columns.push(column);
  }
  const marked = columns.map((column) => requireValue(column, required));
  return marked.flatMap((column, index) => (index === 0 ? column : sql`, ${column}`));
}

/** Returns undefined for a key; the columns of a primary key go to `required`. */
function readElement(cursor: Cursor, required: Set<string>): readonly Token[] | undefined {
  if (cursor.accept('constraint')) cursor.name();
  const word = cursor.word();
  if (word === 'like') return sql`${cursor.rest()}`;
  if (cursor.accept('primary', 'key')) {
    for (const token of cursor.group())
      if (token.kind === 'word' || token.kind === 'name') required.add(nameOf(token));
  } else if (cursor.accept('unique')) cursor.group();
  else if (cursor.accept('foreign', 'key')) takeReference(cursor);
  else if (word === 'check' || word === 'exclude')
    throw notRedshift(word.toUpperCase(), 'test the rows with a query');
  else return readColumn(cursor);
  if (cursor.peek()) throw syntaxError(cursor.peek());
  return undefined;
}

function takeReference(cursor: Cursor): void {
  cursor.group();
  cursor.expect('references');
  cursor.name();
  if (cursor.at('(')) cursor.group();
}

function requireValue(column: readonly Token[], required: ReadonlySet<string>): readonly Token[] {
  const name = column.find((token) => token.kind === 'word' || token.kind === 'name');
  return name && required.has(nameOf(name)) ? sql`${column} NOT NULL` : column;
}

function nameOf(token: Token): string {
  return token.kind === 'name' ? token.text.slice(1, -1) : token.text.toLowerCase();
}

const STYLES = new Set(['auto', 'even', 'key', 'all']);

/**
 * Takes what Redshift knows about how a table is stored, and PostgreSQL does not: BACKUP, DISTSTYLE, DISTKEY, SORTKEY,
 * ENCODE AUTO. Nothing of it changes what statements mean.
 * @throws WarehouseError for attributes that are none
 */
function takeTableAttributes(cursor: Cursor): void {
  while (takeAttribute(cursor)) {
    // each attribute is taken by the condition
  }
}

function takeAttribute(cursor: Cursor): boolean {
  if (cursor.accept('backup')) return takeOneOf(cursor, new Set(['yes', 'no']));
  if (cursor.accept('diststyle')) return takeOneOf(cursor, STYLES);
  if (cursor.accept('encode')) return takeOneOf(cursor, new Set(['auto']));
  if (cursor.accept('distkey')) return takeColumns(cursor, 1);
  if (cursor.accept('compound', 'sortkey') || cursor.accept('interleaved', 'sortkey'))
    return takeColumns(cursor);
  if (cursor.accept('sortkey')) return cursor.accept('auto') || takeColumns(cursor);
  return false;
}

function takeOneOf(cursor: Cursor, words: ReadonlySet<string>): true {
  const token = cursor.take();
  if (!words.has(token.text.toLowerCase())) throw syntaxError(token);
  return true;
}

function takeColumns(cursor: Cursor, most = 400): true {
  const columns = cursor.group().filter((token) => token.kind === 'word' || token.kind === 'name');
  if (columns.length === 0) throw syntaxError(cursor.peek());
  if (columns.length > most) throw notRedshift('A DISTKEY of several columns', 'name one column');
  return true;
}
