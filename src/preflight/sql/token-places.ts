import type { SqlToken } from './sql-tokens.ts';

/** A name with its parts: `dbo.x`, and where it ends. */
export function nameAt(tokens: readonly SqlToken[], at: number) {
  const parts: string[] = [];
  let end = at;
  for (;;) {
    const token = tokens[end];
    if (token === undefined || (token.kind !== 'word' && token.kind !== 'name')) break;
    if (token.kind === 'word' && parts.length === 0 && NO_NAMES.has(token.text)) break;
    parts.push(token.text);
    end += 1;
    if (!isMark(tokens[end], '.')) break;
    end += 1;
  }
  return parts.length === 0 ? undefined : { name: parts.join('.'), parts: parts.length, end };
}

/** May stand where a name could. */
const NO_NAMES: ReadonlySet<string> = new Set([
  'select',
  'lateral',
  'only',
  'values',
  'set',
  'table',
  'unnest',
]);

/** The name, with its schema if there is one, whose last part is this token. */
export function nameEndingAt(tokens: readonly SqlToken[], at: number): string {
  const schema = isMark(tokens[at - 1], '.') ? `${tokens[at - 2]?.text}.` : '';
  return `${schema}${tokens[at]?.text}`;
}

/** Whether the statement reads the rows that it changes. */
export function isFiltered(tokens: readonly SqlToken[], at: number): boolean {
  return statementFrom(tokens, at).some(({ kind, text }) => kind === 'word' && /^(where|using)$/.test(text));
}

/** Whether the statement began as a MERGE. */
export function isMerge(tokens: readonly SqlToken[], at: number): boolean {
  return statementTo(tokens, at).some(({ kind, text }) => kind === 'word' && text === 'merge');
}

/** Whether it began as a FETCH, which reads a cursor. */
export function isFetch(tokens: readonly SqlToken[], at: number): boolean {
  return statementTo(tokens, at).some(({ kind, text }) => kind === 'word' && /^(fetch|move)$/.test(text));
}

/** The tokens up to the end of the statement. */
export function statementFrom(tokens: readonly SqlToken[], at: number): readonly SqlToken[] {
  const end = tokens.findIndex((token, index) => index >= at && isMark(token, ';'));
  return tokens.slice(at, end === -1 ? undefined : end);
}

function statementTo(tokens: readonly SqlToken[], at: number): readonly SqlToken[] {
  const start = tokens.findLastIndex((token, index) => index < at && isMark(token, ';'));
  return tokens.slice(start + 1, at);
}

/** Whether a token is this sign. */
export function isMark(token: SqlToken | undefined, sign: string): boolean {
  return token?.kind === 'sign' && token.text === sign;
}

/** The word at a place; empty for what is none. */
export function wordAt(tokens: readonly SqlToken[], at: number): string {
  const token = tokens[at];
  return token?.kind === 'word' ? token.text : '';
}

/** Place of the bracket that closes the one at a place. */
export function endOfGroup(tokens: readonly SqlToken[], open: number): number {
  let depth = 0;
  for (let at = open; at < tokens.length; at += 1) {
    if (tokens[at]?.text === '(') depth += 1;
    if (tokens[at]?.text === ')') depth -= 1;
    if (depth === 0) return at;
  }
  return tokens.length;
}
