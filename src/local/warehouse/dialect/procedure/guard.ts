import { isBlank, type Token } from '../../../../sql-lexer.ts';
import { significant, sql, textOf } from '../token/token-list.ts';
import type { Guard, Piece } from './piece.ts';
import { readClock } from './variables.ts';

/**
 * Writes statements in blocks with `handler`, as few as can be. PostgreSQL ends no transaction in such a block: the list
 * is cut there. It behaves like one block, because the handler leaves it: it throws, or goes to the end of the block.
 */
export function writeGuarded(pieces: readonly Piece[], handler: readonly Token[]): readonly Token[] {
  const isCut = pieces.some((piece) => piece.ends || piece.jumps);
  const short = [raw(readClock(handler.map((token) => (isBlank(token) ? SPACE : token))))];
  const guard: Guard = {
    list: (inner) => writeList(inner, guard, short, short, true),
    test: (condition) => [
      ...setCondition(sql`''`),
      ...wrap(setCondition(sql`CASE WHEN ${condition} THEN 'on' ELSE 'off' END`), short),
    ],
  };
  return writeList(pieces, guard, short, handler, isCut);
}

function writeList(
  pieces: readonly Piece[],
  guard: Guard,
  short: readonly Token[],
  last: readonly Token[],
  isCut: boolean,
): readonly Token[] {
  const out: Token[] = [];
  let segment: Token[] = [];
  const flush = (handler: readonly Token[]) => {
    out.push(...(significant(segment).length === 0 ? segment : wrap(segment, handler)));
    segment = [];
  };
  for (const piece of pieces) {
    if (piece.cut && isCut && (piece.ends || piece.jumps)) {
      flush(short);
      out.push(...piece.cut(guard));
      continue;
    }
    segment.push(...piece.tokens);
    if (!piece.after) continue;
    flush(short);
    out.push(...piece.after);
  }
  flush(last);
  return out;
}

function setCondition(value: readonly Token[]): readonly Token[] {
  return sql` IF set_config('local_warehouse.condition', ${value}, true) IS NULL THEN NULL; END IF;`;
}

function wrap(statements: readonly Token[], handler: readonly Token[]): readonly Token[] {
  return [...sql` BEGIN ${ENTER}`, ...statements, ...LEAVE, ...handler, ...sql`END;`];
}

/** Copies of a handler stand on one line, so that they move no line number. */
const SPACE: Token = { kind: 'space', text: ' ' };
const ENTER = [raw(sql`IF local_warehouse.enter_guard() THEN NULL; END IF;`)];
/** Also before a RETURN out of a guarded block. */
export const LEAVE = [raw(sql`IF local_warehouse.leave_guard() THEN NULL; END IF; `)];

/** One token for what is only written, and often. */
function raw(tokens: readonly Token[]): Token {
  return { kind: 'body', text: textOf(tokens) };
}
