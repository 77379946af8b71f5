import type { ExecutionLife } from '../aws/step-functions-model.ts';
import type { World } from '../world.ts';

const FAILED = ['FAILED', 'TIMED_OUT', 'ABORTED'];

/**
 * People were told of every run that did not end well, or the function that should have told them is in the failure queue.
 * Whose event was lost is found by the alarm on failed executions.
 */
export function judgeNotifications(world: World): void {
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
  return lambda.failureQueue.some(({ name, payload }) => name === 'notify-outcome' && payload.includes(arn));
}
