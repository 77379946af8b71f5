/**
 * Patterns by token kind, with the characters that each begins with, tried in this order at every position. Those of quoted
 * texts are written so that only escaped characters use stack.
 */
const PATTERNS: readonly (readonly [TokenKind, RegExp, RegExp])[] = [
  ['space', /\s/, /\s+/y],
  ['comment', /-/, /--[^\n]*/y],
  ['string', /[eEbBxXnNuU']/, /(?:[eEbBxXnN]|[uU]&)?'[^'\\]*(?:(?:''|\\[\s\S])[^'\\]*)*'/y],
  ['name', /[uU"]/, /(?:[uU]&)?"[^"]*(?:""[^"]*)*"/y],
  ['position', /\$/, /\$\d+/y],
  ['word', /[#A-Za-z_\u0080-\uffff]/, /#?[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*/y],
  ['number', /[\d.]/, /0[xX][0-9a-fA-F]+|(?:\d+(?:\.(?!\.)\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y],
  ['sign', /[:=.(),;[\]]/, /::|:=|=>|\.\.|[(),;.[\]]/y],
  ['parameter', /:/, /:\w+/y],
  ['broken', /['"eEbBxXnN]/, /'[\s\S]*|"[\s\S]*|[eEbBxXnN]'[\s\S]*/y],
];

/** The patterns that may match where a character stands: most have one or two. */
const BY_CHARACTER = Array.from({ length: 128 }, (_, code) => patternsAt(String.fromCharCode(code)));

function patternsAt(character: string): readonly (readonly [TokenKind, RegExp])[] {
  return PATTERNS.filter(([, begin]) => begin.test(character)).map(([kind, , pattern]) => [kind, pattern]);
}

const OPERATOR = /[-+*/<>=~!@#%^&|`?]+/y;
const DOLLAR_QUOTE = /\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/y;
const COMMENT_EDGE = /\/\*|\*\//g;

/**
 * Cuts SQL text into tokens; never fails and loses nothing. A backslash escapes the next character of any string, as
 * in Redshift.
 */
export function lex(sql: string): readonly Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < sql.length; ) {
    const token = readToken(sql, at);
    tokens.push(token);
    at += token.text.length;
  }
  return tokens;
}

function readToken(sql: string, at: number): Token {
  if (sql[at] === '/' && sql[at + 1] === '*') return readBlockComment(sql, at);
  if (sql[at] === '$') {
    const body = readBody(sql, at);
    if (body) return body;
  }
  for (const [kind, pattern] of BY_CHARACTER[sql.charCodeAt(at)] ?? patternsAt(sql.charAt(at))) {
    const text = match(pattern, sql, at);
    if (text !== undefined)
      return kind === 'word' ? { kind, text, word: text.toLowerCase() } : { kind, text };
  }
  return { kind: 'sign', text: readOperator(sql, at) };
}

function match(pattern: RegExp, sql: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(sql)?.[0];
}

/** An operator ends where a comment begins. A character of no known kind is an operator by itself. */
function readOperator(sql: string, at: number): string {
  const text = match(OPERATOR, sql, at) ?? String.fromCodePoint(sql.codePointAt(at) ?? 0);
  const comment = text.search(/--|\/\*/);
  return comment > 0 ? text.slice(0, comment) : text;
}

function readBody(sql: string, at: number): Token | undefined {
  const quote = match(DOLLAR_QUOTE, sql, at);
  if (quote === undefined) return undefined;
  const end = sql.indexOf(quote, at + quote.length);
  if (end < 0) return { kind: 'broken', text: sql.slice(at) };
  return { kind: 'body', text: sql.slice(at, end + quote.length) };
}

/** Block comments nest. */
function readBlockComment(sql: string, at: number): Token {
  COMMENT_EDGE.lastIndex = at;
  let depth = 0;
  for (let edge = COMMENT_EDGE.exec(sql); edge; edge = COMMENT_EDGE.exec(sql)) {
    depth += edge[0] === '/*' ? 1 : -1;
    if (depth === 0) return { kind: 'comment', text: sql.slice(at, COMMENT_EDGE.lastIndex) };
  }
  return { kind: 'broken', text: sql.slice(at) };
}

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
  /** A word's text in lower case. */
  readonly word?: string;
}

/** The token's text in lower case if it is a word, otherwise empty: what keywords are compared with. */
export function keyword(token: Token | undefined): string {
  return token?.word ?? '';
}

export function isSign(token: Token | undefined, text: string): boolean {
  return token?.kind === 'sign' && token.text === text;
}

/** Space and comments mean nothing to the grammar. */
export function isBlank(token: Token): boolean {
  return token.kind === 'space' || token.kind === 'comment';
}
