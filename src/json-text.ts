/** What may come next in a JSON text. */
type Expected = 'value' | 'item' | 'name' | 'member' | 'colon' | 'more' | 'end';

const WORDS: Readonly<Record<Expected, string>> = {
  value: 'a value',
  item: 'a value or "]"',
  name: 'a name in double quotes',
  member: 'a name in double quotes or "}"',
  colon: '":"',
  more: '"," or the closing bracket',
  end: 'nothing more',
};

const BLANKS = /[ \t\n\r]*/y;
const SIGN = /[{}[\],:]/y;
/** Of every character but control characters, quotes and backslashes. */
const STRING = /"(?:[ !#-[\]-\u{10ffff}]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/uy;
const SCALAR = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)/y;

/**
 * Parses JSON as JSON.parse does, but says where a text is not JSON, and why.
 * @throws SyntaxError whose message begins with line and column, counted from 1: `3:5: expected …, found …`
 */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const fault = findFault(text);
    const reason = fault?.reason ?? (error as Error).message;
    throw new SyntaxError(`${lineAndColumn(text, fault?.offset ?? 0)}: ${reason}`, { cause: error });
  }
}

/** The place of an offset in a text, `line:column`, both counted from 1. */
export function lineAndColumn(text: string, offset: number): string {
  const lines = text.slice(0, offset).split('\n');
  return `${lines.length}:${(lines.at(-1) ?? '').length + 1}`;
}

/** Decodes a file's text. A byte order mark says UTF-16 or UTF-8; without one it is UTF-8. */
export function decodeText(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const encoding =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding).decode(bytes);
}

interface Fault {
  readonly offset: number;
  readonly reason: string;
}

function findFault(text: string): Fault | undefined {
  const open: string[] = [];
  let expected: Expected = 'value';
  for (let offset = skip(text, 0); offset < text.length; ) {
    const token = read(SIGN, text, offset) ?? read(STRING, text, offset) ?? read(SCALAR, text, offset);
    const next: Expected | undefined = token === undefined ? undefined : follow(expected, token, open);
    if (token === undefined || next === undefined) return unexpected(text, offset, expected);
    expected = next;
    offset = skip(text, offset + token.length);
  }
  return expected === 'end' ? undefined : unexpected(text, text.length, expected);
}

const VALUES = { '{': 'member', '[': 'item', text: 'done', scalar: 'done' } as const;

/** What comes after each kind of token that may stand there; a value that is done gives way to what holds it. */
const FOLLOWERS: Readonly<Record<Expected, Readonly<Record<string, Expected | 'done'>>>> = {
  value: VALUES,
  item: { ...VALUES, ']': 'done' },
  name: { text: 'colon' },
  member: { text: 'colon', '}': 'done' },
  colon: { ':': 'value' },
  more: { ',': 'value', '}': 'done', ']': 'done' },
  end: {},
};
const OPENING: Readonly<Record<string, string>> = { '}': '{', ']': '[' };

/** What comes after a token, or undefined where the token may not stand there. */
function follow(expected: Expected, token: string, open: string[]): Expected | undefined {
  const kind = token.startsWith('"') ? 'text' : /^[{}[\],:]$/.test(token) ? token : 'scalar';
  const next = FOLLOWERS[expected][kind];
  if (next === undefined) return undefined;
  if (kind === '{' || kind === '[') open.push(kind);
  if (kind in OPENING && open.pop() !== OPENING[kind]) return undefined;
  if (next === 'done') return open.length === 0 ? 'end' : 'more';
  return kind === ',' && open.at(-1) === '{' ? 'name' : next;
}

function unexpected(text: string, offset: number, expected: Expected): Fault {
  const rest = text.slice(offset);
  const found = rest === '' ? 'the end' : (/^(?:"[^"\n]*"?|[\w.+-]+|[\s\S])/.exec(rest)?.[0] ?? '');
  return { offset, reason: `expected ${WORDS[expected]}, found ${found}` };
}

function skip(text: string, offset: number): number {
  BLANKS.lastIndex = offset;
  return offset + (BLANKS.exec(text)?.[0].length ?? 0);
}

function read(pattern: RegExp, text: string, offset: number): string | undefined {
  pattern.lastIndex = offset;
  return pattern.exec(text)?.[0];
}

/** A text of JSON on lines of its own; another one as it is. */
export function indentJson(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2);
  } catch {
    return text;
  }
}
