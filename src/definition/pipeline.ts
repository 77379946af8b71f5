import type { Step, StepDefinition } from '../steps/step.ts';

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
