import type { World } from '../world.ts';
import { judgeEffects } from './judge-effects.ts';
import { judgeLoads } from './judge-loads.ts';
import { judgeNotifications } from './judge-notifications.ts';
import { judgeRest } from './judge-rest.ts';
import { judgeRuns } from './judge-runs.ts';

/** Holds a world that has come to rest against everything that was promised. */
export function judgeWorld(world: World): void {
  judgeRest(world);
  judgeRuns(world);
  judgeEffects(world);
  judgeLoads(world);
  judgeNotifications(world);
}
