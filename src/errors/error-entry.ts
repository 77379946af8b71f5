import type { Verb } from './commands.ts';

/** One way out of an error, for one of its causes. */
export interface Advice {
  /** The cause for which this is the way. */
  readonly when: string;
  /** What a person repairs first; a sentence. */
  readonly repair: string;
  /** What leads on then, in this order; nothing where another run does it. */
  readonly verbs: readonly Verb[];
}

export interface ErrorEntry {
  /** What it says has happened; a sentence without its stop. */
  readonly meaning: string;
  /** Whether it is tried again, by whom and for how long. */
  readonly retried: string;
  /** Matched by the Retry of every task of a state machine. */
  readonly isRetriedByMachine: boolean;
  /** An execution can end with it; the others end a command. */
  readonly endsRuns: boolean;
  readonly advice: readonly Advice[];
}

/** Ends a run at once. */
export const ONCE = { retried: 'no', isRetriedByMachine: false, endsRuns: true } as const;
/** Is tried again by the state machine, and ends a run when that did not help. */
export const AGAIN = {
  retried: 'yes, for about an hour and a half',
  isRetriedByMachine: true,
  endsRuns: true,
} as const;
/** Ends a command. */
export const COMMAND = { retried: 'no', isRetriedByMachine: false, endsRuns: false } as const;

/** @param when the cause for which it is a way out @param repair what a person does first, a sentence */
export const way = (when: string, repair: string, verbs: readonly Verb[]): Advice => ({
  when,
  repair,
  verbs,
});
