import type { Invocation } from '../product/invocation.ts';
import type { World } from '../world.ts';

/** The execution is seen late by five minutes at most, and the function that has asked for it ends within five more. */
const NOTICE_MS = 15 * 60_000;

/** Looks at each call of a function: what must never be asked for. */
export function watchCall(world: World, { functionName }: Invocation, name: string, input: object): void {
  if (name !== 'CancelStatement' || functionName !== 'stop-statements') return;
  const { Id } = input as { Id: string };
  const execution = world.dataApi.statements.get(Id)?.parameters.execution;
  const life = execution === undefined ? undefined : world.stepFunctions.lives.get(execution)?.at(-1);
  if (life?.status !== 'RUNNING' || world.clock.now() - life.at < NOTICE_MS) return;
  world.record.violate(
    `a statement of ${execution}, which has been running for long, was cancelled as stopped`,
  );
}
