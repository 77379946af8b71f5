import type { Pipeline } from '../definition/pipeline.ts';
import { MigrationFailed } from '../errors.ts';
import { fenceTableStatements } from './fence-tables.ts';
import {
  type AppliedMigrations,
  lockHistory,
  prepareHistory,
  readHistory,
  recordMigration,
} from './history.ts';
import { type Migration, type Placeholders, readMigrations } from './migration-files.ts';
import { MAX_BATCH, type SqlRunner } from './sql-runner.ts';

export interface MigrateOptions {
  readonly runner: SqlRunner;
  /** Folder with the V and R files. */
  readonly folder: string;
  readonly placeholders: Placeholders;
  /** Their fence tables are created, too. */
  readonly pipelines: readonly Pipeline[];
  /** Told of each file as it is applied. */
  onApplied?(file: string): void;
}

/**
 * Brings a warehouse to the state that the files describe: V files once, in order; then the pipelines' fence tables;
 * then R files whose content changed. Each file is one transaction together with its entry in the history.
 * @throws MigrationFailed for a V file that was changed after it had been applied, or with a statement's SQL error
 */
export async function migrate(options: MigrateOptions): Promise<void> {
  const { runner, folder, placeholders, pipelines } = options;
  const migrations = await readMigrations(folder, placeholders);
  await prepareHistory(runner);
  const applied = await readHistory(runner);
  assertUnchanged(migrations, applied);
  const due = migrations.filter(({ file, checksum }) => applied.get(file) !== checksum);

  await applyAll(
    options,
    due.filter(({ kind }) => kind === 'versioned'),
  );
  for (const pipeline of pipelines) await createFenceTables(runner, pipeline, placeholders.runtime);
  await applyAll(
    options,
    due.filter(({ kind }) => kind === 'repeatable'),
  );
}

async function applyAll({ runner, onApplied }: MigrateOptions, due: readonly Migration[]): Promise<void> {
  for (const migration of due) {
    await runner.transaction(migration.file, [
      lockHistory(),
      ...migration.statements,
      recordMigration(migration),
    ]);
    onApplied?.(migration.file);
  }
}

async function createFenceTables(runner: SqlRunner, pipeline: Pipeline, runtime: string): Promise<void> {
  const statements = fenceTableStatements(pipeline, runtime);
  for (let start = 0; start < statements.length; start += MAX_BATCH) {
    await runner.transaction(`fence tables of ${pipeline.name}`, statements.slice(start, start + MAX_BATCH));
  }
}

function assertUnchanged(migrations: readonly Migration[], applied: AppliedMigrations): void {
  const changed = migrations.find(
    ({ kind, file, checksum }) => kind === 'versioned' && applied.has(file) && applied.get(file) !== checksum,
  );
  if (changed === undefined) return;
  throw new MigrationFailed(
    `${changed.file}: was changed after it had been applied; put the change into a new V file and restore this one`,
  );
}
