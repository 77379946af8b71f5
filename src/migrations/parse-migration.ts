import { createHash } from 'node:crypto';
import { MigrationFailed } from '../errors/errors.ts';
import { lineComments, readStatements, type SqlStatement } from '../sql-text.ts';
import { assertSubmittable } from './assert-submittable.ts';
import { type FileName, readFileName } from './file-name.ts';
import type { Migration } from './migration.ts';
import { quoteName } from './quote.ts';

/** Values of the files' `${name}` placeholders: the names of the database users. */
export type Placeholders = Readonly<Record<'owner' | 'runtime' | 'dms', string>>;

const DIRECTIVE = /^--[ \t]*migrate:/;
const NO_TRANSACTION = /^--[ \t]*migrate:[ \t]*no transaction[ \t]*$/i;

/**
 * Reads the text of a migration's file.
 * @throws MigrationFailed naming file and line: a quote or comment that is not closed, an unknown placeholder or
 * directive, a CR without LF in a comment, a version that is too long, or what assertSubmittable finds
 */
export function parseMigration(file: string, text: string, placeholders: Placeholders): Migration {
  const name = readFileName(file);
  if (name === undefined) throw new MigrationFailed(`${file}: is not the name of a migration`);
  assertVersionFits(file, name);
  const written = text.replaceAll('\r\n', '\n');
  const filled = fillPlaceholders(file, written, placeholders);
  const statements = split(file, filled);
  const isTransaction = !isOutsideTransaction(file, filled);
  assertSubmittable(file, statements, isTransaction);
  // A versioned file must not count as changed because a user has another name now. A repeatable file must be applied
  // again then, so that the new user gets the grants.
  const checksum = checksumOf(name.kind === 'versioned' ? written : filled);
  return { ...name, script: file, checksum, isTransaction, statements };
}

/** SHA-256, hexadecimal. */
export function checksumOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function split(file: string, text: string): readonly SqlStatement[] {
  try {
    return readStatements(text);
  } catch (error) {
    throw new MigrationFailed(`${file}: ${(error as SyntaxError).message}`, { cause: error });
  }
}

function fillPlaceholders(file: string, text: string, placeholders: Placeholders): string {
  return text.replaceAll(/\$\{(\w+)\}/g, (whole, name: string, position: number) => {
    if (Object.hasOwn(placeholders, name)) return quoteName(placeholders[name as keyof Placeholders]);
    const known = Object.keys(placeholders).map((key) => `\${${key}}`);
    const line = text.slice(0, position).split('\n').length;
    throw new MigrationFailed(
      `${file}: line ${line}: there is no placeholder ${whole}; the placeholders are ${known.join(', ')}`,
    );
  });
}

/** Characters of a version that the history keeps. */
const VERSION_CHARACTERS = 50;

function assertVersionFits(file: string, name: FileName): void {
  if (name.kind === 'versioned' && name.version.length > VERSION_CHARACTERS)
    throw new MigrationFailed(`${file}: its version may have at most ${VERSION_CHARACTERS} characters`);
}

function isOutsideTransaction(file: string, text: string): boolean {
  const comments = lineComments(text);
  // In SQL the comment goes on after the CR, over what looks like the next statement.
  if (comments.some((comment) => comment.trimEnd().includes('\r')))
    throw new MigrationFailed(
      `${file}: a comment holds a CR without LF, which does not end a line: save the file with LF`,
    );
  if (comments.some((comment) => NO_TRANSACTION.test(comment))) return true;
  // Text about a migration after SQL, or with a capital letter, is not a directive.
  const lines = new Set(text.split('\n').map((line) => line.trim()));
  const unknown = comments.find((comment) => DIRECTIVE.test(comment) && lines.has(comment.trim()));
  if (unknown !== undefined)
    throw new MigrationFailed(
      `${file}: "${unknown.trim()}" is not known; the only directive is "-- migrate: no transaction"`,
    );
  return false;
}
