import { refuseConstructs } from './refused-constructs.ts';
import { rewriteExpressions } from './rewrite-expressions.ts';
import { moveTop } from './top.ts';
import type { Token } from './token.ts';

/** A query, or any statement that holds expressions, without further rules of its own. */
export function translateQuery(tokens: readonly Token[]): readonly Token[] {
  refuseConstructs(tokens);
  return rewriteExpressions(moveTop(tokens));
}
