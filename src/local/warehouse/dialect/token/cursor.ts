import { isSign, keyword, type Token } from '../../../../sql-lexer.ts';
import { readType } from '../data-types.ts';
import { asName } from '../reserved-words.ts';
import { syntaxError } from '../sql-error.ts';
import { closingIndex, quoteTemporary, skipBlank } from './token-list.ts';

/** Reads tokens from left to right; blanks are passed over. */
export interface Cursor {
  /** The next meaningful token; undefined at the end. */
  peek(): Token | undefined;
  /** Its text in lower case if it is a word, otherwise empty. */
  word(): string;
  /** Takes the next meaningful token. @throws WarehouseError at the end */
  take(): Token;
  /** Takes these words if they come next. */
  accept(...words: readonly string[]): boolean;
  /** Takes these words. @throws WarehouseError when something else comes */
  expect(...words: readonly string[]): void;
  /** True when the next token is this sign. */
  at(sign: string): boolean;
  /** Takes a parenthesised group and returns what is inside. @throws WarehouseError */
  group(): readonly Token[];
  /** Takes a name, with its schema: `a`, `a.b`, `"A".b`. @throws WarehouseError */
  name(): readonly Token[];
  /** Takes a type's name and size. @throws WarehouseError for a type Redshift, or this warehouse, lacks */
  type(use: 'column' | 'cast'): readonly Token[];
  /** Takes tokens up to one of `words` outside parentheses, or the end; at least one. */
  until(words: ReadonlySet<string>): readonly Token[];
  /** Takes everything that is left. */
  rest(): readonly Token[];
}

export function createCursor(tokens: readonly Token[]): Cursor {
  let index = skipBlank(tokens, 0);
  const move = (to: number) => {
    index = skipBlank(tokens, to);
  };
  const cursor: Cursor = {
    peek: () => tokens[index],
    word: () => keyword(tokens[index]),
    take() {
      const token = tokens[index];
      if (!token) throw syntaxError(undefined);
      move(index + 1);
      return token;
    },
    accept(...words) {
      const start = index;
      for (const word of words) {
        if (cursor.word() !== word) {
          index = start;
          return false;
        }
        move(index + 1);
      }
      return true;
    },
    expect(...words) {
      if (!cursor.accept(...words)) throw syntaxError(cursor.peek());
    },
    at: (sign) => isSign(tokens[index], sign),
    group() {
      if (!cursor.at('(')) throw syntaxError(cursor.peek());
      const close = closingIndex(tokens, index);
      if (close === tokens.length) throw syntaxError(undefined);
      const inside = tokens.slice(index + 1, close);
      move(close + 1);
      return inside;
    },
    name() {
      const parts = [asName(takeIdentifier(cursor))];
      while (cursor.at('.')) parts.push(cursor.take(), takeIdentifier(cursor));
      return parts;
    },
    type(use) {
      const { tokens: type, end } = readType(tokens, index, use);
      move(end);
      return type;
    },
    until(words) {
      const start = index;
      do {
        if (cursor.at('(')) cursor.group();
        else cursor.take();
      } while (cursor.peek() && !words.has(cursor.word()));
      return tokens.slice(start, index);
    },
    rest() {
      const left = tokens.slice(index);
      move(tokens.length);
      return left;
    },
  };
  return cursor;
}

function takeIdentifier(cursor: Cursor): Token {
  const token = cursor.take();
  if (token.kind !== 'word' && token.kind !== 'name') throw syntaxError(token);
  return quoteTemporary(token);
}
