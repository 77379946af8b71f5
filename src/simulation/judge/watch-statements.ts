import type { ModelInvocation } from '../product/invocation.ts';
import type { ModelSubmission } from '../warehouse/data-api.ts';
import { isAlive, type ModelStatement, statusOf } from '../warehouse/model-statement.ts';
import type { World } from '../world.ts';
import { inputOf } from './pipeline-runs.ts';

const MINUTE_MS = 60_000;
const TOKEN_MS = 8 * 60 * MINUTE_MS;
/** DMS is seen late by five minutes at most, and a function that has asked it goes on for some minutes more. */
const NOTICE_MS = 30 * MINUTE_MS;

/** Looks at a statement before it is accepted: what must never be submitted, whatever becomes of it. */
export function watchSubmission(
  world: World,
  input: ModelSubmission,
  sameName: readonly ModelStatement[],
): void {
  world.record.count('statements');
  const parameters = Object.fromEntries((input.Parameters ?? []).map(({ name, value }) => [name, value]));
  const { execution } = parameters;
  if (execution === undefined) return;
  const earlier = sameName.filter((statement) => statement.parameters.execution === execution);
  for (const statement of earlier) watchRepetition(world, input, statement);
  watchRedrive(world, input.StatementName, execution);
}

/** One attempt is one statement: its token holds for eight hours, and after that lists tell of it. */
function watchRepetition(
  { clock, record }: World,
  { StatementName }: ModelSubmission,
  earlier: ModelStatement,
): void {
  const ageMs = clock.now() - earlier.createdAt;
  if (ageMs < TOKEN_MS)
    record.violate(
      `${StatementName} was submitted twice within eight hours; the first was ${statusOf(earlier)}`,
    );
  else if (!earlier.wasHidden)
    record.violate(
      `${StatementName} was submitted again although lists show the first, ${isAlive(earlier) ? 'alive' : 'ended'}`,
    );
}

/** A redrive must not touch the warehouse when staging has held another load for long. */
function watchRedrive({ clock, record, stepFunctions, tasks }: World, name: string, execution: string): void {
  const stored = stepFunctions.store.executions.get(execution);
  if (stored === undefined || stored.execution.redriveCount === 0) return;
  for (const { arn, startedAt } of inputOf(stored.input).load.tasks) {
    const loads = tasks.find((task) => task.arn === arn)?.loads ?? [];
    const newer = loads.find((load) => load.startedAt > Date.parse(startedAt));
    if (newer === undefined || clock.now() - newer.startedAt < NOTICE_MS) continue;
    record.violate(`${name} was submitted under a redrive, long after a newer load of ${arn} began`);
  }
}

/** What an execution is, is seen this late at most. */
const LAG_MS = 5 * 60_000;

/** More than a function needs to see that a statement has ended, whatever is thrown at it. */
const MOST_LOOKS = 40;

/** How often functions that wait for a statement have looked at it since it ended. */
const looks = new WeakMap<ModelStatement, number>();

/** Looks at each call of a function: what must never be asked for. */
export function watchCall(world: World, invocation: ModelInvocation, name: string, input: object): void {
  const { Id } = input as { Id?: string };
  const statement = Id === undefined ? undefined : world.dataApi.statements.get(Id);
  if (statement === undefined) return;
  const { functionName } = invocation;
  if (name === 'CancelStatement' && functionName === 'stop-statements')
    watchCancel(world, invocation, statement);
  if (name === 'DescribeStatement' && functionName === 'check-statement') watchLook(world, statement);
}

function watchCancel(world: World, { startedAt }: ModelInvocation, { parameters }: ModelStatement): void {
  const { execution = '' } = parameters;
  const life = world.stepFunctions.lives.get(execution)?.at(-1);
  if (life?.status !== 'RUNNING' || startedAt - life.at <= LAG_MS) return;
  world.record.violate(
    `a statement of ${execution}, which had long been running again, was cancelled as stopped`,
  );
}

function watchLook(world: World, statement: ModelStatement): void {
  // A redriven run asks again and again while another one has the turn.
  if (isAlive(statement) || isAnotherRunning(world, statement)) return;
  const count = (looks.get(statement) ?? 0) + 1;
  looks.set(statement, count);
  if (count > MOST_LOOKS)
    world.record.violate(`${statement.name} is waited for, and is ${statusOf(statement)}`);
}

function isAnotherRunning({ stepFunctions }: World, { parameters }: ModelStatement): boolean {
  const own = stepFunctions.store.executions.get(parameters.execution ?? '');
  return [...stepFunctions.store.executions.values()].some(
    ({ arn, machine, execution }) =>
      arn !== own?.arn && machine.arn === own?.machine.arn && execution.end === undefined,
  );
}
