/** Where a step of a run stands. `aborted`: it was running when the run ended for another reason. */
export type StepState = 'not-started' | 'running' | 'done' | 'failed' | 'aborted';

/**
 * What a step did to production. `applied`: its transaction is committed, in this run or before. `not-applied`: nothing of it
 * is there. `uncertain`: the history does not tell, the warehouse must be asked. `reads-only`: a check changes nothing.
 */
export type Effect = 'applied' | 'not-applied' | 'uncertain' | 'reads-only';

/** An error as Step Functions shows it. */
export interface Failure {
  /** Its name. */
  readonly error: string;
  /** Its message, taken out of Lambda's JSON; empty where there is none. */
  readonly cause: string;
}

/** A part of a run, with the times of its present life: milliseconds since 1970. */
export interface RunStage {
  /** Name of its first state. */
  readonly name: string;
  readonly state: StepState;
  readonly startedAt?: number;
  readonly endedAt?: number;
  /** Of one that failed. */
  readonly failure?: Failure;
}

/** An attempt of a step's statement that failed and was followed by another. */
export interface RetriedAttempt {
  readonly attempt: number;
  readonly statementId: string;
  /** Class of the failure. */
  readonly failure: string;
  readonly error: string;
}

/** A step of the pipeline in a run. */
export interface RunStep extends RunStage {
  readonly kind: 'call' | 'check';
  /** The procedure commits by itself. */
  readonly commits: boolean;
  readonly effect: Effect;
  /** Submissions of its statement that the history knows of; 0 before the first. */
  readonly attempts: number;
  readonly retried: readonly RetriedAttempt[];
  /** Id of the last statement at the Data API. */
  readonly statementId?: string;
  /** Milliseconds that the last statement took in Redshift. */
  readonly statementMs?: number;
  /** The load had been applied by this step before: nothing was touched this time. */
  readonly alreadyApplied?: boolean;
  /** Rows that a check found wrong and only warned of. */
  readonly wrongRows?: number;
}

/** A run of a pipeline as its execution's history tells it. */
export interface Run {
  /** As Step Functions has it. */
  readonly status: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';
  readonly startedAt?: number;
  readonly endedAt?: number;
  readonly redrives: number;
  /** Waiting for the turn, and before the steps: is the load complete? */
  readonly turn: RunStage;
  readonly verification: RunStage;
  /** In the pipeline's order. */
  readonly steps: readonly RunStep[];
  /** Behind the steps: is the load still the one in staging? */
  readonly confirmation: RunStage;
  /** Rows of each staged table when they were verified. */
  readonly stagedRows: Readonly<Record<string, number>>;
  /** Why the run ended without success. */
  readonly failure?: Failure;
  /** Why the run did nothing: a newer load has come. */
  readonly superseded?: string;
}

/** The part of a run that failed, with which it ended. */
export function failedStage({ turn, verification, steps, confirmation }: Run): RunStage | undefined {
  return [turn, verification, ...steps, confirmation].find(({ state }) => state === 'failed');
}
