import { isSign, keyword, type Token } from '../../../../sql-lexer.ts';
import { syntaxError } from '../sql-error.ts';
import { translateQuery } from '../statement/query.ts';
import { significant, skipBlank, sql } from '../token/token-list.ts';
import { translateBlock } from './block.ts';
import { OPEN_CURSOR, translateLoopHeader } from './dynamic-sql.ts';
import {
  CONDITION,
  findEndWord,
  findSemicolon,
  type Guard,
  inherit,
  joinPieces,
  keepLines,
  NO_CONDITION,
  nestedIn,
  type Piece,
  type Place,
  type Walk,
} from './piece.ts';
import { translateSimple } from './simple-statement.ts';

interface One {
  readonly piece: Piece;
  readonly end: number;
}

const LIST_ENDS = new Set(['end', 'elsif', 'elseif', 'else', 'exception', 'when']);

/** Translates statements up to the word that ends their list. @throws WarehouseError */
export const translateStatements: Walk = (tokens, from, place) => {
  const pieces: Piece[] = [];
  let index = from;
  for (;;) {
    const start = skipLabel(tokens, skipBlank(tokens, index));
    if (start >= tokens.length) throw syntaxError(undefined);
    const lead = tokens.slice(index, start);
    if (LIST_ENDS.has(keyword(tokens[start]))) {
      pieces.push({ tokens: lead });
      return { pieces, end: start };
    }
    const { piece, end } = translateOne(tokens, start, {
      ...place,
      isFirst: place.isFirst && index === from,
    });
    pieces.push(behind([...(piece.before ?? []), ...lead], piece));
    index = end;
  }
};

function behind(lead: readonly Token[], piece: Piece): Piece {
  const { cut } = piece;
  const tokens = [...lead, ...piece.tokens];
  return cut ? { ...piece, tokens, cut: (guard) => [...lead, ...cut(guard)] } : { ...piece, tokens };
}

/** `<<label>>` */
function skipLabel(tokens: readonly Token[], index: number): number {
  if (!isSign(tokens[index], '<<')) return index;
  const name = skipBlank(tokens, index + 1);
  return skipBlank(tokens, skipBlank(tokens, name + 1) + 1);
}

function translateOne(tokens: readonly Token[], start: number, place: Place): One {
  switch (keyword(tokens[start])) {
    case 'declare':
    case 'begin':
      return translateBlock(tokens, start, place, translateStatements);
    case 'if':
      return translateBranches(tokens, start, place, 'if', ['if', 'elsif', 'elseif']);
    case 'case':
      return translateBranches(tokens, start, place, 'case', ['case', 'when']);
    case 'loop':
    case 'while':
    case 'for':
      return translateLoop(tokens, start, place);
    default:
      return translateToSemicolon(tokens, start, place);
  }
}

function translateToSemicolon(tokens: readonly Token[], start: number, place: Place): One {
  const end = findSemicolon(tokens, start);
  const statement = tokens.slice(start, end);
  const piece = translateSimple(statement, place);
  const written = keepLines(statement, piece.tokens);
  const jumps = /^(exit|continue)$/.test(keyword(tokens[start])) ? jump(statement) : {};
  return {
    piece: {
      ...piece,
      ...jumps,
      ends: piece.after !== undefined,
      tokens: [...written, ...tokens.slice(end, end + 1)],
    },
    end: end + 1,
  };
}

/** EXIT and CONTINUE [label] [WHEN condition]: they stand outside of a guard, which would not see that it is left. */
function jump(statement: readonly Token[]): Pick<Piece, 'jumps' | 'cut'> {
  const when = findEndWord([...statement, ...sql` when`], 0, ['when']);
  const head = statement.slice(0, when);
  const condition = translateQuery(statement.slice(when + 1));
  const cut = (guard: Guard) =>
    condition.length === 0
      ? [...head, ...sql`;`]
      : [...guard.test(condition), ...sql` ${head} WHEN ${CONDITION};`];
  return { jumps: significant(head).length > 1 ? 'label' : 'loop', cut };
}

interface Branch {
  /** Absent for ELSE. */
  readonly condition: readonly Token[] | undefined;
  readonly pieces: readonly Piece[];
}

/** IF and CASE: `conditions` are the words before something that ends with THEN, `close` is the word behind END. */
function translateBranches(
  tokens: readonly Token[],
  start: number,
  place: Place,
  close: string,
  conditions: readonly string[],
): One {
  const out: Token[] = [];
  const branches: Branch[] = [];
  let index = start;
  while (keyword(tokens[index]) !== 'end') {
    const word = keyword(tokens[index]);
    if (word !== 'else' && !conditions.includes(word)) throw syntaxError(tokens[index]);
    const body = word === 'else' ? index + 1 : findBody(tokens, index + 1);
    const condition = translateQuery(tokens.slice(index + 1, body));
    const { pieces, end } = translateStatements(tokens, body, nestedIn(place, close === 'if'));
    branches.push({ condition: word === 'else' ? undefined : condition.slice(0, -1), pieces });
    out.push(...tokens.slice(index, index + 1), ...condition, ...joinPieces(pieces));
    index = end;
  }
  const one = closeCompound(tokens, index, close);
  const inherited = inherit(branches.flatMap(({ pieces }) => pieces));
  const cut = close === 'if' ? { cut: (guard: Guard) => cutBranches(branches, guard) } : {};
  return { piece: { tokens: [...out, ...one.close], ...inherited, ...cut }, end: one.end };
}

/** Each condition is tried under the guard when its turn comes: ELSIF becomes an IF below ELSE. */
function cutBranches(branches: readonly Branch[], guard: Guard): readonly Token[] {
  const out = branches.flatMap(({ condition, pieces }, index) => [
    ...(index > 0 ? sql` ELSIF ${NO_CONDITION} THEN` : []),
    ...(condition ? [...guard.test(condition), ...sql` IF ${CONDITION} THEN`] : []),
    ...guard.list(pieces),
  ]);
  return [...out, ...branches.flatMap(({ condition }) => (condition ? sql` END IF;` : []))];
}

/** Statements follow THEN; a CASE with an operand has its first THEN behind its first WHEN. */
function findBody(tokens: readonly Token[], from: number): number {
  return findEndWord(tokens, from, ['then']) + 1;
}

function translateLoop(tokens: readonly Token[], start: number, place: Place): One {
  const body = findEndWord(tokens, start, ['loop']) + 1;
  const { header, readsRows } = translateLoopHeader(tokens.slice(start, body));
  const canBeCut = place.isNonatomic || !readsRows;
  const { pieces, end } = translateStatements(tokens, body, nestedIn(place, canBeCut));
  const one = closeCompound(tokens, end, 'loop');
  const check = readsRows && !place.isNonatomic ? CURSOR_CHECK : [];
  const isWhile = keyword(tokens[start]) === 'while';
  const test = (guard: Guard) =>
    isWhile ? sql`LOOP ${guard.test(header.slice(1, -1))} EXIT WHEN NOT ${CONDITION};` : header;
  const { ends, jumps } = inherit(pieces);
  const piece: Piece = {
    ...(readsRows ? { before: OPEN_CURSOR } : {}),
    ends: ends === true,
    // What leaves the loop itself leaves nothing around it.
    jumps: jumps === 'label' ? jumps : undefined,
    tokens: [...header, ...check, ...joinPieces(pieces), ...one.close],
    cut: (guard) => [...test(guard), ...guard.list(pieces), ...one.close],
  };
  return { piece, end: one.end };
}

const CURSOR_CHECK = sql` IF local_warehouse.cursor_is_closed() THEN RAISE EXCEPTION 'cursor does not exist' USING ERRCODE = 'invalid_cursor_name'; END IF;`;

function closeCompound(
  tokens: readonly Token[],
  end: number,
  word: string,
): { close: readonly Token[]; end: number } {
  const closes = keyword(tokens[end]) === 'end' && keyword(tokens[skipBlank(tokens, end + 1)]) === word;
  if (!closes) throw syntaxError(tokens[end]);
  const stop = findSemicolon(tokens, end) + 1;
  return { close: tokens.slice(end, stop), end: stop };
}
