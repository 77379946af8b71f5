import { type StatementEnd, statementFailure } from '../data-api/statement-end.ts';
import { MigrationFailed } from '../errors/errors.ts';
import { compactSql } from '../sql-text.ts';
import { RECORD_STATEMENTS } from './history.ts';
import type { Migration } from './migration.ts';

/** Characters of a statement that a failure shows. */
const SHOWN_CHARACTERS = 80;

/** The error for a migration whose transaction, or single statement, did not succeed. */
export function migrationFailure(migration: Migration, end: StatementEnd): MigrationFailed {
  const { script, isTransaction } = migration;
  const { message } = statementFailure(`${script}:${describePlace(migration, end)}`, end);
  const left = isTransaction
    ? 'nothing of it was applied'
    : 'it ran outside a transaction: check what it has changed before you run it again';
  return new MigrationFailed(`${message}; ${left}`);
}

/** Which statement it was: its number, its line in the file, its beginning. */
function describePlace({ kind, statements, isTransaction }: Migration, end: StatementEnd): string {
  const number = isTransaction ? (end.failedPart ?? 0) - RECORD_STATEMENTS : 1;
  const statement = statements[number - 1];
  if (statement === undefined) return '';
  const compact = compactSql(statement.text);
  const shown = compact.length > SHOWN_CHARACTERS ? `${compact.slice(0, SHOWN_CHARACTERS)}…` : compact;
  const line = kind !== 'versioned' && kind !== 'repeatable' ? '' : `, line ${statement.line}`;
  return ` statement ${number} of ${statements.length}${line}, ${JSON.stringify(shown)}:`;
}
