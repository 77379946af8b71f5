import { createHash } from 'node:crypto';
import { MigrationFailed } from '../errors.ts';
import { lineComments, readStatements, type SqlStatement } from '../sql-text.ts';
import { assertSubmittable } from './assert-submittable.ts';
import { readFileName } from './file-name.ts';
import type { Migration } from './migration.ts';
import { quoteName } from './quote.ts';

/** Values of the files' `${name}` placeholders: the names of the database users. */
export type Placeholders = Readonly<Record<'owner' | 'runtime' | 'dms', string>>;

const DIRECTIVE = /^--[ \t]*migrate:/;
const NO_TRANSACTION = /^--[ \t]*migrate:[ \t]*no transaction[ \t]*$/i;

/**
 * Reads the text of a migration's file.
 * @throws MigrationFailed naming file and line: a quote or comment that is not closed, an unknown placeholder or
 * directive, or what assertSubmittable finds
 */
export function parseMigration(file: string, text: string, placeholders: Placeholders): Migration {
  const name = readFileName(file);
  if (name === undefined) throw new MigrationFailed(`${file}: is no name of a migration`);
  const written = text.replace(/^\uFEFF/, '').replaceAll(/\r\n?/g, '\n');
  const filled = fillPlaceholders(file, written, placeholders);
  const statements = split(file, filled);
  const isTransaction = !isOutsideTransaction(file, filled);
  assertSubmittable(file, statements, isTransaction);
  // A version is history: it must not count as changed because a user is called otherwise now. A repeatable says what
  // holds now: it must be applied again, so that the new user gets the grants.
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
      `${file}: line ${line}: there is no placeholder ${whole}; there are ${known.join(', ')}`,
    );
  });
}

function isOutsideTransaction(file: string, text: string): boolean {
  const comments = lineComments(text);
  if (comments.some((comment) => NO_TRANSACTION.test(comment))) return true;
  // Words about a migration, behind SQL or with a capital, are no directive.
  const lines = new Set(text.split('\n').map((line) => line.trim()));
  const unknown = comments.find((comment) => DIRECTIVE.test(comment) && lines.has(comment.trim()));
  if (unknown !== undefined)
    throw new MigrationFailed(
      `${file}: "${unknown.trim()}" is not known; there is "-- migrate: no transaction"`,
    );
  return false;
}
