import { notRedshift, syntaxError } from '../sql-error.ts';
import type { Cursor } from '../token/cursor.ts';

const STYLES = new Set(['auto', 'even', 'key', 'all']);

/**
 * Takes what Redshift knows about how a table is stored, and PostgreSQL does not: BACKUP, DISTSTYLE, DISTKEY, SORTKEY,
 * ENCODE AUTO. Nothing of it changes what statements mean.
 * @throws WarehouseError for attributes that are none
 */
export function takeTableAttributes(cursor: Cursor): void {
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
