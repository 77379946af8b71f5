import { keyword, type Token } from '../../../../sql-lexer.ts';
import { refuseStatement } from '../refused/refused-statements.ts';
import { notLocal, syntaxError } from '../sql-error.ts';
import { type Cursor, createCursor } from '../token/cursor.ts';
import { leadingWords, significant, sql, textOf, trim } from '../token/token-list.ts';
import { takeTableAttribute } from './create-table.ts';
import { translateQuery } from './query.ts';
import { checkKeys, createStorage } from './table-storage.ts';

/**
 * CREATE MATERIALIZED VIEW, without what is about storage. It is refreshed when REFRESH says so, also with AUTO REFRESH:
 * https://docs.aws.amazon.com/redshift/latest/dg/materialized-view-create-sql-command.html
 */
export function translateMaterialized(tokens: readonly Token[]): readonly Token[] {
  const cursor = createCursor(tokens);
  cursor.expect('create', 'materialized', 'view');
  const name = cursor.name();
  const storage = createStorage();
  while (takeTableAttribute(cursor, storage) || takeRefresh(cursor)) {
    // each is taken by the condition
  }
  cursor.expect('as');
  return sql`CREATE MATERIALIZED VIEW ${name} AS ${checkKeys(translateQuery(cursor.rest()), storage)}`;
}

function takeRefresh(cursor: Cursor): boolean {
  if (!cursor.accept('auto', 'refresh')) return false;
  if (!cursor.accept('yes')) cursor.expect('no');
  return true;
}

/** REFRESH and DROP; RESTRICT and CASCADE of a refresh concern views that read this one. */
export function translateRefresh(tokens: readonly Token[]): readonly Token[] {
  const cursor = createCursor(tokens);
  cursor.expect('refresh', 'materialized', 'view');
  const name = cursor.name();
  if (cursor.accept('cascade')) throw notLocal('REFRESH … CASCADE', 'refresh the views one by one');
  cursor.accept('restrict');
  if (cursor.peek()) throw syntaxError(cursor.peek());
  return sql`REFRESH MATERIALIZED VIEW ${name}`;
}

/** CREATE [OR REPLACE] VIEW. One WITH NO SCHEMA BINDING is kept as a text, from which bootstrap/late-views.sql makes it. */
export function translateCreateView(tokens: readonly Token[]): readonly Token[] {
  const words = leadingWords(tokens, 4);
  if (!words.includes('view')) {
    refuseStatement(words);
    throw syntaxError(significant(tokens)[1]);
  }
  const tail = significant(tokens).slice(-4).map(keyword).join(' ');
  if (tail !== 'with no schema binding') return translateQuery(tokens);
  return createLate(
    tokens.slice(
      0,
      tokens.findLastIndex((token) => keyword(token) === 'with'),
    ),
  );
}

function createLate(tokens: readonly Token[]): readonly Token[] {
  const cursor = createCursor(tokens);
  cursor.expect('create');
  const replaces = cursor.accept('or', 'replace');
  cursor.expect('view');
  const name = cursor.name();
  const columns = cursor.at('(') ? sql`(${cursor.group()})` : [];
  cursor.expect('as');
  const query = trim(translateQuery(cursor.rest()));
  const texts = [name, columns, query].flatMap((part) => sql`, ${[quote(part)]}`);
  return sql`CALL local_warehouse.create_late_view(current_schema()::text${texts}, ${String(replaces)})`;
}

/** The blanks keep two quotes from meeting: a procedure's body is quoted by dollars, too. */
function quote(tokens: readonly Token[]): Token {
  const text = textOf(tokens);
  let tag = '$late$';
  while (text.includes(tag)) tag = tag.replace('late', 'late_');
  return { kind: 'body', text: `${tag} ${text} ${tag}` };
}
