import type { Clock } from '../../clock.ts';
import type { OutgoingEvent } from '../../local/parts.ts';
import type { Faults } from '../faults.ts';
import type { RandomStream } from '../random-stream.ts';
import type { ModelWarehouse } from '../warehouse/warehouse.ts';
import { type DmsTask, type DmsTaskState, type LoadedTable, stateOf, type TrueLoad } from './dms-task.ts';

export interface LoadContext {
  readonly clock: Clock;
  readonly warehouse: ModelWarehouse;
  readonly faults: Faults;
  readonly random: RandomStream;
  publish(event: OutgoingEvent): void;
  /** Called when a load has begun, and when it has ended. */
  onChange(task: DmsTask, load: TrueLoad): void;
  log(line: string): void;
}

export type LoadMode = 'reload' | 'resume';

const FLAGS: Readonly<Record<LoadMode, string>> = { reload: 'fresh start', resume: 'resume' };
const SECOND_MS = 1_000;
const FILLS = 3;

/** Starts a task as StartReplicationTask does, and answers at once. A task that runs is left alone: false. */
export function startLoad(context: LoadContext, task: DmsTask, mode: LoadMode): boolean {
  if (task.run !== undefined) return false;
  const now = context.clock.now();
  const before = stateOf(task);
  const isFirst = before.startAt === undefined;
  const state: DmsTaskState = {
    status: 'starting',
    freshAt: mode === 'reload' ? now : (before.freshAt ?? now),
    startAt: mode === 'resume' || isFirst ? now : before.startAt,
    fullLoadAt: before.fullLoadAt,
  };
  const last = task.loads.at(-1);
  const kept = mode === 'resume' ? (last?.complete ?? new Map()) : new Map();
  const load: TrueLoad = {
    taskArn: task.arn,
    startedAt: now,
    freshAt: state.freshAt ?? now,
    isFinished: false,
    complete: new Map(kept),
  };
  task.loads.push(load);
  task.run = new AbortController();
  move(context, task, state);
  void runLoad(context, task, load, mode);
  context.onChange(task, load);
  return true;
}

async function runLoad(context: LoadContext, task: DmsTask, load: TrueLoad, mode: LoadMode): Promise<void> {
  const { clock, faults, random } = context;
  const signal = task.run?.signal as AbortSignal;
  await clock.sleep(random.whole(5, 60) * SECOND_MS);
  move(context, task, { ...stateOf(task), status: 'running' });
  publish(context, task, 'STARTED', `Replication task started, with flag, ${FLAGS[mode]}`);
  if (mode === 'reload')
    task.tables = task.tables.map(({ name, staged }) => ({ name, staged, state: 'Before load', rows: 0 }));
  const isFatal = faults.strike(['load-failed'], task.identifier) !== undefined;
  try {
    for (const table of task.tables) {
      if (table.state === 'Table completed') continue;
      await loadTable(context, load, table, signal);
      if (isFatal) return end(context, task, load, 'failed', FATAL);
    }
    end(context, task, load, 'stopped', finishedReason(task));
  } catch {
    end(context, task, load, 'stopped', 'Stop Reason NORMAL');
  }
}

/** Where a task would go on with changes after its full load, it is set to stop before. */
export function finishedReason({ identifier }: DmsTask): string {
  return `Stop Reason ${identifier === 'task-c' ? 'STOPPED_AFTER_CACHED_EVENTS' : 'FULL_LOAD_ONLY_FINISHED'}`;
}

const FATAL = 'Last Error  the source went away Stop Reason FATAL_ERROR Error Level FATAL';

/** TRUNCATE, which waits for whoever reads the table, then rows in several commits. */
async function loadTable(
  { clock, warehouse, faults, random, log }: LoadContext,
  load: TrueLoad,
  table: LoadedTable,
  signal: AbortSignal,
): Promise<void> {
  const staged = warehouse.table(table.staged);
  const owner = {};
  await warehouse.locks.acquire(staged.name, 'exclusive', owner);
  Object.assign(staged, { filledBy: load.freshAt, rows: 0, isComplete: false });
  warehouse.locks.release(owner);
  Object.assign(table, { state: 'Full load', rows: 0 });
  const fault = faults.strike(['table-error', 'table-empty'], table.name)?.kind;
  // Loads can be told apart by their rows: staging is known by the count of its rows.
  const rows =
    fault === 'table-empty' ? 0 : Math.floor((load.startedAt / SECOND_MS) % 1_000_000) * FILLS + FILLS;
  for (let fill = 1; fill <= FILLS; fill += 1) {
    await clock.sleep(random.whole(5, 150) * SECOND_MS, signal);
    if (fault === 'table-error' && fill === FILLS) {
      Object.assign(table, { state: 'Table error', endedAt: clock.now() });
      return;
    }
    staged.rows = (rows / FILLS) * fill;
    table.rows = staged.rows;
  }
  staged.isComplete = rows > 0;
  Object.assign(table, { state: 'Table completed', endedAt: clock.now() });
  if (rows > 0) load.complete.set(staged.name, rows);
  log(`staged ${staged.name}: ${rows} rows`);
}

function end(
  context: LoadContext,
  task: DmsTask,
  load: TrueLoad,
  status: 'stopped' | 'failed',
  stopReason: string,
): void {
  const now = context.clock.now();
  load.endedAt = now;
  load.isFinished = status === 'stopped' && stopReason === finishedReason(task);
  task.run = undefined;
  const fullLoadAt = load.freshAt;
  move(context, task, { ...stateOf(task), status, stopReason, stopAt: now });
  // As seen of DMS: the date of the full load comes after the rest.
  void context.clock
    .sleep(context.random.whole(0, 90) * SECOND_MS)
    .then(() => task.loads.at(-1) === load && move(context, task, { ...stateOf(task), fullLoadAt }));
  publish(context, task, status === 'failed' ? 'FAILED' : 'STOPPED', stopReason);
  context.onChange(task, load);
}

function publish(
  context: LoadContext,
  { arn }: DmsTask,
  what: 'STARTED' | 'STOPPED' | 'FAILED',
  detailMessage: string,
): void {
  const category = what === 'FAILED' ? 'Failure' : 'StateChange';
  context.publish({
    source: 'aws.dms',
    detailType: 'DMS Replication Task State Change',
    resources: [arn],
    detail: { eventType: `REPLICATION_TASK_${what}`, detailMessage, type: 'REPLICATION_TASK', category },
  });
}

function move({ clock, log }: LoadContext, task: DmsTask, state: DmsTaskState): void {
  task.course.push({ at: clock.now(), state });
  log(`${task.identifier} ${state.status} ${state.stopReason ?? ''}`);
}
