import type { Token } from '../../../../sql-lexer.ts';
import { quoteIdentifier } from '../../database-client.ts';
import { syntaxError } from '../sql-error.ts';
import type { Cursor } from '../token/cursor.ts';
import { sql, textOf } from '../token/token-list.ts';

/** A key of a table. Redshift keeps it and does not enforce it. */
export interface TableKey {
  readonly kind: 'PRIMARY KEY' | 'UNIQUE' | 'FOREIGN KEY';
  readonly columns: readonly string[];
  /** What a foreign key refers to; no columns mean the primary key. */
  readonly target?: { readonly table: string; readonly columns: readonly string[] };
  /** Of its own; otherwise made from the table's. */
  readonly name?: string;
}

/** Reads `[CONSTRAINT name] {PRIMARY KEY | UNIQUE | FOREIGN KEY} (…) …` if that comes next. @throws WarehouseError */
export function readKey(cursor: Cursor): TableKey | undefined {
  const name = cursor.accept('constraint') ? { name: columnName(cursor.name()[0]) } : {};
  if (cursor.accept('primary', 'key')) return { kind: 'PRIMARY KEY', columns: readColumns(cursor), ...name };
  if (cursor.accept('unique')) return { kind: 'UNIQUE', columns: readColumns(cursor), ...name };
  if (!cursor.accept('foreign', 'key')) return undefined;
  const columns = readColumns(cursor);
  cursor.expect('references');
  return { kind: 'FOREIGN KEY', columns, target: readTarget(cursor), ...name };
}

/** The table behind REFERENCES, and its columns if there are any. */
export function readTarget(cursor: Cursor): NonNullable<TableKey['target']> {
  const table = textOf(cursor.name());
  return { table, columns: cursor.at('(') ? readColumns(cursor) : [] };
}

function readColumns(cursor: Cursor): readonly string[] {
  const names = cursor.group().filter(({ kind }) => kind === 'word' || kind === 'name');
  if (names.length === 0) throw syntaxError(cursor.peek());
  return names.map(columnName);
}

/** The name of a column as the catalog has it. */
export function columnName(token: Token | undefined): string {
  const text = token?.text ?? '';
  return token?.kind === 'name' ? text.slice(1, -1).replaceAll('""', '"') : text.toLowerCase();
}

const SUFFIXES = { 'PRIMARY KEY': 'pkey', UNIQUE: 'key', 'FOREIGN KEY': 'fkey' } as const;

/** The key as bootstrap/keys.sql reads it. @param table name of the table, with or without its schema */
export function writeKey(
  { kind, columns, target, name }: TableKey,
  table: readonly Token[],
): readonly Token[] {
  const parts = [columnName(table.at(-1)), ...(kind === 'PRIMARY KEY' ? [] : columns), SUFFIXES[kind]];
  const said = JSON.stringify({
    kind,
    columns,
    ...(target && { table: target.table, targets: target.columns }),
  });
  const quoted: Token = { kind: 'name', text: quoteIdentifier(name ?? parts.join('_')) };
  // Backslashes are escapes in a string.
  const text: Token = { kind: 'string', text: `'${said.replaceAll('\\', '\\\\').replaceAll("'", "''")}'` };
  return sql`CONSTRAINT ${[quoted]} CHECK (local_warehouse.is_key(${[text]})) NOT ENFORCED`;
}
