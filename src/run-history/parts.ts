import type { Pipeline } from '../definition/pipeline.ts';
import type { HistoryEvent } from './history-event.ts';
import type { RunStage } from './run.ts';
import { stateOwners } from './state-owners.ts';

/** A part of a run as far as it is read, with what its states have handed on. */
export type Part = { -readonly [Key in keyof RunStage]: RunStage[Key] } & {
  /** The statement's record, as src/statements writes it. */
  record: Readonly<Record<string, unknown>>;
  /** `schema.table=rows`, comma between. */
  stagedRows?: string;
};

/** The parts of a run, and which of them an event is about. */
export interface Parts {
  readonly all: readonly Part[];
  /** The part that an event is about; undefined for states that are no part's own. */
  locate(event: HistoryEvent): Part | undefined;
  /** The part whose state was left right before another one was entered. */
  leftBefore(event: HistoryEvent): Part | undefined;
}

/**
 * The parts of a pipeline's run, none of them begun. Only events that enter or leave a state name it; the others hang on one
 * that does, in a chain of previousEventId for each branch.
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
