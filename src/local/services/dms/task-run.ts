import type { EventBus, Warehouse } from '../../contracts.ts';
import { copyTable } from './load/copy-table.ts';
import { loadTables } from './load/load-tables.ts';
import { SourceError } from './load/source-error.ts';
import { readSourceTables } from './load/source-tables.ts';
import { type SourceTable, selectTables } from './mapping/select-tables.ts';
import { targetName } from './mapping/target-name.ts';
import type { TableProgress, Task } from './task.ts';
import { publishFailed, publishStarted, publishStopped } from './task-events.ts';

export interface RunContext {
  readonly warehouse: Warehouse;
  readonly bus: EventBus;
  /** Epoch milliseconds, every one later than the one before. */
  readonly nextDate: () => number;
}

/** `resume` keeps the tables that are complete; `fresh` loads all of them. */
export type StartMode = 'fresh' | 'resume';

/** The database user of DMS. */
const DMS_USER = 'dms';
const NO_TABLES =
  'No tables were found at task initialization. Either the selected tables or schemas do not exist or nothing matches the table selection patterns.';

/**
 * Runs a task that has been put into status `starting` to its end: `stopped` when the tables are through (some may have
 * failed), or when it was told to; `failed` when the source cannot be read or has no matching table. Never rejects.
 */
export async function runTask(
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
      loadSteps(task, abort.signal, context),
      abort,
    );
    endStopped(task, abort.signal.aborted ? 'NORMAL' : 'FULL_LOAD_ONLY_FINISHED', context);
  } catch (error) {
    if (task.status === 'stopping') endStopped(task, 'NORMAL', context);
    else endFailed(task, error, context);
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
  if (selected.length === 0) throw new SourceError(NO_TABLES);
  const now = context.nextDate();
  return selected.map((table) => {
    const known =
      mode === 'resume' ? task.tables.find((progress) => isSame(progress.source, table)) : undefined;
    if (known?.state === 'Table completed') return known;
    const target = targetName(task.mappings, table);
    return { source: table, target, state: 'Before load', rows: 0, updatedAt: now } satisfies TableProgress;
  });
}

function loadSteps(task: Task, signal: AbortSignal, { warehouse, nextDate }: RunContext) {
  const { sourceDatabase = 'source', targetDatabase = 'dev', failTable } = task.spec;
  const end = (table: TableProgress, state: TableProgress['state'], rows: number) => {
    const endedAt = nextDate();
    Object.assign(table, { state, rows, endedAt, updatedAt: endedAt });
  };
  return {
    started(table: TableProgress) {
      table.state = 'Full load';
      table.startedAt = nextDate();
      table.updatedAt = table.startedAt;
    },
    copy: async (table: TableProgress) =>
      copyTable({
        source: await warehouse.connection(sourceDatabase, DMS_USER),
        target: await warehouse.connection(targetDatabase, DMS_USER),
        from: table.source,
        to: table.target,
        signal,
        beforeRows() {
          if (!task.failurePending || failTable !== `${table.source.schema}.${table.source.name}`) return;
          task.failurePending = false;
          throw new Error('the local stack was told to let this table fail once');
        },
      }),
    completed: (table: TableProgress, rows: number) => end(table, 'Table completed', rows),
    failed: (table: TableProgress) => end(table, 'Table error', 0),
    cancelled: (table: TableProgress) => end(table, 'Table cancelled', 0),
  };
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

function isSame(one: SourceTable, other: SourceTable): boolean {
  return one.schema === other.schema && one.name === other.name;
}
