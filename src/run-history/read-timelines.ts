import type { Pipeline } from '../definition/pipeline.ts';
import { createAttempts, type KnownStatement } from './attempts.ts';
import { type HistoryEvent, timeOf } from './history-event.ts';
import { createParts } from './parts.ts';
import { readObject } from './read-failure.ts';
import type { Run, RunStage } from './run.ts';
import { layOut, type Span } from './spans.ts';

/** When a part of a run was under way, redrives included. Times are milliseconds since 1970. */
export interface Timeline {
  readonly from: number;
  /** When it ended; the moment of the question for one that is still running. */
  readonly to: number;
  /** Without gaps from `from` to `to`. */
  readonly spans: readonly Span[];
}

interface Track {
  readonly from: number;
  readonly spans: Span[];
  readonly attempts: ReturnType<typeof createAttempts>;
  /** A wait, a pause or a halt whose end has not come yet. */
  open?: Pick<Span, 'kind' | 'from'> | undefined;
}

/** What is known besides the history. */
export interface TimelineContext {
  /** The moment of the question. */
  readonly now: number;
  /** Statements by ID, as far as the Data API still knows them. */
  readonly statements?: ReadonlyMap<string, KnownStatement>;
}

/**
 * Timelines of the parts of a run that have begun, by name.
 * @param run as it is read from the same events
 */
export function readTimelines(
  pipeline: Pipeline,
  run: Run,
  events: Iterable<HistoryEvent>,
  { now, statements = new Map() }: TimelineContext,
): ReadonlyMap<string, Timeline> {
  const tracks = readTracks(pipeline, events);
  const stages: readonly RunStage[] = [run.turn, run.verification, ...run.steps, run.confirmation];
  return new Map(
    stages.flatMap((stage): readonly [string, Timeline][] => {
      const track = tracks.get(stage.name);
      if (track === undefined) return [];
      const { from } = track;
      const to = Math.max(from, stage.endedAt ?? now);
      const open = track.open && stage.state === 'running' ? [{ ...track.open, to }] : [];
      const attempts = track.attempts.spans({ stage, to, statements });
      return [[stage.name, { from, to, spans: layOut(from, to, [...track.spans, ...open, ...attempts]) }]];
    }),
  );
}

function readTracks(pipeline: Pipeline, events: Iterable<HistoryEvent>): ReadonlyMap<string, Track> {
  const parts = createParts(pipeline);
  const tracks = new Map<string, Track>();
  for (const event of events) {
    const part = parts.locate(event);
    if (event.type?.startsWith('Execution')) {
      for (const track of tracks.values()) followExecution(track, event);
    } else if (part !== undefined) {
      const track = tracks.get(part.name) ?? createTrack(timeOf(event));
      tracks.set(part.name, track);
      followState(track, part.name === parts.all[0]?.name, event);
    }
  }
  return tracks;
}

function createTrack(from: number): Track {
  return { from, spans: [], attempts: createAttempts() };
}

/** A run that has ended stands still until it is redriven. */
function followExecution(track: Track, event: HistoryEvent): void {
  if (event.type === 'ExecutionRedriven') close(track, event);
  else track.open = { kind: 'halted', from: timeOf(event) };
}

function followState(track: Track, isTurn: boolean, event: HistoryEvent): void {
  switch (event.type) {
    case 'WaitStateEntered':
      track.open = { kind: isTurn ? 'turn' : 'pause', from: timeOf(event) };
      return;
    case 'TaskFailed':
    case 'TaskTimedOut': {
      const { error } = event.taskFailedEventDetails ?? {};
      track.attempts.callEnded(event);
      track.open = { kind: error === 'NotYourTurn' ? 'turn' : 'pause', from: timeOf(event) };
      return;
    }
    case 'TaskScheduled':
      track.attempts.callBegan(event);
      close(track, event);
      return;
    case 'WaitStateExited':
      close(track, event);
      return;
    default:
      takeRecord(track, event);
  }
}

function takeRecord({ attempts }: Track, { stateExitedEventDetails }: HistoryEvent): void {
  if (stateExitedEventDetails === undefined) return;
  const { statement } = readObject(stateExitedEventDetails.output);
  if (typeof statement === 'object' && statement !== null) attempts.take({ ...statement });
}

function close(track: Track, event: HistoryEvent): void {
  if (track.open !== undefined) track.spans.push({ ...track.open, to: timeOf(event) });
  track.open = undefined;
}
