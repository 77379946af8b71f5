import type { Pipeline } from '../definition/pipeline.ts';
import { type HistoryEvent, timeOf } from './history-event.ts';
import { createParts, type Part, type Parts } from './parts.ts';
import { readFailure, readObject } from './read-failure.ts';
import type { Run } from './run.ts';
import { viewRun } from './view-run.ts';

/** Reads a run while it is running. */
export interface RunReader {
  /** Takes the next event of the history. */
  add(event: HistoryEvent): void;
  /** The run as far as it is read. */
  run(): Run;
}

/** What is known of the run as a whole. */
export type RunFacts = Pick<Run, 'status' | 'redrives' | 'startedAt' | 'endedAt' | 'failure'> & {
  readonly output: Readonly<Record<string, unknown>>;
};

/** Types of events that report a failure, which may be retried. */
const FAILED = /(?:Failed|TimedOut)$/;

/** Reads the run from a complete history. @param events from the first one, in order */
export function readRun(pipeline: Pipeline, events: Iterable<HistoryEvent>): Run {
  const reader = createRunReader(pipeline);
  for (const event of events) reader.add(event);
  return reader.run();
}

/** Creates a reader that has read no event. It ignores events of states that the pipeline does not have. */
export function createRunReader(pipeline: Pipeline): RunReader {
  const parts = createParts(pipeline);
  let facts: RunFacts = { status: 'RUNNING', redrives: 0, output: {} };
  let lastFailed: Part | undefined;
  return {
    add(event) {
      const part = parts.locate(event);
      if (event.type?.startsWith('Execution')) {
        // The event of a failure within branches may follow the state around the branches.
        facts = advanceRun(facts, parts, part ?? lastFailed, event);
        return;
      }
      if (FAILED.test(event.type ?? '')) lastFailed = part ?? lastFailed;
      advancePart(parts, part, event);
    },
    run: () => viewRun(pipeline, parts.all, facts),
  };
}

function advancePart(parts: Parts, part: Part | undefined, event: HistoryEvent): void {
  const { stateEnteredEventDetails: entered, stateExitedEventDetails: exited } = event;
  if (entered !== undefined) {
    const left = parts.leftBefore(event);
    if (left !== part && left?.state === 'running') end(left, 'done', event);
    // A part that is done still passes through its last states. A part that is entered from another part begins.
    if (part !== undefined && part.state !== 'running' && left !== part) begin(part, event);
  }
  if (exited !== undefined && part !== undefined) takeOutput(part, readObject(exited.output), event);
}

/** Takes what a state passes on: the record of the step's statement, and the verified rows. */
function takeOutput(part: Part, output: Readonly<Record<string, unknown>>, event: HistoryEvent): void {
  const { statement, stagedRows } = output;
  if (typeof stagedRows === 'string') part.stagedRows = stagedRows;
  if (typeof statement !== 'object' || statement === null) return;
  part.record = { ...statement };
  if (part.record.complete === true && part.state === 'running') end(part, 'done', event);
}

function advanceRun(facts: RunFacts, parts: Parts, part: Part | undefined, event: HistoryEvent): RunFacts {
  const endedAt = timeOf(event);
  switch (event.type) {
    case 'ExecutionStarted':
      return { ...facts, startedAt: timeOf(event) };
    case 'ExecutionRedriven':
      for (const stopped of parts.all.filter(({ state }) => state === 'failed' || state === 'aborted'))
        begin(stopped, event);
      return { ...without(facts), status: 'RUNNING', redrives: facts.redrives + 1 };
    case 'ExecutionSucceeded':
      endRunning(parts, 'done', event);
      return {
        ...facts,
        status: 'SUCCEEDED',
        endedAt,
        output: readObject(event.executionSucceededEventDetails?.output),
      };
    case 'ExecutionFailed': {
      const failure = readFailure(event.executionFailedEventDetails ?? {});
      if (part?.state === 'running') {
        end(part, 'failed', event);
        part.failure = failure;
      }
      endRunning(parts, 'aborted', event);
      return { ...facts, status: 'FAILED', endedAt, failure };
    }
    case 'ExecutionAborted':
    case 'ExecutionTimedOut': {
      endRunning(parts, 'aborted', event);
      const status = event.type === 'ExecutionAborted' ? 'ABORTED' : 'TIMED_OUT';
      const { error = `States.${status}`, ...details } =
        event.executionAbortedEventDetails ?? event.executionTimedOutEventDetails ?? {};
      return { ...facts, status, endedAt, failure: readFailure({ error, ...details }) };
    }
    default:
      return facts;
  }
}

function without({ endedAt: _, failure: __, ...facts }: RunFacts): RunFacts {
  return facts;
}

function begin(part: Part, event: HistoryEvent): void {
  part.state = 'running';
  part.startedAt = timeOf(event);
  delete part.endedAt;
  delete part.failure;
}

function end(part: Part, state: 'done' | 'failed' | 'aborted', event: HistoryEvent): void {
  part.state = state;
  part.endedAt = timeOf(event);
}

function endRunning({ all }: Parts, state: 'done' | 'aborted', event: HistoryEvent): void {
  for (const part of all.filter((candidate) => candidate.state === 'running')) end(part, state, event);
}
