import type { Pipeline } from '../definition/pipeline.ts';
import { applyMigration } from './apply-migration.ts';

import { type HistoryEntry, noteTimes, prepareHistory, readState, type WarehouseState } from './history.ts';
import type { Migration } from './migration.ts';
import { readMigrations } from './migration-files.ts';
import { ownTableMigrations } from './own-tables.ts';
import type { Placeholders } from './parse-migration.ts';
import { planMigrations, type ReviewedPlan, reviewPlan, type Wanted } from './plan.ts';
import type { SqlRunner } from './sql-runner.ts';
import { stagedColumnsMigration } from './staged-columns.ts';

export interface MigrateOptions {
  readonly runner: SqlRunner;
  /** Folder with the V and R files. */
  readonly folder: string;
  readonly placeholders: Placeholders;
  /** Their fence tables are created, too. */
  readonly pipelines: readonly Pipeline[];
  /** Called once with the due migrations, before any is applied. If it throws, none is applied. */
  allow?(due: readonly Migration[]): Promise<void>;
  /** Called when a statement of an earlier migrate is still running, before it is waited for. */
  onEarlier?(script: string): void;
  onBegin?(migration: Migration): void;
  /** `moved`: another migrate has changed the history meanwhile. Nothing was applied, and the rest is planned again. */
  onEnd?(migration: Migration, outcome: 'applied' | 'moved'): void;
}

/**
 * Brings a warehouse to the state that the files describe. Each file is one transaction together with its entry in
 * the history. So after a failure, a cancel or a kill, migrate can simply be run again, and two migrates at once
 * apply each file once.
 * @returns what was applied
 * @throws MigrationFailed for files that contradict what is applied, or with a statement's SQL error
 */
export async function migrate(options: MigrateOptions): Promise<readonly Migration[]> {
  const { runner } = options;
  const wanted = await readWanted(options);
  await untilEarlierEnded(options);
  const due = planMigrations(wanted, await readState(runner));
  if (due.length === 0) return [];
  await options.allow?.(due);
  const applied: Migration[] = [];
  const times = new Map<number, number>();
  try {
    for (let isDone = false; !isDone; ) {
      const state = await prepareHistory(runner, await readState(runner));
      isDone = await applyInOrder(options, planMigrations(wanted, state), state, { applied, times });
    }
  } finally {
    // A missing time does no harm. What was applied, or why it was not, matters more.
    await noteTimes(runner, times).catch(() => {});
  }
  return applied;
}

/**
 * The migrations that migrate would apply, once the statements of an earlier migrate have ended. Changes nothing.
 * @throws MigrationFailed as migrate does
 */
export async function dueMigrations(
  options: Pick<MigrateOptions, 'runner' | 'folder' | 'placeholders' | 'pipelines' | 'onEarlier'>,
): Promise<readonly Migration[]> {
  const wanted = await readWanted(options);
  await untilEarlierEnded(options);
  return planMigrations(wanted, await readState(options.runner));
}

/**
 * The same, with all contradictions between files and warehouse in place of an error for the first. Waits for nothing: what an
 * earlier migrate is still applying counts as due.
 * @throws MigrationFailed for files that cannot be read, or a history that cannot
 */
export async function reviewMigrations(
  options: Pick<MigrateOptions, 'runner' | 'folder' | 'placeholders' | 'pipelines'>,
): Promise<ReviewedPlan> {
  const wanted = await readWanted(options);
  return reviewPlan(wanted, await readState(options.runner));
}

async function readWanted({
  folder,
  placeholders,
  pipelines,
}: Pick<MigrateOptions, 'folder' | 'placeholders' | 'pipelines'>): Promise<Wanted> {
  const files = await readMigrations(folder, placeholders);
  const { runtime } = placeholders;
  return {
    files,
    own: ownTableMigrations(pipelines, runtime),
    last: stagedColumnsMigration(pipelines, files, runtime),
  };
}

/** A migrate that was killed may have left a statement that is still running. */
async function untilEarlierEnded({
  runner,
  onEarlier,
}: Pick<MigrateOptions, 'runner' | 'onEarlier'>): Promise<void> {
  for (const { id, name } of await runner.running()) {
    onEarlier?.(name);
    await runner.untilEnded(id);
  }
}

interface Progress {
  readonly applied: Migration[];
  /** Milliseconds by number of the entry in the history. */
  readonly times: Map<number, number>;
}

/** @returns false when another migrate has changed the history in between */
async function applyInOrder(
  { runner, onBegin, onEnd }: MigrateOptions,
  due: readonly Migration[],
  { history, entries }: WarehouseState,
  { applied, times }: Progress,
): Promise<boolean> {
  for (const [index, migration] of due.entries()) {
    onBegin?.(migration);
    const ownEntries = countOwn(entries, migration);
    const planned = { history, entries: entries.length + index, ownEntries };
    const milliseconds = await applyMigration(runner, migration, planned);
    onEnd?.(migration, milliseconds === undefined ? 'moved' : 'applied');
    if (milliseconds === undefined) return false;
    applied.push(migration);
    times.set(planned.entries + 1, milliseconds);
  }
  return true;
}

function countOwn(entries: readonly HistoryEntry[], { script }: Migration): number {
  return entries.filter((entry) => entry.script === script).length;
}
