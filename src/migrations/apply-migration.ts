import type { StatementEnd } from '../data-api/statement-end.ts';
import { isHistoryMoved, RECORD_STATEMENTS, recordStatements } from './history.ts';
import type { Migration } from './migration.ts';
import { migrationFailure } from './migration-failure.ts';
import type { SqlRunner } from './sql-runner.ts';

/** The history that a migration was planned with. */
export interface PlannedWith {
  /** Which history: one that is made anew is another. */
  readonly history: string;
  /** How many entries it has, and how many of this migration. */
  readonly entries: number;
  readonly ownEntries: number;
}

/**
 * Applies a migration and records it, in one transaction.
 * @returns how long it took in the warehouse, milliseconds, or undefined when the history is not the planned one any
 * more: it was not applied, and must be planned anew
 * @throws MigrationFailed naming the statement that failed
 */
export async function applyMigration(
  runner: SqlRunner,
  migration: Migration,
  planned: PlannedWith,
): Promise<number | undefined> {
  const alone = migration.isTransaction ? undefined : await runAlone(runner, migration, planned);
  const sqls = alone === undefined ? migration.statements.map(({ text }) => text) : [];
  const record = recordStatements(migration, planned.entries);
  const end = await runner.execute(migration.script, [...record, ...sqls]);
  if (end.status === 'FINISHED') return (alone ?? end).durationMs;
  if (end.failedPart === RECORD_STATEMENTS && isHistoryMoved(end.error)) return undefined;
  throw migrationFailure(migration, end);
}

/**
 * Runs a statement that cannot be part of a transaction, before it is recorded. Its identity is the same for whoever
 * plans it at this place of the history: another migrate at the same time, or the next one after this was killed, gets
 * the statement that was submitted instead of a second one. What an earlier one saw fail is tried anew.
 */
async function runAlone(
  runner: SqlRunner,
  migration: Migration,
  { history, ownEntries }: PlannedWith,
): Promise<StatementEnd> {
  const { script, checksum, statements } = migration;
  const sqls = statements.map(({ text }) => text);
  for (let attempt = 1; ; attempt += 1) {
    const end = await runner.execute(
      script,
      sqls,
      [history, script, checksum, ownEntries, attempt].join(' '),
    );
    if (end.status === 'FINISHED') return end;
    if (!end.isEarlier) throw migrationFailure(migration, end);
  }
}
