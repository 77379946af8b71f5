import type { CurrentLoad } from '../loads/current-load.ts';
import type { Dms } from '../loads/describe-task.ts';
import { listTableStates } from '../loads/table-statistics.ts';
import type { LoadStanding } from '../notifications/load-standing.ts';

/** A load of a task, by the name that pipelines use. */
export interface NamedLoad {
  readonly identifier: string;
  readonly load: CurrentLoad;
}

/** Where the loads of a day stand that have no run. @param fresh those that were started for the day */
export async function judgeDayLoads(
  dms: Dms,
  loads: readonly NamedLoad[],
  fresh: readonly NamedLoad[],
  hold: string | undefined,
): Promise<LoadStanding> {
  const running = fresh.find(({ load }) => load.kind === 'running');
  if (running !== undefined) return countTables(dms, running);
  const ended = fresh.find(({ load }) => load.kind === 'none');
  if (ended !== undefined)
    return {
      kind: 'load-failed',
      task: ended.identifier,
      reason: ended.load.kind === 'none' ? ended.load.reason : '',
    };
  const missing = loads.filter((load) => !fresh.includes(load));
  const names = (some: readonly NamedLoad[]) => some.map(({ identifier }) => identifier);
  if (fresh.length === 0) {
    const starts = loads.flatMap(({ load }) => load.startedAt?.getTime() ?? []);
    return { kind: 'no-load', ...(starts.length === 0 ? {} : { lastStartedAt: Math.max(...starts) }) };
  }
  if (missing.length > 0) return { kind: 'companion', finished: names(fresh), missing: names(missing) };
  if (hold !== undefined) return { kind: 'held', reason: hold };
  return { kind: 'not-started', tasks: names(fresh) };
}

const LOADED = 'Table completed';

async function countTables(dms: Dms, { identifier, load }: NamedLoad): Promise<LoadStanding> {
  const states = await listTableStates(dms, load.taskArn);
  const loaded = states.filter(({ state }) => state === LOADED).length;
  return { kind: 'loading', task: identifier, loaded, tables: states.length };
}
