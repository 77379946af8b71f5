import { LoadChanged, ServiceUnavailable } from '../errors/errors.ts';
import { type CurrentLoad, describeCurrentLoad, type FinishedLoad } from '../loads/current-load.ts';
import type { Dms, TaskName } from '../loads/describe-task.ts';

/** The load that a run is about, as far as it can be recognised. */
export interface KnownLoad {
  readonly id: string;
  readonly tasks: readonly (TaskName & { readonly startedAt: string })[];
}

/**
 * Makes sure that staging holds the load that a run is about, and that DMS is at rest. A run is about a load that has
 * finished: an answer from before that is late, and no news.
 * @returns what DMS says of the load of each task
 * @throws LoadChanged when another load was started since
 * @throws ServiceUnavailable when DMS does not answer, answers late, or does not show the load now: it must be asked again
 * @throws InvalidConfig when DMS refuses to answer, or does not have the task any more
 */
export async function assertSameLoad(dms: Dms, load: KnownLoad): Promise<readonly FinishedLoad[]> {
  return Promise.all(
    load.tasks.map(async ({ startedAt, ...task }) => {
      const { arn } = task;
      const current = await describeCurrentLoad(dms, task);
      if (current.kind === 'finished' && current.startedAt.getTime() === Date.parse(startedAt))
        return current;
      const now =
        current.kind === 'finished'
          ? `${arn} shows a load that was started ${current.startedAt.toISOString()}`
          : current.reason;
      if (isLate(current, startedAt)) {
        if (current.kind === 'none' && current.isHidden) throw hidden(load, arn, current.reason);
        throw new ServiceUnavailable(`DMS does not show yet that load ${load.id} has finished: ${now}`);
      }
      throw new LoadChanged(`staging no longer holds load ${load.id}: ${now}`);
    }),
  );
}

/** Nothing says that staging holds another load, and nothing that it still holds this one. */
function hidden({ id }: KnownLoad, arn: string, reason: string): ServiceUnavailable {
  return new ServiceUnavailable(
    `DMS does not show load ${id} of ${arn} now: ${reason}. If that does not change, load again: the new load has its own run`,
  );
}

function isLate(current: CurrentLoad, startedAt: string): boolean {
  return current.startedAt === undefined || current.startedAt <= new Date(startedAt);
}

/** Why a run is pointless: a newer load of one of its tasks has begun. Undefined when none has. @throws ServiceUnavailable */
export async function findNewerLoad(dms: Dms, load: KnownLoad): Promise<string | undefined> {
  for (const { startedAt, ...task } of load.tasks) {
    const current = await describeCurrentLoad(dms, task);
    if (current.kind === 'none' || current.startedAt <= new Date(startedAt)) continue;
    return `a newer load of ${task.arn} began ${current.startedAt.toISOString()}`;
  }
  return undefined;
}
