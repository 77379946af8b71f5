import type { Template } from '../expression/template.ts';

/** A compiled state machine: expressions parsed, nothing left to check. Immutable, shared by all its executions. */
export interface Machine extends StateGraph {
  readonly timeoutSeconds?: number;
}
export interface StateGraph {
  readonly startAt: string;
  readonly states: ReadonlyMap<string, State>;
}

export type State =
  | TaskState
  | WaitState
  | ChoiceState
  | ParallelState
  | PassState
  | SucceedState
  | FailState;

interface Named {
  readonly name: string;
}
/** What a state leaves behind: its output, and new values of variables. */
export interface Effects {
  readonly output?: Template;
  readonly assign?: AssignTemplate;
}
export type AssignTemplate = readonly { readonly variable: string; readonly value: Template }[];

interface Continues extends Effects {
  /** The next state; absent for `End: true`. */
  readonly next?: string;
}
export interface Recovers {
  readonly retry: readonly Retrier[];
  readonly catch: readonly Catcher[];
}
export interface Retrier {
  readonly errorEquals: readonly string[];
  readonly intervalSeconds: number;
  readonly maxAttempts: number;
  readonly backoffRate: number;
  readonly maxDelaySeconds?: number;
  readonly jitter: boolean;
}
export interface Catcher extends Effects {
  readonly errorEquals: readonly string[];
  readonly next: string;
}

export interface TaskState extends Named, Continues, Recovers {
  readonly type: 'Task';
  /** The function of a Lambda ARN; absent for the optimized integration `lambda:invoke`. */
  readonly functionArn?: string;
  readonly arguments?: Template;
  readonly timeoutSeconds?: Template;
  readonly heartbeatSeconds?: Template;
}
export interface WaitState extends Named, Continues {
  readonly type: 'Wait';
  readonly seconds?: Template;
  readonly timestamp?: Template;
}
export interface ChoiceState extends Named, Effects {
  readonly type: 'Choice';
  readonly choices: readonly ChoiceRule[];
  readonly fallback?: string;
}
export interface ChoiceRule extends Effects {
  readonly condition: Template;
  readonly next: string;
}
export interface ParallelState extends Named, Continues, Recovers {
  readonly type: 'Parallel';
  readonly arguments?: Template;
  readonly branches: readonly StateGraph[];
}
export interface PassState extends Named, Continues {
  readonly type: 'Pass';
}
export interface SucceedState extends Named {
  readonly type: 'Succeed';
  readonly output?: Template;
}
export interface FailState extends Named {
  readonly type: 'Fail';
  readonly error?: Template;
  readonly cause?: Template;
}
