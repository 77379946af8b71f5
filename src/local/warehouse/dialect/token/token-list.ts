import { isBlank, isSign, keyword, lex, type Token } from '../../../../sql-lexer.ts';

/** Index of the first token at or after `from` that is neither space nor comment; the length when there is none. */
export function skipBlank(tokens: readonly Token[], from: number): number {
  let index = from;
  while (index < tokens.length && isBlank(tokens[index] as Token)) index++;
  return index;
}

/** Index of the last meaningful token before `before`; -1 when there is none. */
export function previousIndex(tokens: readonly Token[], before: number): number {
  let index = before - 1;
  while (index >= 0 && isBlank(tokens[index] as Token)) index--;
  return index;
}

/** The meaningful tokens only. */
export function significant(tokens: readonly Token[]): readonly Token[] {
  return tokens.filter((token) => !isBlank(token));
}

/** Index of the parenthesis that closes the one at `open`; the length when it never closes. */
export function closingIndex(tokens: readonly Token[], open: number): number {
  let depth = 0;
  for (let index = open; index < tokens.length; index++) {
    if (isSign(tokens[index], '(')) depth++;
    if (isSign(tokens[index], ')') && --depth === 0) return index;
  }
  return tokens.length;
}

/** Cuts tokens at the commas outside parentheses. No tokens give no parts. */
export function splitAtCommas(tokens: readonly Token[]): readonly (readonly Token[])[] {
  return tokens.every(isBlank) ? [] : cutAt(tokens, (token) => isSign(token, ','));
}

/** Cuts tokens at some of them, outside parentheses. */
export function cutAt(
  tokens: readonly Token[],
  isCut: (token: Token) => boolean,
): readonly (readonly Token[])[] {
  const parts: Token[][] = [[]];
  for (let index = 0; index < tokens.length; ) {
    const token = tokens[index] as Token;
    const end = isSign(token, '(') ? closingIndex(tokens, index) + 1 : index + 1;
    if (isCut(token)) parts.push([]);
    else parts.at(-1)?.push(...tokens.slice(index, end));
    index = end;
  }
  return parts;
}

/** Index of the first of `words` outside parentheses at or after `from`; -1 when there is none. */
export function findWord(tokens: readonly Token[], words: readonly string[], from = 0): number {
  let depth = 0;
  for (let index = from; index < tokens.length; index++) {
    if (isSign(tokens[index], '(')) depth++;
    if (isSign(tokens[index], ')')) depth--;
    if (depth === 0 && words.includes(keyword(tokens[index]))) return index;
  }
  return -1;
}

/** The tokens without blanks at either end. */
export function trim(tokens: readonly Token[]): readonly Token[] {
  const start = skipBlank(tokens, 0);
  return tokens.slice(start, Math.max(previousIndex(tokens, tokens.length) + 1, start));
}

/** The SQL text of tokens. */
export function textOf(tokens: readonly Token[]): string {
  return tokens.map((token) => token.text).join('');
}

/** Builds tokens from SQL with tokens put in: ``sql`CAST(${value} AS ${type})` ``. */
export function sql(
  strings: TemplateStringsArray,
  ...parts: readonly (readonly Token[] | string)[]
): Token[] {
  const fixed = FIXED.get(strings) ?? strings.map(lex);
  FIXED.set(strings, fixed);
  const tokens: Token[] = [];
  for (const [index, written] of fixed.entries()) {
    tokens.push(...written);
    const part = parts[index] ?? '';
    for (const token of typeof part === 'string' ? lex(part) : part) tokens.push(token);
  }
  return tokens;
}

/** The tokens of what stands in the code. */
const FIXED = new WeakMap<TemplateStringsArray, readonly (readonly Token[])[]>();

/** The words of the first meaningful tokens, lower case, until one is no word. */
export function leadingWords(tokens: readonly Token[], count: number): readonly string[] {
  const words: string[] = [];
  for (const token of significant(tokens)) {
    if (words.length === count || token.kind !== 'word') break;
    words.push(keyword(token));
  }
  return words;
}

/** `#temporary` becomes a quoted name, which is what PostgreSQL takes. */
export function quoteTemporary(token: Token): Token {
  const isTemporary = token.kind === 'word' && token.text.startsWith('#');
  return isTemporary ? { kind: 'name', text: `"${token.text.toLowerCase()}"` } : token;
}

/** A string for SQL in which backslashes are escapes. */
export function quoteString(text: string): string {
  return `'${text.replaceAll("'", "''").replaceAll('\\', '\\\\')}'`;
}

/** What stands in a dollar-quoted string, and what it is quoted with. */
export function openBody(body: Token): { quote: string; tokens: readonly Token[] } {
  const quote = /^\$[^$]*\$/.exec(body.text)?.[0] ?? '$$';
  return { quote, tokens: lex(body.text.slice(quote.length, -quote.length)) };
}
