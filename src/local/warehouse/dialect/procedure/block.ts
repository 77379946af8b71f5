import { readType } from '../data-types.ts';
import { notLocal, notRedshift, syntaxError } from '../sql-error.ts';
import { translateQuery } from '../statement/query.ts';
import { isBlank, keyword, type Token } from '../token/lex.ts';
import { significant, skipBlank, sql } from '../token/token-list.ts';
import { findSemicolon, joinPieces, nestedIn, type Piece, type Place, type Walk } from './piece.ts';

interface Block {
  readonly piece: Piece;
  readonly end: number;
}

/** [DECLARE …] BEGIN … [EXCEPTION WHEN OTHERS THEN …] END [label]; @throws WarehouseError */
export function translateBlock(tokens: readonly Token[], start: number, place: Place, walk: Walk): Block {
  const { written, begin } = translateDeclarations(tokens, start);
  const head = [...written, ...tokens.slice(begin, begin + 1)];
  const plain = walk(tokens, begin + 1, { ...nestedIn(place), isFirst: place.isFirst });
  if (keyword(tokens[plain.end]) !== 'exception')
    return closeBlock(tokens, plain.end, [...head, ...joinPieces(plain.pieces)]);
  const guarded = { ...place, guards: place.guards + 1, isNested: place.guards > 0 };
  const body = walk(tokens, begin + 1, guarded);
  const handler = translateHandler(tokens, body.end, place, walk);
  return closeBlock(tokens, handler.end, [...head, ...guardPieces(body.pieces, handler.tokens)]);
}

function translateDeclarations(
  tokens: readonly Token[],
  start: number,
): { written: readonly Token[]; begin: number } {
  if (keyword(tokens[start]) !== 'declare') return { written: [], begin: start };
  const written: Token[] = tokens.slice(start, start + 1) as Token[];
  let index = start + 1;
  while (keyword(tokens[skipBlank(tokens, index)]) !== 'begin') {
    const end = findSemicolon(tokens, index) + 1;
    written.push(...translateDeclaration(tokens.slice(index, end)));
    index = end;
  }
  const begin = skipBlank(tokens, index);
  return { written: [...written, ...tokens.slice(index, begin)], begin };
}

/** What stands in the place of a type and is none. */
const NO_TYPES = /^(cursor|alias|#.*)?$/;

/** A variable: its type is written for PostgreSQL, its value or query translated. */
function translateDeclaration(tokens: readonly Token[]): readonly Token[] {
  const name = skipBlank(tokens, 0);
  const second = skipBlank(tokens, name + 1);
  const type = keyword(tokens[second]) === 'constant' ? skipBlank(tokens, second + 1) : second;
  const word = keyword(tokens[type]);
  if (NO_TYPES.test(word)) return translateQuery(tokens);
  const read = readType(tokens, type, 'cast');
  return [...tokens.slice(0, type), ...read.tokens, ...translateQuery(tokens.slice(read.end))];
}

/**
 * The handler of a block. In Redshift's default mode everything is rolled back, the handler runs in a transaction of its
 * own, which commits, and the error is thrown again.
 */
function translateHandler(
  tokens: readonly Token[],
  start: number,
  place: Place,
  walk: Walk,
): { tokens: readonly Token[]; end: number } {
  const when = significant(tokens.slice(start, start + 12)).map(keyword);
  if (when[1] !== 'when' || when[2] !== 'others' || when[3] !== 'then') {
    throw notRedshift('EXCEPTION WHEN a condition', 'only WHEN OTHERS is known; read SQLSTATE in it');
  }
  let then = start;
  while (keyword(tokens[then]) !== 'then') then++;
  const body = walk(tokens, then + 1, { ...nestedIn(place), isHandler: true });
  if (keyword(tokens[body.end]) !== 'end') throw syntaxError(tokens[body.end]);
  const again = isOwnTransaction(place) ? sql`IF local_warehouse.starts_over() THEN ROLLBACK; END IF; ` : [];
  const head = [...tokens.slice(start, then + 1), ...sql` `, ...again];
  return { tokens: [...head, ...joinPieces(body.pieces), ...rethrow(place), ...sql` `], end: body.end };
}

function closeBlock(tokens: readonly Token[], end: number, out: readonly Token[]): Block {
  if (keyword(tokens[end]) !== 'end') throw syntaxError(tokens[end]);
  const semicolon = tokens.findIndex((token, index) => index >= end && token.text === ';');
  const stop = semicolon < 0 ? tokens.length : semicolon + 1;
  if (significant(tokens.slice(end, stop)).length > 3) throw notLocal('This END', 'end the block with END;');
  return { piece: { tokens: [...out, ...tokens.slice(end, stop)] }, end: stop };
}

/** Whether a handler at this place may roll back and commit; whether it does is seen when it runs. */
function isOwnTransaction(place: Place): boolean {
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
function guardPieces(pieces: readonly Piece[], handler: readonly Token[]): readonly Token[] {
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
