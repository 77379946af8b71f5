import type { Repair } from '../errors/repairs.ts';
import type { Failure, RunAudit, RunStep, StepState } from '../run-history/run.ts';
import type { Span } from '../run-history/spans.ts';

/** How a run stands, in a word. `published`: production shows the load. */
export type OutcomeState = 'running' | 'published' | 'superseded' | 'failed' | 'stopped' | 'timed-out';

/**
 * Everything that is shown of a run. Terminal, page, console and JSON are made from it. All times are milliseconds since 1970, all
 * durations milliseconds.
 */
export interface Report {
  /** Of this shape; rises when a field goes or changes its meaning. */
  readonly version: 1;
  readonly madeAt: number;
  readonly pipeline: string;
  readonly stage: string;
  readonly executionArn: string;
  /** Name of the execution: the load's ID, with `-rN` for a rerun and `-cN` for a continuation. */
  readonly name: string;
  /** The execution in the AWS console; absent for the local AWS. */
  readonly link?: string;
  /** Why the run was started. */
  readonly reason?: string;
  readonly outcome: Outcome;
  readonly load: ReportedLoad;
  readonly timing: Timing;
  /** Turn, verification, the steps in the pipeline's order, confirmation. */
  readonly rows: readonly ReportRow[];
  /** What the audits found; a failed audit is in the trouble. */
  readonly audits: readonly RunAudit[];
  readonly warnings: readonly string[];
  /** What is wrong, and what to do; absent where nothing is. */
  readonly trouble?: Trouble;
  readonly redrives: number;
  /** Events of the history, newest last. */
  readonly events: readonly ReportedEvent[];
  /** What could not be found out, and why, a sentence each. */
  readonly unknown: readonly string[];
}

export interface Outcome {
  readonly state: OutcomeState;
  /** `Production shows the load of …`: what a person wants to know first. */
  readonly sentence: string;
}

/** The load that the run takes to production. */
export interface ReportedLoad {
  readonly id: string;
  readonly startedAt?: number;
  /** When the last of its DMS tasks stopped; absent before it is verified. */
  readonly stoppedAt?: number;
  readonly tasks: readonly {
    readonly identifier: string;
    readonly arn: string;
    readonly startedAt: number;
  }[];
  readonly tables: readonly ReportedTable[];
}

export interface ReportedTable {
  /** `schema.table` in staging. */
  readonly table: string;
  /** `schema.table` in the source; null where the pipeline does not say. */
  readonly source: string | null;
  readonly task: string | null;
  /** Staged rows; absent before they are verified, and for a table that a step has emptied in an earlier run. */
  readonly rows?: number;
}

/** Where the time went, on the way that no step could have shortened alone: the critical path. */
export interface Timing {
  /** When DMS stopped, or when the execution started where that is not known. */
  readonly from: number;
  /** When the run ended, or the moment of the report. */
  readonly to: number;
  /** Parts of the time from `from` to `to` along the critical path. They add up to it. */
  readonly parts: readonly TimingPart[];
}

export interface TimingPart {
  /** `event`: from DMS's stop to the start of the execution. The others as in spans. */
  readonly kind: 'event' | Span['kind'];
  readonly ms: number;
}

/** A part of the run as a row of the timeline. */
export interface ReportRow {
  readonly kind: 'turn' | 'verification' | 'call' | 'check' | 'confirmation';
  readonly name: string;
  /** What it does, `calls dbo.sp_load_cust_dim, audited once`. */
  readonly title: string;
  readonly state: StepState;
  /** Names of the rows that it follows. */
  readonly after: readonly string[];
  readonly isCritical: boolean;
  /** When it first began, redrives included; absent before. */
  readonly from?: number;
  /** When it ended, or the moment of the report; absent before it began. */
  readonly to?: number;
  /** Bars of the timeline, without gaps from `from` to `to`. */
  readonly spans: readonly Span[];
  /** How it ended, in words: `done`, `done in an earlier run, nothing was changed`, `not run, because … failed`. */
  readonly result: string;
  readonly failure?: Failure;
  /** Of steps. */
  readonly step?: ReportedStep;
}

export interface ReportedStep
  extends Pick<
    RunStep,
    | 'effect'
    | 'commits'
    | 'attempts'
    | 'retried'
    | 'statementId'
    | 'statementMs'
    | 'wrongRows'
    | 'alreadyApplied'
  > {
  /** What it did to production, in words. */
  readonly effectText: string;
  /** `schema.procedure`; for a check the name of its query. */
  readonly procedures: readonly string[];
  /** `query_id` in SYS_QUERY_HISTORY. */
  readonly redshiftQueryId?: number;
  /** Rows that the step's transaction wrote, by table; absent where the warehouse does not say. */
  readonly written?: readonly WrittenRows[];
  /** The statement's duration in runs before this one; absent where there is none. */
  readonly before?: { readonly runs: number; readonly medianMs: number; readonly slowestMs: number };
  readonly audits: readonly RunAudit[];
}

export interface WrittenRows {
  /** `schema.table` */
  readonly table: string;
  readonly inserted: number;
  readonly deleted: number;
}

export interface Trouble {
  readonly error: string;
  /** What the error means, a sentence. */
  readonly meaning: string;
  /** The SQL error, with step, statement and query. */
  readonly cause: string;
  /** Name of the row that failed. */
  readonly at?: string;
  /** What steps that change production did, a sentence each group: took effect, did not, uncertain. */
  readonly effects: readonly EffectGroup[];
  readonly repairs: readonly Repair[];
}

export interface EffectGroup {
  readonly kind: 'nothing' | 'applied' | 'not-applied' | 'uncertain';
  /** `took effect`, … */
  readonly title: string;
  readonly texts: readonly string[];
}

export interface ReportedEvent {
  readonly id: number;
  readonly at: number;
  readonly type: string;
  /** The state or function that it is about. */
  readonly about?: string;
  /** Error and cause of a failure. */
  readonly failure?: Failure;
}

/** A run in a list of runs. */
export interface RunSummary {
  readonly pipeline: string;
  readonly executionArn: string;
  readonly name: string;
  readonly outcome: Outcome;
  readonly startedAt: number;
  readonly endedAt?: number;
  /** Sum of the staged rows; absent where it is not known. */
  readonly rows?: number;
  readonly redrives: number;
  /** Durations of the steps' statements, by step. */
  readonly stepMs: Readonly<Record<string, number>>;
}
