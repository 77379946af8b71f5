import { syntaxError } from '../sql-error.ts';
import { isSign, keyword, type Token } from '../token/token.ts';

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
