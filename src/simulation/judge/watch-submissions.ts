import type { Submission } from '../warehouse/data-api.ts';
import { isAlive, type Statement, statusOf } from '../warehouse/statement.ts';
import type { World } from '../world.ts';
import { readRun } from './read-run.ts';

const MINUTE_MS = 60_000;
const TOKEN_MS = 8 * 60 * MINUTE_MS;
/** DMS is seen late by five minutes at most, and a function that has asked it goes on for some minutes more. */
const NOTICE_MS = 30 * MINUTE_MS;

/** Looks at a statement before it is accepted: what must never be submitted, whatever becomes of it. */
export function watchSubmission(world: World, input: Submission, sameName: readonly Statement[]): void {
  world.record.count('statements');
  const parameters = Object.fromEntries((input.Parameters ?? []).map(({ name, value }) => [name, value]));
  const { execution } = parameters;
  if (execution === undefined) return;
  const earlier = sameName.filter((statement) => statement.parameters.execution === execution);
  for (const statement of earlier) watchRepetition(world, input, statement);
  watchRedrive(world, input.StatementName, execution);
}

/** One attempt is one statement: its token holds for eight hours, and after that lists tell of it. */
function watchRepetition({ clock, record }: World, { StatementName }: Submission, earlier: Statement): void {
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
  for (const { arn, startedAt } of readRun(stored.input).load.tasks) {
    const loads = tasks.find((task) => task.arn === arn)?.loads ?? [];
    const newer = loads.find((load) => load.startedAt > Date.parse(startedAt));
    if (newer === undefined || clock.now() - newer.startedAt < NOTICE_MS) continue;
    record.violate(`${name} was submitted under a redrive, long after a newer load of ${arn} began`);
  }
}
