/** Everything in which a semicolon does not end a statement. */
const OPAQUE = [
  /--[^\n]*/y, // line comment
  // A string: in Redshift a backslash escapes the next character. The pattern is written so that only escaped
  // characters use stack.
  /'[^'\\]*(?:(?:''|\\[\s\S])[^'\\]*)*'/y,
  /"[^"]*(?:""[^"]*)*"/y, // quoted identifier
  /\$([A-Za-z_][A-Za-z0-9_]*)?\$[\s\S]*?\$\1\$/y, // dollar quotes, with the same tag at both ends
  /[A-Za-z_0-9]+\$*/y, // word: a dollar sign inside it opens nothing
];

/** How each of them begins, and what people call it. If {@link OPAQUE} did not match there, it has no end. */
const UNCLOSED: readonly (readonly [RegExp, string])[] = [
  [/\/\*/y, 'comment'],
  [/'/y, 'string'],
  [/"/y, 'quoted name'],
  [/\$([A-Za-z_][A-Za-z0-9_]*)?\$/y, 'dollar-quoted text'],
];

/** A statement of a SQL file. */
export interface SqlStatement {
  /** The statement without its semicolon and without blanks at both ends. Comments above it belong to it. */
  readonly text: string;
  /** Line of the file, counted from 1, on which it begins; comments above it do not count. */
  readonly line: number;
}

/**
 * Splits a SQL file into its statements. Semicolons inside strings, comments, quoted names and dollar quotes do not
 * separate; statements that hold only comments or blanks are left out.
 * @throws SyntaxError naming the line where a string, comment, quoted name or dollar quote begins that never ends
 */
export function readStatements(text: string): readonly SqlStatement[] {
  const statements: SqlStatement[] = [];
  let start = 0;
  let content: number | undefined;
  const close = (end: number) => {
    if (content !== undefined)
      statements.push({ text: text.slice(start, end).trim(), line: lineAt(text, content) });
    start = end + 1;
    content = undefined;
  };

  for (let position = 0; position < text.length; ) {
    const end = skipOpaque(text, position);
    const isComment = text.startsWith('--', position) || text.startsWith('/*', position);
    if (end === position + 1 && text[position] === ';') close(position);
    else if (!isComment && /\S/.test(text[position] ?? '')) content ??= position;
    position = end;
  }
  close(text.length);
  return statements;
}

/** The texts of {@link readStatements}. @throws SyntaxError */
export function splitSql(text: string): readonly string[] {
  return readStatements(text).map((statement) => statement.text);
}

/** Position after the token at `position`. @throws SyntaxError when the token has no end */
function skipOpaque(text: string, position: number): number {
  const end = text.startsWith('/*', position) ? skipBlockComment(text, position) : undefined;
  if (end !== undefined) return end;
  for (const pattern of OPAQUE) {
    pattern.lastIndex = position;
    if (pattern.test(text)) return pattern.lastIndex;
  }
  assertClosed(text, position);
  return position + 1;
}

/**
 * The comments that end with their line, as they are written, unless they are part of a quoted text. @throws
 * SyntaxError
 */
export function lineComments(text: string): readonly string[] {
  const comments: string[] = [];
  for (let position = 0; position < text.length; ) {
    const end = skipOpaque(text, position);
    if (text.startsWith('--', position)) comments.push(text.slice(position, end));
    position = end;
  }
  return comments;
}

function assertClosed(text: string, position: number): void {
  for (const [opening, name] of UNCLOSED) {
    opening.lastIndex = position;
    if (opening.test(text))
      throw new SyntaxError(`line ${lineAt(text, position)}: a ${name} begins here that is not closed`);
  }
}

function lineAt(text: string, position: number): number {
  return text.slice(0, position).split('\n').length;
}

/** Block comments nest, as in PostgreSQL. @returns undefined when it has no end */
function skipBlockComment(text: string, position: number): number | undefined {
  const mark = /\/\*|\*\//g;
  mark.lastIndex = position;
  let depth = 0;
  for (let found = mark.exec(text); found !== null; found = mark.exec(text)) {
    depth += found[0] === '/*' ? 1 : -1;
    if (depth === 0) return mark.lastIndex;
  }
  return undefined;
}

/**
 * A statement without its comments, with every blank outside quotes reduced to one space. It means the same, and is
 * one line unless a quoted text holds a line break.
 * @throws SyntaxError as {@link readStatements}
 */
export function compactSql(text: string): string {
  let compact = '';
  for (let position = 0; position < text.length; ) {
    const end = skipOpaque(text, position);
    const token = text.slice(position, end);
    const isBlank = token.startsWith('--') || token.startsWith('/*') || /^\s$/.test(token);
    if (!isBlank) compact += token;
    else if (compact !== '' && !compact.endsWith(' ')) compact += ' ';
    position = end;
  }
  return compact.trimEnd();
}
