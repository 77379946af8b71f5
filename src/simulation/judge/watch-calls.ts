import type { Invocation } from '../product/invocation.ts';
import { isAlive, type Statement, statusOf } from '../warehouse/statement.ts';
import type { World } from '../world.ts';

/** What an execution is, is seen this late at most. */
const LAG_MS = 5 * 60_000;

/** More than a function needs to see that a statement has ended, whatever is thrown at it. */
const MOST_LOOKS = 40;

/** How often functions that wait for a statement have looked at it since it ended. */
const looks = new WeakMap<Statement, number>();

/** Looks at each call of a function: what must never be asked for. */
export function watchCall(world: World, invocation: Invocation, name: string, input: object): void {
  const { Id } = input as { Id?: string };
  const statement = Id === undefined ? undefined : world.dataApi.statements.get(Id);
  if (statement === undefined) return;
  const { functionName } = invocation;
  if (name === 'CancelStatement' && functionName === 'stop-statements')
    watchCancel(world, invocation, statement);
  if (name === 'DescribeStatement' && functionName === 'check-statement') watchLook(world, statement);
}

function watchCancel(world: World, { startedAt }: Invocation, { parameters }: Statement): void {
  const { execution = '' } = parameters;
  const life = world.stepFunctions.lives.get(execution)?.at(-1);
  if (life?.status !== 'RUNNING' || startedAt - life.at <= LAG_MS) return;
  world.record.violate(
    `a statement of ${execution}, which had long been running again, was cancelled as stopped`,
  );
}

function watchLook(world: World, statement: Statement): void {
  // A redriven run asks again and again while another one has the turn.
  if (isAlive(statement) || isAnotherRunning(world, statement)) return;
  const count = (looks.get(statement) ?? 0) + 1;
  looks.set(statement, count);
  if (count > MOST_LOOKS)
    world.record.violate(`${statement.name} is waited for, and is ${statusOf(statement)}`);
}

function isAnotherRunning({ stepFunctions }: World, { parameters }: Statement): boolean {
  const own = stepFunctions.store.executions.get(parameters.execution ?? '');
  return [...stepFunctions.store.executions.values()].some(
    ({ arn, machine, execution }) =>
      arn !== own?.arn && machine.arn === own?.machine.arn && execution.end === undefined,
  );
}
