import { keyword, type Token } from '../../../../sql-lexer.ts';
import { readType } from '../data-types.ts';
import { notLocal, notRedshift, syntaxError } from '../sql-error.ts';
import { translateQuery } from '../statement/query.ts';
import { significant, skipBlank, sql } from '../token/token-list.ts';
import { writeGuarded } from './guard.ts';
import {
  findSemicolon,
  type Guard,
  inherit,
  joinPieces,
  nestedIn,
  type Piece,
  type Place,
  type Walk,
} from './piece.ts';

interface Block {
  readonly piece: Piece;
  readonly end: number;
}

/** [DECLARE …] BEGIN … [EXCEPTION WHEN OTHERS THEN …] END [label]; @throws WarehouseError */
export function translateBlock(tokens: readonly Token[], start: number, place: Place, walk: Walk): Block {
  const { written, begin } = translateDeclarations(tokens, start);
  const check = place.isNonatomic && place.isFirst ? beginNonatomic(tokens) : [];
  const head = [...written, ...tokens.slice(begin, begin + 1), ...check];
  if (!hasHandler(tokens, begin + 1)) {
    const plain = walk(tokens, begin + 1, { ...nestedIn(place, true), isFirst: place.isFirst });
    const block = closeBlock(tokens, plain.end);
    const piece = {
      tokens: [...head, ...joinPieces(plain.pieces), ...block.close],
      ...inherit(plain.pieces),
      cut: (guard: Guard) => [...head, ...guard.list(plain.pieces), ...block.close],
    };
    return { piece, end: block.end };
  }
  const isNested = place.guards > 0 && !place.isNonatomic;
  const body = walk(tokens, begin + 1, { ...place, guards: place.guards + 1, isNested });
  const handler = translateHandler(tokens, body.end, place, walk);
  const block = closeBlock(tokens, handler.end);
  const write = (list: (pieces: readonly Piece[]) => readonly Token[]) => {
    const guarded = writeGuarded(body.pieces, handler.write(list));
    const label = place.isNonatomic ? sql` <<${exitLabel(place)}>> BEGIN` : [];
    return [...head, ...label, ...guarded, ...(label.length > 0 ? sql` END; ` : []), ...block.close];
  };
  const inherited = place.isNonatomic ? { ...inherit(body.pieces), ends: true } : {};
  const piece = { tokens: write(joinPieces), ...inherited, cut: (guard: Guard) => write(guard.list) };
  return { piece, end: block.end };
}

/** Whether EXCEPTION ends the list of statements at `from`: its own, not that of a block below. */
function hasHandler(tokens: readonly Token[], from: number): boolean {
  const words = significant(tokens.slice(from)).map(keyword);
  const open: string[] = [];
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? '';
    if (word === 'exception' && open.length === 0 && words[index - 1] !== 'raise') return true;
    if (/^(begin|case|loop)$/.test(word)) open.push(word);
    if (word !== 'end' || words[index + 1] === 'if') continue;
    if (open.length === 0) return false;
    if (open.pop() === words[index + 1]) index++;
  }
  return false;
}

/** What leaves a guarded block of a NONATOMIC procedure: a label, as a loop of its own would catch the author's EXIT. */
function exitLabel(place: Place): string {
  return `local_warehouse_${place.guards}`;
}

/** The first thing a NONATOMIC procedure does. */
function beginNonatomic(tokens: readonly Token[]): readonly Token[] {
  const hasHandler = tokens.some((token) => keyword(token) === 'exception');
  return sql` IF local_warehouse.begin_nonatomic(${String(hasHandler)}) THEN NULL; END IF;`;
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
 * own, which commits, and the error is thrown again. In a NONATOMIC procedure it is not thrown again: CONTINUE_HANDLER goes
 * on behind the statement that failed, EXIT_HANDLER behind the block.
 */
function translateHandler(
  tokens: readonly Token[],
  start: number,
  place: Place,
  walk: Walk,
): { write: (list: (pieces: readonly Piece[]) => readonly Token[]) => readonly Token[]; end: number } {
  const words = significant(tokens.slice(start + 1, start + 12)).map(keyword);
  const kind = /^(continue|exit)_handler$/.test(words[0] ?? '') ? words.shift() : undefined;
  if (kind && !place.isNonatomic)
    throw notRedshift(`${kind.toUpperCase()} in the default mode`, 'leave it out');
  if (words.slice(0, 3).join(' ') !== 'when others then') {
    throw notRedshift('EXCEPTION WHEN a condition', 'only WHEN OTHERS is known; read SQLSTATE in it');
  }
  let then = start;
  while (keyword(tokens[then]) !== 'then') then++;
  const body = walk(tokens, then + 1, { ...nestedIn(place, place.isNonatomic), isHandler: true });
  if (keyword(tokens[body.end]) !== 'end') throw syntaxError(tokens[body.end]);
  const again = isOwnTransaction(place)
    ? sql` IF local_warehouse.starts_over() THEN ROLLBACK; END IF; `
    : sql` `;
  const when = tokens.slice(start, then + 1).filter((token) => keyword(token) !== kind || !kind);
  const leave = kind === 'continue_handler' ? [] : sql` EXIT ${exitLabel(place)}; `;
  const end = place.isNonatomic ? leave : [...rethrow(place), ...sql` `];
  return {
    write: (list) => [...when, ...(place.isNonatomic ? REFUSED : []), ...again, ...list(body.pieces), ...end],
    end: body.end,
  };
}

/** What this warehouse refuses is no error to be handled. */
const REFUSED = sql` IF SQLERRM LIKE '%not supported by the local warehouse%' THEN RAISE; END IF;`;

function closeBlock(tokens: readonly Token[], end: number): { close: readonly Token[]; end: number } {
  if (keyword(tokens[end]) !== 'end') throw syntaxError(tokens[end]);
  const semicolon = tokens.findIndex((token, index) => index >= end && token.text === ';');
  const stop = semicolon < 0 ? tokens.length : semicolon + 1;
  if (significant(tokens.slice(end, stop)).length > 3) throw notLocal('This END', 'end the block with END;');
  return { close: tokens.slice(end, stop), end: stop };
}

/** Whether a handler at this place may roll back and commit; whether it does is seen when it runs. */
function isOwnTransaction(place: Place): boolean {
  return (place.guards === 0 || place.isNonatomic) && place.fixed === undefined;
}

/** What ends a handler: its transaction commits, and the error goes on. */
export function rethrow(place: Place): readonly Token[] {
  return isOwnTransaction(place)
    ? sql`IF local_warehouse.starts_over() THEN COMMIT; END IF; RAISE;`
    : sql`RAISE;`;
}
