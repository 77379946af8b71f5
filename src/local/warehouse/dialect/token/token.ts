/** What a piece of SQL text is. The texts of all tokens, joined, are the input. */
export type TokenKind =
  | 'space'
  | 'comment'
  | 'word'
  | 'name'
  | 'string'
  | 'body'
  | 'number'
  | 'parameter'
  | 'position'
  | 'sign'
  | 'broken';

/**
 * One token. `word` is a keyword or plain identifier, `name` a quoted identifier, `body` a dollar-quoted string,
 * `parameter` is `:name`, `position` is `$1`, `sign` an operator or punctuation, `broken` a quote or comment that never ends.
 */
export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
}

/** The token's text in lower case if it is a word, otherwise empty: what keywords are compared with. */
export function keyword(token: Token | undefined): string {
  return token?.kind === 'word' ? token.text.toLowerCase() : '';
}

export function isSign(token: Token | undefined, text: string): boolean {
  return token?.kind === 'sign' && token.text === text;
}

/** Space and comments mean nothing to the grammar. */
export function isBlank(token: Token): boolean {
  return token.kind === 'space' || token.kind === 'comment';
}
