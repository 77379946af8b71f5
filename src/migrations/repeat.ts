import type { Clock } from '../clock.ts';
import type { StatementEnd } from '../data-api/statement-end.ts';
import { RedshiftUnavailable } from '../errors/errors.ts';
import { decide } from '../statements/decide.ts';
import { pauseSeconds } from '../statements/failure/pause.ts';
import { type FailureClass, RETRIED_BY_DEFAULT } from '../steps/failure-class.ts';

/** Submissions in all: the default of a step. */
const ATTEMPTS = 4;

/** Failure classes that can be temporary, but after which nobody knows whether the statement was applied. */
const UNCERTAIN: readonly FailureClass[] = ['ambiguous', 'lost'];

/** What a repetition needs, and what it calls before a pause. */
export interface RepeatContext {
  readonly clock: Clock;
  /** 0 up to, not including, 1. */
  random(): number;
  /** Aborted to stop. Nothing is repeated after that. */
  readonly signal?: AbortSignal | undefined;
  /** Told before each pause. */
  onRepeat?(name: string, error: string, seconds: number): void;
}

/**
 * Runs something again that failed by a temporary cause, with the attempts and pauses of a step.
 * @param isHarmless whether it may be applied twice: it only reads, or it notices that it was applied
 * @returns how it ended the last time
 */
export async function repeatStatement(
  context: RepeatContext,
  name: string,
  isHarmless: boolean,
  run: () => Promise<StatementEnd>,
): Promise<StatementEnd> {
  const retryOn = RETRIED_BY_DEFAULT.filter((failure) => isHarmless || !UNCERTAIN.includes(failure));
  const policy = { timeoutSeconds: Number.MAX_SAFE_INTEGER, attempts: ATTEMPTS, retryOn, commits: false };
  for (let retries = 0; ; retries += 1) {
    const end = await run();
    const life = { ageMs: 0, timedOut: false, redriveCount: 0, redriveSeen: 0 };
    const decision = decide({ statement: end, policy, retries, ...life });
    if (decision.kind !== 'resubmit') return end;
    if (!(await pause(context, name, end.error ?? end.status, decision.failure, retries))) return end;
  }
}

/**
 * Calls the Data API again when it could not answer.
 * @param ask idempotent
 * @throws RedshiftUnavailable when it could not answer several times in a row, and whatever else `ask` throws
 */
export async function repeatCall<Answer>(
  context: RepeatContext,
  name: string,
  ask: () => Promise<Answer>,
): Promise<Answer> {
  for (let retries = 0; ; retries += 1) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof RedshiftUnavailable) || retries + 1 >= ATTEMPTS) throw error;
      if (!(await pause(context, name, error.message, 'throttled', retries))) throw error;
    }
  }
}

/** @returns false when it was stopped meanwhile */
async function pause(
  { clock, random, signal, onRepeat }: RepeatContext,
  name: string,
  error: string,
  failure: FailureClass,
  retries: number,
): Promise<boolean> {
  if (signal?.aborted) return false;
  const seconds = pauseSeconds(failure, retries, random());
  onRepeat?.(name, error, seconds);
  return clock.sleep(seconds * 1000, signal).then(
    () => true,
    () => false,
  );
}
