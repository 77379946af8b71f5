import { syntaxError } from '../sql-error.ts';
import { translateQuery } from '../statement/query.ts';
import { isSign, keyword, type Token } from '../token/lex.ts';
import { skipBlank, sql } from '../token/token-list.ts';
import { translateBlock } from './block.ts';
import { OPEN_CURSOR, translateLoopHeader } from './dynamic-sql.ts';
import {
  findEndWord,
  findSemicolon,
  joinPieces,
  keepLines,
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
    pieces.push({ ...piece, tokens: [...(piece.before ?? []), ...lead, ...piece.tokens] });
    index = end;
  }
};

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
  return { piece: { ...piece, tokens: [...written, ...tokens.slice(end, end + 1)] }, end: end + 1 };
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
  let index = start;
  while (keyword(tokens[index]) !== 'end') {
    const word = keyword(tokens[index]);
    if (word !== 'else' && !conditions.includes(word)) throw syntaxError(tokens[index]);
    const body = word === 'else' ? index + 1 : findBody(tokens, index + 1);
    out.push(...tokens.slice(index, index + 1), ...translateQuery(tokens.slice(index + 1, body)));
    const walked = translateStatements(tokens, body, nestedIn(place));
    out.push(...joinPieces(walked.pieces));
    index = walked.end;
  }
  return closeCompound(tokens, index, close, out);
}

/** Statements follow THEN; a CASE with an operand has its first THEN behind its first WHEN. */
function findBody(tokens: readonly Token[], from: number): number {
  return findEndWord(tokens, from, ['then']) + 1;
}

function translateLoop(tokens: readonly Token[], start: number, place: Place): One {
  const body = findEndWord(tokens, start, ['loop']) + 1;
  const walked = translateStatements(tokens, body, nestedIn(place));
  const { header, readsRows } = translateLoopHeader(tokens.slice(start, body));
  const check = readsRows ? CURSOR_CHECK : [];
  const one = closeCompound(tokens, walked.end, 'loop', [...header, ...check, ...joinPieces(walked.pieces)]);
  return readsRows ? { ...one, piece: { ...one.piece, before: OPEN_CURSOR } } : one;
}

const CURSOR_CHECK = sql` IF local_warehouse.cursor_is_closed() THEN RAISE EXCEPTION 'cursor does not exist' USING ERRCODE = 'invalid_cursor_name'; END IF;`;

function closeCompound(tokens: readonly Token[], end: number, word: string, out: readonly Token[]): One {
  const closes = keyword(tokens[end]) === 'end' && keyword(tokens[skipBlank(tokens, end + 1)]) === word;
  if (!closes) throw syntaxError(tokens[end]);
  const stop = findSemicolon(tokens, end) + 1;
  return { piece: { tokens: [...out, ...tokens.slice(end, stop)] }, end: stop };
}
