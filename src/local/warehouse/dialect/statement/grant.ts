import { isBlank, keyword, type Token } from '../../../../sql-lexer.ts';
import { notLocal, syntaxError } from '../sql-error.ts';
import { createCursor } from '../token/cursor.ts';
import { findWord, quoteTemporary, significant, textOf } from '../token/token-list.ts';
import { nameGroups, translateGrantRole } from './groups.ts';
import { onRoutines, takeRoutines } from './routine-statements.ts';

const LOCAL_PRIVILEGES = new Set(['alter', 'drop', 'assumerole', 'explain', 'ignore']);

/** GRANT and REVOKE to users, groups, roles and PUBLIC. */
export function translateGrant(tokens: readonly Token[]): readonly Token[] {
  const words = significant(tokens).map(keyword);
  if (words[1] === 'role') return translateGrantRole(tokens);
  const object = words[refusePrivileges(words) + 1] ?? '';
  const named = nameGroups(tokens);
  return /^(procedure|function)$/.test(object) ? grantRoutines(named, object) : named.map(quoteTemporary);
}

/** Returns where ON stands. */
function refusePrivileges(words: readonly string[]): number {
  const on = words.indexOf('on');
  const refused = words.slice(1, on).find((word) => LOCAL_PRIVILEGES.has(word));
  if (refused || on < 0)
    throw notLocal(
      `${words[0]?.toUpperCase()} ${refused?.toUpperCase() ?? 'of this'}`,
      'test it on Redshift',
    );
  return on;
}

/** ALTER DEFAULT PRIVILEGES [FOR USER …] [IN SCHEMA …] GRANT or REVOKE …: PostgreSQL has one set for functions and procedures. */
export function translateDefaultPrivileges(tokens: readonly Token[]): readonly Token[] {
  const change = tokens.findIndex((token) => /^(grant|revoke)$/.test(keyword(token)));
  const words = significant(tokens.slice(Math.max(change, 0))).map(keyword);
  if (change < 0) throw syntaxError(undefined);
  refusePrivileges(words);
  return nameGroups(tokens).map((token) =>
    keyword(token) === 'procedures' ? { kind: 'word', text: 'ROUTINES', word: 'routines' } : token,
  );
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
