import { count } from '../count.ts';
import { clockAt, dayAt } from '../definition/deadline/local-time.ts';
import { shorten } from './forms/prose.ts';

/** Where the load of a day stands while it is not published. All times are epoch milliseconds. */
export type LoadStanding =
  | { readonly kind: 'no-load'; readonly lastStartedAt?: number }
  | { readonly kind: 'loading'; readonly task: string; readonly loaded: number; readonly tables: number }
  | { readonly kind: 'load-failed'; readonly task: string; readonly reason: string }
  /** Some tasks have finished, and others have not loaded yet. */
  | { readonly kind: 'companion'; readonly finished: readonly string[]; readonly missing: readonly string[] }
  | { readonly kind: 'not-started'; readonly tasks: readonly string[] }
  | { readonly kind: 'held'; readonly reason: string }
  | {
      readonly kind: 'running';
      readonly executionArn: string;
      /** What the run is at. */
      readonly at: readonly RunningPart[];
    }
  | {
      readonly kind: 'failed';
      readonly executionArn: string;
      readonly status: string;
      readonly endedAt?: number;
      readonly step?: string;
      readonly error: string;
      readonly cause: string;
      readonly redrives: number;
    }
  /** It could not be found out. */
  | { readonly kind: 'unknown'; readonly reason: string };

/** A part of a run that is running. */
export interface RunningPart {
  /** The step, or what is done before and after the steps, in words. */
  readonly name: string;
  readonly since?: number;
  /** Median of earlier runs, milliseconds. */
  readonly usualMs?: number;
}

/** Where a load stands, as the end of a sentence. */
export function describeStanding(standing: LoadStanding, timezone: string): string {
  const clock = (time: number) => clockAt(time, timezone);
  switch (standing.kind) {
    case 'no-load': {
      const { lastStartedAt: last } = standing;
      return last === undefined
        ? 'no load has started'
        : `no load has started since ${dayAt(last, timezone)} ${clock(last)}`;
    }
    case 'loading':
      return `DMS has loaded ${standing.loaded} of ${standing.tables} tables of task ${standing.task}`;
    case 'load-failed':
      return `the load of DMS task ${standing.task} did not finish: ${shorten(standing.reason)}`;
    case 'companion':
      return `it waits for the companion ${named('task', standing.missing)}; ${inWords(standing.finished)} ${
        standing.finished.length === 1 ? 'has' : 'have'
      } loaded`;
    case 'not-started':
      return `the load of ${named('task', standing.tasks)} has finished, and its run has not started`;
    case 'held':
      return `held: ${standing.reason}`;
    case 'running':
      return standing.at.map((part) => describePart(part, clock)).join('; ') || 'the run has started';
    case 'failed': {
      const ended = standing.endedAt === undefined ? '' : ` at ${clock(standing.endedAt)}`;
      const at = standing.step === undefined ? '' : ` in ${standing.step}`;
      const since = standing.redrives === 0 ? 'nobody has redriven it' : `nobody has redriven it since`;
      return `${FAILED_WORDS[standing.status] ?? 'failed'}${ended}${at}, and ${since}`;
    }
    case 'unknown':
      return `${NOT_FOUND_OUT}: ${standing.reason}`;
  }
}

const LIST = new Intl.ListFormat('en-GB');

/** `a, b and c` */
function inWords(names: readonly string[]): string {
  return LIST.format(names);
}

/** `tasks a and b` */
function named(noun: string, names: readonly string[]): string {
  return `${noun}${names.length === 1 ? '' : 's'} ${inWords(names)}`;
}

/** AWS did not answer. The load may be published. */
export const NOT_FOUND_OUT = 'it could not be found out';

const FAILED_WORDS: Readonly<Record<string, string>> = { ABORTED: 'stopped', TIMED_OUT: 'timed out' };

function describePart({ name, since, usualMs }: RunningPart, clock: (time: number) => string): string {
  const from = since === undefined ? '' : ` since ${clock(since)}`;
  return `at ${name}${from}${usualMs === undefined ? '' : `, which usually takes ${inMinutes(usualMs)}`}`;
}

const MINUTE_MS = 60_000;

/** Whole minutes; what is less than one counts as one. */
export function inMinutes(ms: number): string {
  return count(Math.max(1, Math.floor(ms / MINUTE_MS)), 'minute');
}
