import { LoadChanged, ServiceUnavailable } from '../errors/errors.ts';
import { type CurrentLoad, type Dms, describeCurrentLoad, type FinishedLoad } from '../loads/current-load.ts';

/** The load that a run is about, as far as it can be recognised. */
export interface KnownLoad {
  readonly id: string;
  readonly tasks: readonly { readonly arn: string; readonly startedAt: string }[];
}

/**
 * Makes sure that staging holds the load that a run is about, and that DMS is at rest. A run is about a load that has
 * finished: an answer from before that is late, and no news.
 * @returns what DMS says of the load of each task
 * @throws LoadChanged when another load was started since
 * @throws ServiceUnavailable when DMS does not answer, or answers late: it must be asked again
 */
export async function assertSameLoad(dms: Dms, load: KnownLoad): Promise<readonly FinishedLoad[]> {
  return Promise.all(
    load.tasks.map(async ({ arn, startedAt }) => {
      const current = await describeCurrentLoad(dms, arn);
      if (current.kind === 'finished' && current.startedAt.getTime() === Date.parse(startedAt))
        return current;
      const now =
        current.kind === 'finished'
          ? `${arn} has one started ${current.startedAt.toISOString()}`
          : current.reason;
      if (isLate(current, startedAt)) {
        throw new ServiceUnavailable(`DMS lags behind load ${load.id}, which has finished: ${now}`);
      }
      throw new LoadChanged(`staging does not hold load ${load.id} any more: ${now}`);
    }),
  );
}

function isLate(current: CurrentLoad, startedAt: string): boolean {
  return current.startedAt === undefined || current.startedAt <= new Date(startedAt);
}

/** Why a run is pointless: a newer load of one of its tasks has begun. Undefined when none has. @throws ServiceUnavailable */
export async function findNewerLoad(dms: Dms, load: KnownLoad): Promise<string | undefined> {
  for (const { arn, startedAt } of load.tasks) {
    const current = await describeCurrentLoad(dms, arn);
    if (current.kind === 'none' || current.startedAt <= new Date(startedAt)) continue;
    return `a newer load of ${arn} began ${current.startedAt.toISOString()}`;
  }
  return undefined;
}
