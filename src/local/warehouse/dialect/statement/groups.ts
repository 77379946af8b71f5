import { keyword, type Token } from '../../../../sql-lexer.ts';
import { quoteIdentifier } from '../../database-client.ts';
import { notLocal, syntaxError } from '../sql-error.ts';
import { type Cursor, createCursor } from '../token/cursor.ts';
import { quoteString, sql, textOf } from '../token/token-list.ts';

/** Groups and roles are PostgreSQL's roles "group x" and "role x": see bootstrap/roles.sql. */
type Kind = 'group' | 'role';

/** CREATE, ALTER or DROP GROUP, CREATE or DROP ROLE. @throws WarehouseError */
export function translateGroup(tokens: readonly Token[]): readonly Token[] {
  const cursor = createCursor(tokens);
  const verb = cursor.take().text.toLowerCase();
  const kind = cursor.take().text.toLowerCase() as Kind;
  const name = roleName(kind, cursor.name());
  const change =
    verb === 'alter' ? readChange(cursor, kind) : { action: verb, others: readUsers(cursor, verb) };
  if (kind === 'role' && verb === 'drop') cursor.accept('restrict') || cursor.accept('force');
  if (cursor.peek()) throw syntaxError(cursor.peek());
  return changeRole(change.action, name, change.others);
}

/** [WITH] USER a, b behind CREATE GROUP. */
function readUsers(cursor: Cursor, verb: string): readonly string[] {
  cursor.accept('with');
  return verb === 'create' && cursor.accept('user') ? readPrincipals(cursor) : [];
}

function readChange(cursor: Cursor, kind: Kind): { action: string; others: readonly string[] } {
  if (cursor.accept('add', 'user')) return { action: 'add', others: readPrincipals(cursor) };
  if (cursor.accept('drop', 'user')) return { action: 'remove', others: readPrincipals(cursor) };
  cursor.expect('rename', 'to');
  return { action: 'rename', others: [roleName(kind, cursor.name())] };
}

/** GRANT ROLE a TO b, or REVOKE ROLE a FROM b. @throws WarehouseError */
export function translateGrantRole(tokens: readonly Token[]): readonly Token[] {
  const cursor = createCursor(tokens);
  const isGrant = cursor.accept('grant');
  if (!isGrant) cursor.expect('revoke');
  cursor.expect('role');
  const name = roleName('role', cursor.name());
  if (cursor.at(',')) throw notLocal('GRANT of several roles', 'write a statement for each');
  cursor.expect(isGrant ? 'to' : 'from');
  const others = readPrincipals(cursor);
  if (cursor.word() === 'with')
    throw notLocal('WITH ADMIN OPTION', 'leave it out: owner grants the roles here');
  if (cursor.peek()) throw syntaxError(cursor.peek());
  return changeRole(isGrant ? 'add' : 'remove', name, others);
}

function changeRole(action: string, name: string, others: readonly string[]): readonly Token[] {
  const list = others.map(quoteString).join(', ');
  return sql`CALL local_warehouse.change_role(${quoteString(action)}, ${quoteString(name)}, ARRAY[${list}]::text[])`;
}

function readPrincipals(cursor: Cursor): readonly string[] {
  const names: string[] = [];
  do {
    if (cursor.at(',')) cursor.take();
    const isKind = /^(group|role)$/.test(cursor.word());
    const kind = isKind ? (cursor.take().text.toLowerCase() as Kind) : undefined;
    names.push(roleName(kind, cursor.name()));
  } while (cursor.at(','));
  return names;
}

function roleName(kind: Kind | undefined, name: readonly Token[]): string {
  const text = textOf(name);
  const plain = text.startsWith('"') ? text.slice(1, -1).replaceAll('""', '"') : text.toLowerCase();
  return kind ? `${kind} ${plain}` : plain;
}

/** Names groups and roles in what stands behind the TO of a GRANT or the FROM of a REVOKE. */
export function nameGroups(tokens: readonly Token[]): readonly Token[] {
  const start = tokens.findLastIndex((token) => /^(to|from)$/.test(keyword(token)));
  const cursor = createCursor(tokens.slice(start + 1));
  const out: Token[] = [...tokens.slice(0, start + 1)];
  while (cursor.peek()) {
    const kind = /^(group|role)$/.test(cursor.word())
      ? (cursor.take().text.toLowerCase() as Kind)
      : undefined;
    const name = kind ? quoteIdentifier(roleName(kind, cursor.name())) : undefined;
    out.push({ kind: 'space', text: ' ' }, name ? { kind: 'name', text: name } : cursor.take());
  }
  return out;
}
