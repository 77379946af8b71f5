import type { Pipeline } from '../definition/pipeline.ts';
import { loadStartOf } from '../loads/load-identity.ts';
import type { Forecast } from '../notifications/deadline-message.ts';
import type { LoadStanding } from '../notifications/load-standing.ts';
import { summarizeDurations } from '../report/durations.ts';
import { durationsByStep, type PastRun } from '../report/read/read-durations.ts';
import type { Run } from '../run-history/run.ts';
import { isFirstRun } from '../runs/run-name.ts';

/** What a forecast is made from. All times are epoch milliseconds. */
export interface ForecastFacts {
  readonly pipeline: Pipeline;
  readonly standing: LoadStanding;
  /** Why the pipeline is held. */
  readonly held?: string | undefined;
  readonly run?: Run | undefined;
  readonly loadStartedAt?: number | undefined;
  /** Earlier runs that succeeded; absent where they could not be read. */
  readonly past?: readonly PastRun[] | undefined;
  readonly now: number;
}

/** Fewer runs do not say what is usual. */
const FEWEST_RUNS = 3;

/**
 * When a load will probably be published: now, and the median of what is left. Undefined where nothing goes on by itself, and
 * where earlier runs could not be read. They are those of Step Functions. The warehouse's own record (elt.runs) has the same
 * figures, but the warehouse may be what is down, and a question would wake a workgroup that is paused.
 */
export function forecastEnd(facts: ForecastFacts): Forecast | undefined {
  const { standing, now, loadStartedAt } = facts;
  const past = facts.past?.filter(isUsual);
  if (past === undefined || isStuck(facts) || standing.kind === 'unknown') return undefined;
  if (past.length < FEWEST_RUNS) return { runs: past.length, needed: FEWEST_RUNS };
  const whole = median(past.map(({ name, endedAt }) => endedAt - (loadStartOf(name) ?? endedAt)));
  const run = median(past.map(({ startedAt, endedAt }) => endedAt - startedAt));
  const at = (end: number) => ({ at: Math.max(now, end), runs: past.length });
  switch (standing.kind) {
    case 'running':
      return at(now + leftOf(facts, past, run));
    case 'loading':
      return at((loadStartedAt ?? now) + whole);
    case 'not-started':
      return at(now + run);
    default:
      return at(now + whole);
  }
}

/** Whether a load can only be late unless somebody acts. A hold keeps a run from starting, and lets one go on that has started. */
export function isStuck({ standing: { kind }, held }: Pick<ForecastFacts, 'standing' | 'held'>): boolean {
  if (kind === 'failed' || kind === 'held' || kind === 'load-failed') return true;
  return held !== undefined && kind !== 'running';
}

/** Runs that were neither repaired nor repeated: they say how long a run takes. */
function isUsual({ name, redrives, isPublished }: PastRun): boolean {
  return isPublished && redrives === 0 && isFirstRun(name);
}

/**
 * Median of what is left of a run, along the steps that follow each other. Where no earlier run has had a step, it is at least what is
 * left of a usual run: the step may be an old one with a new name.
 * @param usualMs of a whole run
 */
function leftOf({ pipeline, run, now }: ForecastFacts, past: readonly PastRun[], usualMs: number): number {
  if (run === undefined) return usualMs;
  let least = 0;
  const usual = durationsByStep(past);
  const ends = new Map<string, number>();
  for (const { name, after } of pipeline.steps) {
    const state = run.steps.find((step) => step.name === name);
    const before = Math.max(0, ...after.map((earlier) => ends.get(earlier) ?? 0));
    if (state?.state === 'done') {
      ends.set(name, before);
      continue;
    }
    const durations = usual.get(name);
    if (durations === undefined) least = usualMs - (now - (run.startedAt ?? now));
    const elapsed = state?.state === 'running' ? now - (state.startedAt ?? now) : 0;
    ends.set(name, before + Math.max(0, median(durations ?? []) - elapsed));
  }
  return Math.max(0, least, ...ends.values());
}

/** The usual duration of what a run is at. */
export function withUsual(standing: LoadStanding, past: readonly PastRun[] = []): LoadStanding {
  if (standing.kind !== 'running') return standing;
  const usual = durationsByStep(past.filter(isUsual));
  return {
    ...standing,
    at: standing.at.map((part) => {
      const durations = usual.get(part.name);
      return durations === undefined ? part : { ...part, usualMs: median(durations) };
    }),
  };
}

const median = (numbers: readonly number[]): number => summarizeDurations(numbers).medianMs;
