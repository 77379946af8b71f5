/** One step: a stored procedure, called in a transaction together with the proof that it was. */
export interface StepDefinition<StepName extends string = string> {
  /** Procedure to call, `schema.name`, without parentheses. It must not commit by itself. */
  readonly call: string;
  /** Steps that must have ended before this one starts. Their names are checked by the compiler. */
  readonly after?: readonly StepName[];
  /** Seconds the statement may run before it is cancelled. @default 21600 @minimum 1 @maximum 86400 */
  readonly timeoutSeconds?: number;
}

/** What a user writes. Everything deployed for a pipeline follows from it. */
export interface PipelineDefinition<StepName extends string = string> {
  /** Name of the pipeline; with `-STAGE` behind it, of its state machine. */
  readonly name: string;
  /** Identifiers of the DMS tasks whose finished full load this pipeline takes to production. */
  readonly tasks: readonly [string, ...string[]];
  /** Tables, `schema.name`, that the tasks fill and the steps read. */
  readonly stagedTables: readonly [string, ...string[]];
  /** Steps by name. Redrive restarts at the step that failed. */
  readonly steps: Readonly<Record<StepName, StepDefinition<NoInfer<StepName>>>>;
}

/** A validated pipeline, its steps in an order that respects every `after`. */
export interface Pipeline {
  readonly name: string;
  readonly tasks: readonly string[];
  readonly stagedTables: readonly string[];
  readonly steps: readonly Step[];
}

export interface Step {
  readonly name: string;
  readonly call: string;
  readonly after: readonly string[];
  readonly timeoutSeconds: number;
}
