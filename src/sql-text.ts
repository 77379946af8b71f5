import { isBlank, isSign, lex, type Token } from './sql-lexer.ts';

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
  let written = '';
  let line = 1;
  let firstLine: number | undefined;
  const close = () => {
    if (firstLine !== undefined) statements.push({ text: written.trim(), line: firstLine });
    written = '';
    firstLine = undefined;
  };

  for (const token of closedTokens(text)) {
    if (isSign(token, ';')) close();
    else {
      if (!isBlank(token)) firstLine ??= line;
      written += token.text;
    }
    line += lineBreaks(token.text);
  }
  close();
  return statements;
}

/** The texts of {@link readStatements}. @throws SyntaxError */
export function splitSql(text: string): readonly string[] {
  return readStatements(text).map((statement) => statement.text);
}

/** The comments that end with their line, as they are written. @throws SyntaxError as {@link readStatements} */
export function lineComments(text: string): readonly string[] {
  return closedTokens(text).flatMap(({ kind, text: comment }) =>
    kind === 'comment' && comment.startsWith('--') ? [comment] : [],
  );
}

/**
 * A statement without its comments, with every blank outside quotes reduced to one space. It means the same, and is
 * one line unless a quoted text holds a line break.
 * @throws SyntaxError as {@link readStatements}
 */
export function compactSql(text: string): string {
  let compact = '';
  for (const token of closedTokens(text)) {
    if (!isBlank(token)) compact += token.text;
    else if (compact !== '' && !compact.endsWith(' ')) compact += ' ';
  }
  return compact.trimEnd();
}

/** The tokens of a text in which everything that is opened is closed. @throws SyntaxError */
export function closedTokens(text: string): readonly Token[] {
  const tokens = lex(text);
  const last = tokens.at(-1);
  if (last?.kind !== 'broken') return tokens;
  const line = lineBreaks(text.slice(0, -last.text.length)) + 1;
  throw new SyntaxError(`line ${line}: a ${describeOpening(last.text)} begins here that is not closed`);
}

/** What people call a text that begins so. */
function describeOpening(text: string): string {
  if (text.startsWith('/*')) return 'comment';
  if (text.startsWith('$')) return 'dollar-quoted text';
  return text.startsWith('"') ? 'quoted name' : 'string';
}

const lineBreaks = (text: string) => text.split('\n').length - 1;
