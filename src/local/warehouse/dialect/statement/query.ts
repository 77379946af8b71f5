import { isSign, keyword, type Token } from '../../../../sql-lexer.ts';
import { rewriteSelects } from '../query/rewrite-selects.ts';
import { refuseConstructs } from '../refused/refused-constructs.ts';
import { refuseRecursion } from '../refused/refused-recursion.ts';
import { rewriteExpressions } from '../rewrite-expressions.ts';
import { notRedshift } from '../sql-error.ts';
import { significant } from '../token/token-list.ts';
import { moveTop } from './top.ts';

/**
 * A query, or any statement that holds expressions, without further rules of its own.
 * @param options `mayGenerate`: GENERATE_SERIES may stand in it, beside no table. @default false
 */
export function translateQuery(
  tokens: readonly Token[],
  options: { readonly mayGenerate?: boolean } = {},
): readonly Token[] {
  refuseConstructs(tokens);
  const meaningful = significant(tokens);
  refuseRecursion(meaningful);
  refuseSeries(meaningful, options.mayGenerate ?? false);
  return rewriteExpressions(rewriteSelects(moveTop(tokens)));
}

/** Redshift's leader node generates series; the nodes that hold tables cannot. */
function refuseSeries(tokens: readonly Token[], mayGenerate: boolean): void {
  if (!tokens.some((token) => keyword(token) === 'generate_series')) return;
  const readsTable = tokens.some((token, index) => {
    if (!/^(from|join)$/.test(keyword(token))) return false;
    const next = tokens[index + 1];
    return keyword(next) !== 'generate_series' && !isSign(next, '(');
  });
  if (mayGenerate && !readsTable) return;
  throw notRedshift('GENERATE_SERIES beside tables', 'only its leader node knows it; use a recursive query');
}
