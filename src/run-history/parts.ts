import type { Pipeline } from '../definition/pipeline.ts';
import type { HistoryEvent } from './history-event.ts';
import type { RunStage } from './run.ts';
import { stateOwners } from './state-owners.ts';

/** A part of a run as far as its events are read, with what its states have passed on. */
export type Part = { -readonly [Key in keyof RunStage]: RunStage[Key] } & {
  /** The statement's record, as src/statements writes it. */
  record: Readonly<Record<string, unknown>>;
  /** `schema.table=rows`, separated by commas. */
  stagedRows?: string;
};

/** The parts of a run, and a way to find the part that an event is about. */
export interface Parts {
  readonly all: readonly Part[];
  /** The part that an event is about; undefined for states that belong to no part. */
  locate(event: HistoryEvent): Part | undefined;
  /** The part whose state was exited right before another state was entered. */
  leftBefore(event: HistoryEvent): Part | undefined;
}

/**
 * The parts of a pipeline's run before any has begun. Only events that enter or exit a state name the state. Other
 * events lead to such an event by a chain of previousEventId, one chain for each branch.
 */
export function createParts(pipeline: Pipeline): Parts {
  const owners = stateOwners(pipeline);
  const all = [...new Set(owners.values())].map((name): Part => ({ name, state: 'not-started', record: {} }));
  const byName = new Map(all.map((part) => [part.name, part]));
  const seen = new Map<number, { readonly part: Part | undefined; readonly exited: boolean }>();
  return {
    all,
    locate(event) {
      const { id = 0, previousEventId = 0, stateEnteredEventDetails, stateExitedEventDetails } = event;
      const state = (stateEnteredEventDetails ?? stateExitedEventDetails)?.name;
      const part =
        state === undefined ? seen.get(previousEventId)?.part : byName.get(owners.get(String(state)) ?? '');
      seen.set(id, { part, exited: stateExitedEventDetails !== undefined });
      return part;
    },
    leftBefore({ previousEventId = 0 }) {
      const previous = seen.get(previousEventId);
      return previous?.exited ? previous.part : undefined;
    },
  };
}
