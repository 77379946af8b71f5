import type { ExecutionLife } from '../aws/step-functions-model.ts';
import { isAlive } from '../warehouse/model-statement.ts';
import type { World } from '../world.ts';
import { judgeDeadlines } from './judge-deadlines.ts';
import { judgeEffects } from './judge-effects.ts';
import { judgeLoads } from './judge-loads.ts';
import { judgeRuns } from './judge-runs.ts';

/** Holds a world that has come to rest against everything that was promised. */
export function judgeWorld(world: World): void {
  judgeRest(world);
  judgeRuns(world);
  judgeEffects(world);
  judgeLoads(world);
  judgeNotifications(world);
  judgeDeadlines(world);
}

/** Everything has ended, and nothing is left in the warehouse. */
function judgeRest({ record, stepFunctions, dataApi, warehouse }: World): void {
  for (const { arn, execution } of stepFunctions.store.executions.values())
    if (execution.end === undefined) record.violate(`${arn} is still running`);
  for (const statement of dataApi.statements.values())
    if (isAlive(statement)) record.violate(`statement ${statement.name} is still alive`);
  if (warehouse.locks.size > 0) record.violate(`${warehouse.locks.size} locks are still held`);
}

const FAILED = ['FAILED', 'TIMED_OUT', 'ABORTED'];

/**
 * People were told of every run that did not end well, or the function that should have told them is in the failure queue.
 * Whose event was lost is found by the alarm on failed executions, or by the sweep if the run has timed out.
 */
function judgeNotifications(world: World): void {
  for (const [arn, lives] of world.stepFunctions.lives) {
    for (const life of lives) {
      if (!FAILED.includes(life.status) || wasRedriven(lives, life)) continue;
      if (isLost(world, arn, life) || isTold(world, arn, life) || isQueued(world, arn)) continue;
      world.record.violate(`nobody was told that ${arn} is ${life.status}`);
    }
  }
}

function wasRedriven(lives: readonly ExecutionLife[], life: ExecutionLife): boolean {
  return lives.some(({ redriveCount }) => redriveCount > life.redriveCount);
}

function isLost({ record }: World, arn: string, { status, redriveCount }: ExecutionLife): boolean {
  return record.lostEvents.some(
    ({ detail }) =>
      detail.executionArn === arn && detail.status === status && detail.redriveCount === redriveCount,
  );
}

function isTold({ record }: World, arn: string, { status }: ExecutionLife): boolean {
  return record.notifications.some((text) => text.includes(arn) && text.startsWith(status));
}

function isQueued({ lambda }: World, arn: string): boolean {
  return lambda.failures.some((body) => body.includes(':function:notify-outcome:') && body.includes(arn));
}
