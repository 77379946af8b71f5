import type { FailureClass } from './failure-class.ts';

/** What a user writes. Everything deployed for a pipeline follows from it. */
export interface PipelineDefinition<StepName extends string = string> {
  /** Name of the pipeline; with `-STAGE` behind it, of its state machine. */
  readonly name: string;
  /** Identifiers of the DMS tasks whose finished full load this pipeline takes to production. */
  readonly tasks: readonly [string, ...string[]];
  /**
   * Hours within which the loads of several tasks must have been started to belong together. @default 12 @minimum 1
   */
  readonly windowHours?: number;
  /** Hours that a finished load may wait for those of the other tasks before somebody is told. @default 2 @minimum 0.25 */
  readonly companionHours?: number;
  /**
   * Hours without a published load after which an alarm goes off: more than lie between two loads. `'never'`: there is no such
   * alarm. @default the stage's parameter alarmHoursWithoutLoad @minimum 1 @maximum 2040
   */
  readonly hoursWithoutLoad?: number | 'never';
  /** Tables that the tasks fill and the steps read: `schema.name`, or with what is known of them. */
  readonly stagedTables: readonly [StagedTableDefinition, ...StagedTableDefinition[]];
  /**
   * What happens when a table fails to load that is no source of a staged table: the run fails, or goes on and says so in its
   * output. @default 'fail'
   */
  readonly otherTables?: 'fail' | 'ignore';
  /** Steps by name. Redrive restarts at the step that failed. */
  readonly steps: Readonly<Record<StepName, StepDefinition<NoInfer<StepName>>>>;
}

export type StagedTableDefinition =
  | string
  | {
      /** `schema.name` in Redshift. */
      readonly table: string;
      /**
       * `schema.name` in the source, as DMS calls it: then as many rows must be staged as DMS says it loaded, and the table
       * must be one of the task's. @default unknown
       */
      readonly source?: string;
      /**
       * Identifier of the task that fills the table: one of the pipeline's. Must be given with a source where there are several
       * tasks, for each of them may load a table of that name. @default the pipeline's only task
       */
      readonly task?: string;
      /** Rows that must be there at least: an empty table is not a load unless it is said to be. @default 1 */
      readonly minRows?: number;
    };

export type StepDefinition<StepName extends string = string> =
  | CallStepDefinition<StepName>
  | CheckStepDefinition<StepName>;

interface AnyStepDefinition<StepName extends string> {
  /** Steps that must have ended before this one starts. Their names are checked by the compiler. */
  readonly after?: readonly StepName[];
  /** Seconds the statement may run before it is cancelled. @default 21600 @minimum 1 @maximum 86400 */
  readonly timeoutSeconds?: number;
  /** Which failures are tried again, and how often. */
  readonly retry?: {
    /** Submissions in all, until the run fails; a redrive begins anew. @default 4 @minimum 1 @maximum 20 */
    readonly attempts?: number;
    /** @default conflict, resource, unavailable, throttled, login (once more), ambiguous and lost; none with `commits` */
    readonly on?: readonly FailureClass[];
  };
}

/** Calls stored procedures, in one transaction together with the proof that they were called for this load. */
export interface CallStepDefinition<StepName extends string = string> extends AnyStepDefinition<StepName> {
  /** One procedure, or several that take effect together or not at all. */
  readonly call: ProcedureCall | readonly [ProcedureCall, ...ProcedureCall[]];
  /**
   * The procedure commits by itself (TRUNCATE, COMMIT, NONATOMIC). It then runs outside the fence, and may run more than
   * once for a load. @default false
   */
  readonly commits?: boolean;
  /**
   * Staged tables that the procedures empty, drop or rename when they have used them. Their rows are counted up to and including
   * this step, and not in the steps behind it. @default none
   */
  readonly consumes?: readonly string[];
}

/** `schema.name` of a procedure without arguments, or the procedure and its arguments in order. */
export type ProcedureCall = string | { readonly procedure: string; readonly args: readonly Argument[] };

/**
 * A literal, or a value of the run. Handed over as a Data API parameter, never as a piece of SQL. `as` is the type that Redshift
 * gets to see, where it is not the literal's own: a text is VARCHAR, a number the narrowest numeric type that holds it.
 */
export type Argument =
  | string
  | number
  | boolean
  | { readonly run: RunValue; readonly as?: string | undefined }
  | { readonly value: string | number; readonly as: string };

/** Pipeline's name; id and start of the load (ISO 8601, UTC); name of the execution; identifier of the only DMS task. */
export const RUN_VALUES = ['pipeline', 'loadId', 'loadTime', 'run', 'task'] as const;
export type RunValue = (typeof RUN_VALUES)[number];

/** Runs a query whose rows are what is wrong. */
export interface CheckStepDefinition<StepName extends string = string> extends AnyStepDefinition<StepName> {
  /** Name of the query's file in sql/checks, without `.sql`. */
  readonly check: string;
  /** What rows do: fail the run, or only show in its output. @default 'fail' */
  readonly severity?: 'fail' | 'warn';
  /** Show the first rows in the cause. They are data: leave it off where that must not leave the warehouse. @default false */
  readonly showRows?: boolean;
}

/** A validated pipeline, its steps in an order that respects every `after`. */
export interface Pipeline {
  /** File and line of its definition, `src/pipelines/x.ts:4`; absent where it stands elsewhere. */
  readonly definedAt?: string;
  readonly name: string;
  readonly tasks: readonly string[];
  readonly windowHours: number;
  readonly companionHours: number;
  /** Absent: as the stage says. */
  readonly hoursWithoutLoad?: number | 'never';
  readonly stagedTables: readonly StagedTable[];
  readonly otherTables: 'fail' | 'ignore';
  readonly steps: readonly Step[];
}

export interface StagedTable {
  readonly table: string;
  readonly source: string | null;
  /** Null where several tasks may fill it, and nothing is compared with what they say. */
  readonly task: string | null;
  readonly minRows: number;
}

export type Step = CallStep | CheckStep;

interface AnyStep {
  readonly name: string;
  /** Staged tables that steps behind it empty: once they are, this step is done. */
  readonly consumedBehind: readonly string[];
  readonly after: readonly string[];
  readonly timeoutSeconds: number;
  readonly retry: { readonly attempts: number; readonly on: readonly FailureClass[] };
}

export interface CallStep extends AnyStep {
  readonly kind: 'call';
  readonly calls: readonly { readonly procedure: string; readonly args: readonly Argument[] }[];
  readonly commits: boolean;
  /** Staged tables that it empties. */
  readonly consumes: readonly string[];
  /** Staged tables that steps before it have emptied: how many rows they have says nothing any more. */
  readonly consumedBefore: readonly string[];
}

export interface CheckStep extends AnyStep {
  readonly kind: 'check';
  readonly check: string;
  readonly severity: 'fail' | 'warn';
  readonly showRows: boolean;
}
