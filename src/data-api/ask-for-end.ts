import { awsErrorName } from '../aws-errors/transient-error.ts';
import type { Clock } from '../clock.ts';
import { RedshiftUnavailable } from '../errors/errors.ts';
import { type DataApi, type Description, describeStatement, isRunning } from './describe.ts';

/** The longest the Data API holds an answer back. */
export const LONG_POLL_SECONDS = 30;

/** Milliseconds of the first pause after a call without an answer; each further pause is twice as long. */
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 20_000;

/** What is needed to ask for the end of statements, and how patient to be. */
export interface Asker {
  readonly api: DataApi;
  readonly clock: Clock;
  /** 0 up to, not including, 1. */
  random(): number;
  /** Aborted to end the waiting; the statement is left alone. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds for which the API may give no answer before that is an error. @default 0 */
  readonly patienceMs?: number;
  /** Milliseconds. @default 20_000 */
  readonly longestPauseMs?: number;
}

/**
 * Asks for a statement's status. The answer comes when the statement ends, or after `waitSeconds`; at once if
 * `waitSeconds` is undefined.
 */
export type AskForEnd = (id: string, waitSeconds: number | undefined) => Promise<Description>;

/**
 * Creates the function that asks for a statement's status. The API lets only a few callers wait for an answer. While
 * others wait, the answer comes without a long poll, after a pause that grows as long as they wait.
 * @throws RedshiftUnavailable, InvalidConfig, or the signal's reason
 */
export function createAskForEnd(asker: Asker): AskForEnd {
  const { api, clock, random, signal, patienceMs = 0, longestPauseMs = LONGEST_PAUSE_MS } = asker;
  let pauses = 0;
  return async (id, waitSeconds) => {
    let unansweredSince: number | undefined;
    // The caller has no more time than for the long poll.
    const longestMs = Math.min(longestPauseMs, (waitSeconds ?? Number.POSITIVE_INFINITY) * 1000);
    for (let seconds = waitSeconds; ; seconds = undefined) {
      try {
        const description = await describeStatement(api, id, seconds, signal);
        if (seconds !== undefined) pauses = 0;
        return description;
      } catch (error) {
        signal?.throwIfAborted();
        unansweredSince ??= clock.now();
        const isPatient = clock.now() - unansweredSince < patienceMs;
        if (!isCrowded(error, seconds) && !(isPatient && error instanceof RedshiftUnavailable)) throw error;
        const pauseMs = Math.min(longestMs, FIRST_PAUSE_MS * 2 ** pauses);
        pauses += 1;
        await clock.sleep(pauseMs * (0.5 + random() / 2), signal);
      }
    }
  };
}

/** A long poll was refused because other callers wait. A plain question is still answered. */
function isCrowded(error: unknown, seconds: number | undefined): boolean {
  if (seconds === undefined || !(error instanceof Error)) return false;
  return awsErrorName(error.cause) === 'ActiveWaitingRequestsExceededException';
}

/**
 * Asks until a statement has ended.
 * @param whileRunning called after each answer that shows it running; it throws to stop following the statement
 */
export async function untilEnded(
  ask: AskForEnd,
  id: string,
  waitSeconds: number,
  whileRunning: () => void = () => undefined,
): Promise<Description> {
  for (;;) {
    const description = await ask(id, waitSeconds);
    if (!isRunning(description.status)) return description;
    whileRunning();
  }
}
