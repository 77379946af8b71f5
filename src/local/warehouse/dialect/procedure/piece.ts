import { isSign, keyword, type Token } from '../../../../sql-lexer.ts';
import { syntaxError } from '../sql-error.ts';
import { sql } from '../token/token-list.ts';

/**
 * One statement of a procedure's body as PostgreSQL gets it. Space and line ends stay where they were, so that the
 * server's "line 7" is the author's line 7.
 */
export interface Piece {
  /** What stands before its label. */
  readonly before?: readonly Token[];
  /** The statement with everything before it that belongs to it, and its semicolon. */
  readonly tokens: readonly Token[];
  /** What ends the transaction after it: cannot stand in a block that PostgreSQL runs as a subtransaction. */
  readonly after?: readonly Token[];
  /** True when a transaction may end in it. */
  readonly ends?: boolean;
  /** What an EXIT or CONTINUE in it leaves that is not in it. */
  readonly jumps?: 'loop' | 'label' | undefined;
  /** Writes a compound statement with a guard around each of its parts, where a transaction ends between them. */
  readonly cut?: (guard: Guard) => readonly Token[];
}

/** Puts statements into blocks with a handler. */
export interface Guard {
  readonly list: (pieces: readonly Piece[]) => readonly Token[];
  /** Tries a condition; the statement behind it reads CONDITION. */
  readonly test: (condition: readonly Token[]) => readonly Token[];
}

/** What the last test of a guard said: neither after an error that a handler has gone on from. */
export const CONDITION = sql`current_setting('local_warehouse.condition') = 'on'`;
export const NO_CONDITION = sql`current_setting('local_warehouse.condition') = 'off'`;

/** What a compound statement inherits from the statements in it. */
export function inherit(pieces: readonly Piece[]): Pick<Piece, 'ends' | 'jumps'> {
  const jumps = pieces.map((piece) => piece.jumps);
  return {
    ends: pieces.some((piece) => piece.ends),
    jumps: jumps.find((jump) => jump === 'label') ?? jumps.find(Boolean),
  };
}

/** Where a statement of a body stands. */
export interface Place {
  /** How many blocks with EXCEPTION it stands in. */
  readonly guards: number;
  /** True where nothing can be cut: below CASE and in a block with EXCEPTION in another. */
  readonly isNested: boolean;
  /** True behind EXCEPTION. */
  readonly isHandler: boolean;
  /** True for what the procedure does first. */
  readonly isFirst: boolean;
  /** Why the procedure can never end a transaction; undefined when it can. */
  readonly fixed: 'set' | 'definer' | undefined;
  /** True in a NONATOMIC procedure, where each statement commits. */
  readonly isNonatomic: boolean;
}

/** Translates a list of statements up to the word that ends it, which stands at `end`. */
export type Walk = (
  tokens: readonly Token[],
  from: number,
  place: Place,
) => { readonly pieces: readonly Piece[]; readonly end: number };

/** The place of statements inside a compound statement, which can be cut or not. */
export function nestedIn(place: Place, canBeCut: boolean): Place {
  return { ...place, isNested: place.isNested || (place.guards > 0 && !canBeCut), isFirst: false };
}

/** All tokens of pieces, in order. */
export function joinPieces(pieces: readonly Piece[]): readonly Token[] {
  return pieces.flatMap((piece) => [...piece.tokens, ...(piece.after ?? [])]);
}

/** Adds the line ends that a rewritten statement lost. */
export function keepLines(original: readonly Token[], written: readonly Token[]): readonly Token[] {
  const missing = countLines(original) - countLines(written);
  return missing > 0 ? [...written, ...sql`${'\n'.repeat(missing)}`] : written;
}

function countLines(tokens: readonly Token[]): number {
  let lines = 0;
  for (const { text } of tokens)
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++;
  return lines;
}

/**
 * Index of the word that ends an expression of PL/pgSQL: outside parentheses, and outside CASE … END, which has THEN
 * and ELSE of its own.
 * @throws WarehouseError when it never comes
 */
export function findEndWord(tokens: readonly Token[], from: number, words: readonly string[]): number {
  let depth = 0;
  let cases = 0;
  for (let index = from; index < tokens.length; index++) {
    const token = tokens[index];
    const word = keyword(token);
    if (isSign(token, '(')) depth++;
    if (isSign(token, ')')) depth--;
    if (depth === 0 && cases === 0 && words.includes(word)) return index;
    if (word === 'case') cases++;
    if (word === 'end' && cases > 0) cases--;
  }
  throw syntaxError(undefined);
}

/** Index of the semicolon that ends a statement. @throws WarehouseError when there is none */
export function findSemicolon(tokens: readonly Token[], from: number): number {
  let depth = 0;
  for (let index = from; index < tokens.length; index++) {
    if (isSign(tokens[index], '(')) depth++;
    if (isSign(tokens[index], ')')) depth--;
    if (depth <= 0 && isSign(tokens[index], ';')) return index;
  }
  throw syntaxError(undefined);
}
