import { readTokens } from './sql-tokens.ts';
import { endOfGroup, isMark, nameAt, wordAt } from './token-places.ts';

/** The procedure that a statement makes NONATOMIC, `schema.name`: the catalog does not say it. Undefined for any other statement. */
export function nonatomicProcedure(statement: string): string | undefined {
  const tokens = readTokens(statement);
  const words = tokens.slice(0, 4).map(({ text }) => text);
  const at = words.indexOf('procedure');
  if (words[0] !== 'create' || at < 0) return undefined;
  const name = nameAt(tokens, at + 1);
  if (name === undefined || !isMark(tokens[name.end], '(')) return undefined;
  return wordAt(tokens, endOfGroup(tokens, name.end) + 1) === 'nonatomic' ? name.name : undefined;
}
