/** The state of a step in a run. `aborted`: it was running when the run ended for another reason. */
export type StepState = 'not-started' | 'running' | 'done' | 'failed' | 'aborted';

/**
 * What a step did to production. `applied`: its transaction is committed, in this run or before. `not-applied`: it
 * changed nothing. `uncertain`: the history does not say, only the warehouse knows. `reads-only`: a check changes
 * nothing.
 */
export type Effect = 'applied' | 'not-applied' | 'uncertain' | 'reads-only';

/** An error as Step Functions shows it. */
export interface Failure {
  /** Its name. */
  readonly error: string;
  /** Its message, taken out of Lambda's JSON; empty if there is none. */
  readonly cause: string;
}

/** A part of a run, with the times when it last ran: milliseconds since 1970. */
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
  /** Whether its procedure commits by itself. */
  readonly commits: boolean;
  readonly effect: Effect;
  /** How often its statement was submitted, as far as the history shows; 0 before the first submission. */
  readonly attempts: number;
  readonly retried: readonly RetriedAttempt[];
  /** ID of the last statement at the Data API. */
  readonly statementId?: string;
  /** Where SYS_QUERY_HISTORY has it: `query_id`, and `session_id`. */
  readonly redshiftQueryId?: number;
  readonly redshiftPid?: number;
  /** Milliseconds that the last statement took in Redshift. */
  readonly statementMs?: number;
  /** Whether this step had applied the load before. Nothing was changed this time. */
  readonly alreadyApplied?: boolean;
  /** Number of wrong rows that a check found and only warned about. */
  readonly wrongRows?: number;
}

/** What an audit found. */
export interface RunAudit {
  readonly step: string;
  readonly audit: string;
  readonly severity: string;
  readonly wrongRows: number;
  /** Of an audit that counts a table: its rows. */
  readonly rows?: number;
}

/** A run of a pipeline, read from its execution's history. */
export interface Run {
  /** As Step Functions has it. */
  readonly status: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';
  readonly startedAt?: number;
  readonly endedAt?: number;
  readonly redrives: number;
  /** The wait for the turn, and the check before the steps that the load is complete. */
  readonly turn: RunStage;
  readonly verification: RunStage;
  /** In the pipeline's order. */
  readonly steps: readonly RunStep[];
  /** The check after the steps that staging still holds the load. */
  readonly confirmation: RunStage;
  /** Rows of each staged table when they were verified. */
  readonly stagedRows: Readonly<Record<string, number>>;
  /** Results of the audits of all steps, once the run has succeeded. */
  readonly audits: readonly RunAudit[];
  /** What somebody should know although the run succeeded. */
  readonly warnings: readonly string[];
  /** Why the run ended without success. */
  readonly failure?: Failure;
  /** Why the run did nothing: a newer load has come. */
  readonly superseded?: string;
}

/** The part of a run whose failure ended the run. */
export function failedStage({ turn, verification, steps, confirmation }: Run): RunStage | undefined {
  return [turn, verification, ...steps, confirmation].find(({ state }) => state === 'failed');
}
