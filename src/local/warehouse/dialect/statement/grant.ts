import { notLocal } from '../sql-error.ts';
import { createCursor } from '../token/cursor.ts';
import { isBlank, keyword, type Token } from '../token/lex.ts';
import { findWord, quoteTemporary, significant, textOf } from '../token/token-list.ts';
import { onRoutines, takeRoutines } from './routine-statements.ts';

const LOCAL_PRIVILEGES = new Set(['alter', 'drop', 'assumerole', 'explain', 'ignore']);

/** GRANT and REVOKE to users, groups and PUBLIC. */
export function translateGrant(tokens: readonly Token[]): readonly Token[] {
  const words = significant(tokens).map(keyword);
  const on = words.indexOf('on');
  const refused = words.slice(1, on).find((word) => LOCAL_PRIVILEGES.has(word));
  if (refused || on < 0)
    throw notLocal(`${words[0]?.toUpperCase()} ${refused?.toUpperCase() ?? 'of a role'}`, 'grant to users');
  if (words.slice(on).includes('role')) throw notLocal('A role', 'grant to the users owner, runtime or dms');
  const object = words[on + 1] ?? '';
  return /^(procedure|function)$/.test(object) ? grantRoutines(tokens, object) : tokens.map(quoteTemporary);
}

/** `… ON PROCEDURE name(types), … TO …` */
function grantRoutines(tokens: readonly Token[], object: string): readonly Token[] {
  const kind = object.toUpperCase();
  const start = findWord(tokens, [object]);
  const cursor = createCursor(tokens.slice(start + 1));
  const routines = takeRoutines(cursor, `ON ${kind}`);
  const head = textOf(tokens.slice(0, start + 1).map((token) => (isBlank(token) ? SPACE : token)));
  return onRoutines(kind, head, routines, cursor.rest());
}

const SPACE: Token = { kind: 'space', text: ' ' };
