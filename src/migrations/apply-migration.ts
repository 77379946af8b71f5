import type { StatementEnd } from '../data-api/statement-end.ts';
import { isHistoryMoved, RECORD_STATEMENTS, recordStatements } from './history.ts';
import type { Migration } from './migration.ts';
import { migrationFailure } from './migration-failure.ts';
import type { SqlRunner } from './sql-runner.ts';

/** The state of the history when a migration was planned. */
export interface PlannedWith {
  /** ID of the history's table. A history that was created again has another ID. */
  readonly history: string;
  /** How many entries it has, and how many of this migration. */
  readonly entries: number;
  readonly ownEntries: number;
}

/**
 * Applies a migration and records it, in one transaction.
 * @returns milliseconds that it took in the warehouse, or undefined when the history has changed since it was
 * planned: it was not applied, and must be planned again
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
 * Runs a statement that cannot be part of a transaction, before it is recorded. Its token follows from its place in
 * the history. So another migrate at the same time, or the next one after this one was killed, gets the statement
 * that was submitted, and does not submit a second one. If an earlier migrate saw the statement fail, it is run
 * again.
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
