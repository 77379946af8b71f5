import { LoadChanged, ServiceUnavailable } from '../errors/errors.ts';
import { type CurrentLoad, describeCurrentLoad, type FinishedLoad } from '../loads/current-load.ts';
import type { Dms, TaskName } from '../loads/describe-task.ts';

/** The load of a run, as far as DMS's answer can be compared with it. */
export interface KnownLoad {
  readonly id: string;
  readonly tasks: readonly (TaskName & { readonly startedAt: string })[];
}

/**
 * Makes sure that staging still holds the load of a run, and that DMS is not loading. The load of a run has finished,
 * so an answer from before that is late.
 * @returns what DMS says about the load of each task
 * @throws LoadChanged when another load was started since
 * @throws ServiceUnavailable when DMS does not answer, answers late, or does not show the load now: ask again
 * @throws InvalidConfig when DMS refuses to answer, or no longer has the task
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

/** DMS shows neither that staging holds another load, nor that it still holds this one. */
function hidden({ id }: KnownLoad, arn: string, reason: string): ServiceUnavailable {
  return new ServiceUnavailable(
    `DMS does not show load ${id} of ${arn} now: ${reason}. If that does not change, load again: the new load has its own run`,
  );
}

function isLate(current: CurrentLoad, startedAt: string): boolean {
  return current.startedAt === undefined || current.startedAt <= new Date(startedAt);
}

/**
 * Why a run is superseded: a newer load of one of its tasks has begun. Undefined when none has. @throws
 * ServiceUnavailable
 */
export async function findNewerLoad(dms: Dms, load: KnownLoad): Promise<string | undefined> {
  const newer = await Promise.all(
    load.tasks.map(async ({ startedAt, ...task }) => {
      const current = await describeCurrentLoad(dms, task);
      if (current.kind === 'none' || current.startedAt <= new Date(startedAt)) return undefined;
      return `a newer load of ${task.arn} began ${current.startedAt.toISOString()}`;
    }),
  );
  return newer.find((reason) => reason !== undefined);
}
