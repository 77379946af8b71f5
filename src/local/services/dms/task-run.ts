import { SourceError } from './load/load-errors.ts';
import { loadTables } from './load/load-tables.ts';
import { readSourceTables } from './load/read-source.ts';
import type { Validation } from './load/validate-table.ts';
import { createLoadSteps } from './load-steps.ts';
import { type SourceTable, selectTables } from './mapping/select-tables.ts';
import { targetName } from './mapping/target-name.ts';
import { DMS_USER, type RunContext, type TableProgress, type Task } from './task.ts';
import { publishFailed, publishStarted, publishStopped } from './task-events.ts';

/** `resume` keeps the tables that are complete; `fresh` loads all of them. */
export type StartMode = 'fresh' | 'resume';

const NO_TABLES =
  'No tables were found at task initialization. Either the selected tables or schemas do not exist or nothing matches the table selection patterns.';

/**
 * Runs a task that has been put into status `starting` to its end: `stopped` when the tables are through (some may have
 * failed), or when it was told to; `failed` when the source cannot be read or has no matching table. Never rejects.
 */
export async function runReplicationTask(
  task: Task,
  mode: StartMode,
  abort: AbortController,
  context: RunContext,
): Promise<void> {
  try {
    if (!abort.signal.aborted) task.status = 'running';
    await publishStarted(context.bus, task, mode === 'fresh' ? 'fresh start' : 'resume');
    task.tables = await planTables(task, mode, context);
    await loadTables(
      task.tables.filter(({ state }) => state !== 'Table completed'),
      createLoadSteps(task, abort.signal, context),
      abort,
      {
        subtasks: task.settings.FullLoadSettings.MaxFullLoadSubTasks,
        tableErrors: task.settings.ErrorBehavior.TableErrorPolicy,
      },
    );
    endStopped(task, abort.signal.aborted ? 'NORMAL' : 'FULL_LOAD_ONLY_FINISHED', context);
  } catch (error) {
    if (task.status === 'stopping') endStopped(task, 'NORMAL', context);
    else endFailed(task, error, context);
    if (task.lastFailureMessage) context.log(task.spec.identifier, task.lastFailureMessage);
  }
  await (task.status === 'failed' ? publishFailed : publishStopped)(context.bus, task);
}

async function planTables(
  task: Task,
  mode: StartMode,
  context: RunContext,
): Promise<readonly TableProgress[]> {
  const source = await context.warehouse.connection(task.spec.sourceDatabase ?? 'source', DMS_USER);
  const selected = selectTables(task.mappings, await readSourceTables(source));
  const { ErrorBehavior, TargetMetadata } = task.settings;
  if (selected.length === 0 && ErrorBehavior.FailOnNoTablesCaptured) throw new SourceError(NO_TABLES);
  const now = context.nextDate();
  return selected.map((from) => {
    const known =
      mode === 'resume' ? task.tables.find((progress) => isSame(progress.from.table, from.table)) : undefined;
    if (known?.state === 'Table completed') return known;
    const to = targetName(task.mappings, from.table, TargetMetadata.TargetSchema ?? '');
    const validation = beforeValidation(task);
    return { from, to, state: 'Before load', rows: 0, validation, updatedAt: now } satisfies TableProgress;
  });
}

function endStopped(task: Task, reason: 'NORMAL' | 'FULL_LOAD_ONLY_FINISHED', context: RunContext): void {
  task.stoppedAt = context.nextDate();
  task.stopReason = `Stop Reason ${reason}`;
  task.status = 'stopped';
}

/** A failed task shows the whole story in both fields, as seen in DescribeReplicationTasks of a real one. */
function endFailed(task: Task, error: unknown, context: RunContext): void {
  const message = error instanceof Error ? error.message : String(error);
  task.lastFailureMessage = `Last Error  ${message} Stop Reason FATAL_ERROR Error Level FATAL`;
  task.stopReason = task.lastFailureMessage;
  task.stoppedAt = context.nextDate();
  task.status = 'failed';
}

function beforeValidation({ settings }: Task): Validation {
  const isOn = settings.ValidationSettings.EnableValidation;
  return { state: isOn ? 'Pending validation' : 'Not enabled', failed: 0 };
}

function isSame(one: SourceTable, other: SourceTable): boolean {
  return one.schema === other.schema && one.name === other.name;
}
