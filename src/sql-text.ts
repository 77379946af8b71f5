/** What stands between two statements is found by these: everything in which a semicolon means nothing. */
const OPAQUE = [
  /--[^\n]*/y, // line comment
  /'(?:[^']|'')*'/y, // string
  /"(?:[^"]|"")*"/y, // quoted identifier
  /\$([A-Za-z_][A-Za-z0-9_]*)?\$[\s\S]*?\$\1\$/y, // dollar quotes, with the same tag at both ends
  /[A-Za-z_0-9]+\$*/y, // word: a dollar sign inside it opens nothing
];

/**
 * Splits a SQL file into its statements. Semicolons inside strings, comments, quoted names and dollar quotes do not
 * separate; statements that hold only comments or blanks are left out.
 * @returns statements without their semicolons, blanks at both ends removed
 */
export function splitSql(text: string): readonly string[] {
  const statements: string[] = [];
  let start = 0;
  let position = 0;
  let hasContent = false;
  const close = (end: number) => {
    if (hasContent) statements.push(text.slice(start, end).trim());
    start = end + 1;
    hasContent = false;
  };

  while (position < text.length) {
    const end = skipOpaque(text, position);
    const isComment = text.startsWith('--', position) || text.startsWith('/*', position);
    if (end === position + 1 && text[position] === ';') close(position);
    else if (!isComment && /\S/.test(text[position] ?? '')) hasContent = true;
    position = end;
  }
  close(text.length);
  return statements;
}

/** Position behind the token at `position`; an unclosed one reaches to the end of its first character. */
function skipOpaque(text: string, position: number): number {
  if (text.startsWith('/*', position)) return skipBlockComment(text, position);
  for (const pattern of OPAQUE) {
    pattern.lastIndex = position;
    if (pattern.test(text)) return pattern.lastIndex;
  }
  return position + 1;
}

/** Block comments nest, as in PostgreSQL. */
function skipBlockComment(text: string, position: number): number {
  const mark = /\/\*|\*\//g;
  mark.lastIndex = position;
  let depth = 0;
  for (let found = mark.exec(text); found !== null; found = mark.exec(text)) {
    depth += found[0] === '/*' ? 1 : -1;
    if (depth === 0) return mark.lastIndex;
  }
  return text.length;
}

/**
 * A statement without its comments, every blank outside quotes a single space: it means the same, and stands on one
 * line unless a quoted text holds a line break.
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
