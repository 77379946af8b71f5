import { foldName } from '../../names/names.ts';
import { isBlank, type Token } from '../../sql-lexer.ts';
import { closedTokens } from '../../sql-text.ts';

/** A token of SQL. Words and quoted names are in lower case, as Redshift folds both; `name` has no quotes. */
export interface SqlToken {
  readonly kind: 'word' | 'name' | 'string' | 'body' | 'sign';
  readonly text: string;
}

/** Reads the tokens of a text without its comments. @throws SyntaxError for a quote or comment without an end */
export function readTokens(text: string): readonly SqlToken[] {
  return closedTokens(text)
    .filter((token) => !isBlank(token))
    .map(readToken);
}

function readToken({ kind, text }: Token): SqlToken {
  if (kind === 'word') return { kind, text: foldName(text) };
  if (kind === 'name') return { kind, text: foldName(quoted(text, '"')) };
  if (kind === 'string') return { kind, text: quoted(text, "'") };
  return { kind: kind === 'body' ? kind : 'sign', text };
}

/** What stands between the quotes; in front of the first may be letters, as in `E'…'`. */
function quoted(text: string, quote: string): string {
  return text.slice(text.indexOf(quote) + 1, -1).replaceAll(quote + quote, quote);
}
