import type { Step, StepDefinition } from '../steps/step.ts';
import type { Deadline, DeadlineDefinition } from './deadline/deadline.ts';

/** What a user writes. Everything that is deployed for a pipeline is compiled from it. */
export interface PipelineDefinition<StepName extends string = string> {
  /** Name of the pipeline. The name of its state machine has `-STAGE` appended. */
  readonly name: string;
  /** Identifiers of the DMS tasks whose finished full loads the pipeline takes to production. */
  readonly tasks: readonly [string, ...string[]];
  /**
   * Hours within which the loads of several tasks must have been started to belong together. @default 12 @minimum 1
   */
  readonly windowHours?: number;
  /**
   * Hours that a finished load may wait for the loads of the other tasks before an alarm goes off. @default 2
   * @minimum 0.25
   */
  readonly companionHours?: number;
  /**
   * Hours without a published load after which an alarm goes off. It must be longer than the time between two loads.
   * `'never'` means no such alarm. @default the stage's parameter alarmHoursWithoutLoad; none with a deadline @minimum 1 @maximum 2040
   */
  readonly hoursWithoutLoad?: number | 'never';
  /**
   * When the load of a day must be published. If it is not, one message says where it stands.
   * @default none: only the hours without a load are watched
   */
  readonly deadline?: DeadlineDefinition;
  /** Tables that the tasks fill and the steps read: `schema.name`, or an object with more details. */
  readonly stagedTables: readonly [StagedTableDefinition, ...StagedTableDefinition[]];
  /**
   * What happens when a table fails to load that is not the source of a staged table: the run fails, or it goes on
   * and names the table in its output. @default 'fail'
   */
  readonly otherTables?: 'fail' | 'ignore';
  /**
   * Steps whose procedures and audits are one transaction, so that readers see the last load or this one in all of their tables,
   * never a mixture: `'together'` all call steps, or groups of steps by a name of their own. A group is one step of the run.
   * @default each step by itself
   */
  readonly publish?:
    | 'together'
    | Readonly<Record<string, readonly [NoInfer<StepName>, NoInfer<StepName>, ...NoInfer<StepName>[]]>>;
  /** Steps by name. A redrive starts again at the step that failed. */
  readonly steps: Readonly<Record<StepName, StepDefinition<NoInfer<StepName>>>>;
}

export type StagedTableDefinition =
  | string
  | {
      /** `schema.name` in Redshift. */
      readonly table: string;
      /**
       * `schema.name` in the source, as DMS calls it. If it is given, the task must load the table, and the number of
       * staged rows must be the number that DMS loaded. @default unknown
       */
      readonly source?: string;
      /**
       * Identifier of the task that fills the table. With several tasks it must be given together with a source,
       * because each task may load a table of that name. @default the pipeline's only task
       */
      readonly task?: string;
      /** The fewest rows that must be staged. An empty table is an error unless this is 0. @default 1 */
      readonly minRows?: number;
      /**
       * Its columns and their types, as a migration writes them: `{ cust_id: 'varchar(10)' }`. A load whose table has others is
       * not taken to production. @default as the migrations have left the table
       */
      readonly columns?: Readonly<Record<string, string>>;
      /** What happens when the table has a column that is not expected. @default 'fail' */
      readonly extra?: 'allow' | 'warn' | 'fail';
    };

/** A validated pipeline. Its steps are in an order that respects every `after`. */
export interface Pipeline {
  /** File and line of its definition, `src/pipelines/x.ts:4`; absent if it is not in that folder. */
  readonly definedAt?: string;
  readonly name: string;
  readonly tasks: readonly string[];
  readonly windowHours: number;
  readonly companionHours: number;
  /** Absent: as the stage says. */
  readonly hoursWithoutLoad?: number | 'never';
  /** Absent: its loads have none. */
  readonly deadline?: Deadline;
  readonly stagedTables: readonly StagedTable[];
  readonly otherTables: 'fail' | 'ignore';
  readonly steps: readonly Step[];
}

export interface StagedTable {
  readonly table: string;
  readonly source: string | null;
  /** Null if there are several tasks and no source to compare with. */
  readonly task: string | null;
  readonly minRows: number;
  /** Null: as the migrations have left the table. */
  readonly columns: Readonly<Record<string, string>> | null;
  readonly extra: 'allow' | 'warn' | 'fail';
}
