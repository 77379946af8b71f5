import type { Verb } from './commands.ts';

/** What to do about an error, for one of its causes. */
export interface Advice {
  /** The cause that the advice is for. */
  readonly when: string;
  /** What a person repairs first; a sentence. */
  readonly repair: string;
  /** What to do after the repair, in this order. Empty if nothing is to be done because another run takes over. */
  readonly verbs: readonly Verb[];
}

export interface ErrorEntry {
  /** What has happened, without the last full stop. */
  readonly meaning: string;
  /** Whether the call is tried again, by whom and for how long. */
  readonly retried: string;
  /** Whether the Retry of every Task state matches it. */
  readonly isRetriedByMachine: boolean;
  /** Whether an execution can end with it. If not, it ends a command. */
  readonly endsRuns: boolean;
  readonly advice: readonly Advice[];
}

/** For errors that end a run at once. */
export const ONCE = { retried: 'no', isRetriedByMachine: false, endsRuns: true } as const;
/** For errors that the state machine retries. They end a run if the retries did not help. */
export const AGAIN = {
  retried: 'yes, for about an hour and a half',
  isRetriedByMachine: true,
  endsRuns: true,
} as const;
/** For errors that end a command. */
export const COMMAND = { retried: 'no', isRetriedByMachine: false, endsRuns: false } as const;

/** Where there is one advice for all causes. */
export const ALWAYS = 'In any case';

/** Makes an advice. @param when the cause that it is for @param repair what a person does first: a sentence */
export const way = (when: string, repair: string, verbs: readonly Verb[]): Advice => ({
  when,
  repair,
  verbs,
});

/** After a repair in the warehouse: migrate it there, then redrive. */
export const IN_WAREHOUSE: readonly Verb[] = ['migrate', 'redrive'];
/** After a repair in the definition: deploy, then continue in a new run. A redrive would keep the definition that the run began with. */
export const IN_DEFINITION: readonly Verb[] = ['deploy', 'continue'];
