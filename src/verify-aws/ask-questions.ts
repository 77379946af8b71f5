import type { AskedWorld, Question, Settled } from './question.ts';
import { open } from './question.ts';
import { type LeftThing, type Remover, removeThings, type ScratchThing } from './scratch.ts';

/** A question and what came of it. */
export interface Asked {
  readonly question: Question;
  readonly answer: Settled;
}

export interface AskedAll {
  readonly asked: readonly Asked[];
  /** What could not be removed. */
  readonly left: readonly LeftThing[];
}

/** What is told while questions are asked. */
export interface Listener {
  onAsk(question: Question): void;
  onAnswer(asked: Asked): void;
  onRemove(things: readonly ScratchThing[]): void;
}

/**
 * Asks questions one after the other. A question that fails stays open and keeps no other from being asked. Whatever happens, also
 * when the world's signal is aborted, everything that was made is removed.
 */
export async function askQuestions(
  questions: readonly Question[],
  world: AskedWorld,
  remover: Remover,
  listener: Listener,
): Promise<AskedAll> {
  const asked: Asked[] = [];
  try {
    for (const question of questions) {
      if (!world.signal.aborted) listener.onAsk(question);
      const answer = await settle(question, world);
      if (!world.signal.aborted) listener.onAnswer({ question, answer });
      asked.push({ question, answer });
    }
  } finally {
    // They may hold locks on what is to be removed.
    await Promise.allSettled([world.owner.cancelAll(), world.runtime.cancelAll()]);
  }
  const things = world.scratch.things();
  if (things.length > 0) listener.onRemove(things);
  return { asked, left: await removeThings(remover, things) };
}

async function settle(question: Question, world: AskedWorld): Promise<Settled> {
  const { signal } = world;
  if (signal.aborted) return open('the command was stopped before it was asked');
  try {
    return await question.settle(world);
  } catch (error) {
    if (signal.aborted) return open('the command was stopped while it was asked');
    return open(explain(error));
  }
}

const NO_PERMISSION = /AccessDenied|not authorized|UnauthorizedOperation|permission denied/i;

function explain(error: unknown): string {
  const said = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const advice = NO_PERMISSION.test(said)
    ? 'docs/verify-aws.md lists the permissions that the caller needs'
    : 'Remove the cause, then run it again';
  return `${said.replace(/[.\s]+$/, '')}. ${advice}`;
}
