import { isBlank, type Token } from '../token/token.ts';
import { significant, sql } from '../token/token-list.ts';
import type { Piece, Place } from './piece.ts';

/** Whether a handler at this place may roll back and commit; whether it does is seen when it runs. */
export function isOwnTransaction(place: Place): boolean {
  return place.guards === 0 && place.fixed === undefined;
}

/** What ends a handler: its transaction commits, and the error goes on. */
export function rethrow(place: Place): readonly Token[] {
  return isOwnTransaction(place)
    ? sql`IF local_warehouse.starts_over() THEN COMMIT; END IF; RAISE;`
    : sql`RAISE;`;
}

/**
 * Puts statements into blocks with the handler. As the handler always throws, a list cut in two behaves like the whole:
 * it is cut where a transaction ends, which PostgreSQL does not allow inside such a block.
 */
export function guardPieces(pieces: readonly Piece[], handler: readonly Token[]): readonly Token[] {
  const out: Token[] = [];
  let segment: Token[] = [];
  const flush = (written: readonly Token[]) => {
    if (significant(segment).length === 0) out.push(...segment);
    else out.push(...sql` BEGIN ${ENTER}`, ...segment, ...LEAVE, ...written, ...sql`END;`);
    segment = [];
  };
  const short = handler.map((token) => (isBlank(token) ? SPACE : token));
  for (const piece of pieces) {
    segment.push(...piece.tokens);
    if (!piece.after) continue;
    flush(short);
    out.push(...piece.after);
  }
  flush(handler);
  return out;
}

/** Copies of a handler stand on one line, so that they move no line number. */
const SPACE: Token = { kind: 'space', text: ' ' };
const ENTER = sql`IF local_warehouse.enter_guard() THEN NULL; END IF;`;
/** Also before a RETURN out of a guarded block. */
export const LEAVE = sql`IF local_warehouse.leave_guard() THEN NULL; END IF; `;
