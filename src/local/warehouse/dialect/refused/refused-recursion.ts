import { isSign, keyword, type Token } from '../../../../sql-lexer.ts';
import { fold } from '../query/from-clause.ts';
import { notRedshift } from '../sql-error.ts';
import { closingIndex } from '../token/token-list.ts';

/** A query of WITH RECURSIVE that reads itself names its columns: r_WITH_clause. @param tokens the meaningful ones */
export function refuseRecursion(tokens: readonly Token[]): void {
  const recursive = tokens.findIndex((token) => keyword(token) === 'recursive');
  if (recursive < 1 || keyword(tokens[recursive - 1]) !== 'with') return;
  for (let index = recursive + 1; index < tokens.length; ) {
    const hasColumns = isSign(tokens[index + 1], '(');
    const as = hasColumns ? closingIndex(tokens, index + 1) + 1 : index + 1;
    const close = closingIndex(tokens, as + 1);
    const name = fold(tokens.slice(index, index + 1));
    const readsItself = tokens.slice(as + 1, close).some((token) => fold([token]) === name);
    if (!hasColumns && readsItself)
      throw notRedshift('WITH RECURSIVE without column names', `write ${name} (column, …) AS`);
    if (!isSign(tokens[close + 1], ',')) return;
    index = close + 2;
  }
}
