import type { CompiledTemplate } from '../expression/template.ts';

/** A compiled state machine: expressions parsed, nothing left to check. Immutable, shared by all its executions. */
export interface Machine extends StateGraph {
  readonly timeoutSeconds?: number;
}
export interface StateGraph {
  readonly startAt: string;
  readonly states: ReadonlyMap<string, CompiledState>;
}

export type CompiledState =
  | CompiledTask
  | CompiledWait
  | CompiledChoice
  | CompiledParallel
  | CompiledPass
  | CompiledSucceed
  | CompiledFail;

interface Named {
  readonly name: string;
}
/** What a state leaves behind: its output, and new values of variables. */
export interface Effects {
  readonly output?: CompiledTemplate;
  readonly assign?: AssignTemplate;
}
export type AssignTemplate = readonly { readonly variable: string; readonly value: CompiledTemplate }[];

interface Continues extends Effects {
  /** The next state; absent for `End: true`. */
  readonly next?: string;
}
export interface Recovers {
  readonly retry: readonly CompiledRetrier[];
  readonly catch: readonly CompiledCatcher[];
}
export interface CompiledRetrier {
  readonly errorEquals: readonly string[];
  readonly intervalSeconds: number;
  readonly maxAttempts: number;
  readonly backoffRate: number;
  readonly maxDelaySeconds?: number;
  readonly jitter: boolean;
}
export interface CompiledCatcher extends Effects {
  readonly errorEquals: readonly string[];
  readonly next: string;
}

export interface CompiledTask extends Named, Continues, Recovers {
  readonly type: 'Task';
  /** The function of a Lambda ARN; absent for the optimized integration `lambda:invoke`. */
  readonly functionArn?: string;
  /** Whether it is the integration `sns:publish`. */
  readonly isPublish: boolean;
  readonly arguments?: CompiledTemplate;
  readonly timeoutSeconds?: CompiledTemplate;
  readonly heartbeatSeconds?: CompiledTemplate;
}
export interface CompiledWait extends Named, Continues {
  readonly type: 'Wait';
  readonly seconds?: CompiledTemplate;
  readonly timestamp?: CompiledTemplate;
}
export interface CompiledChoice extends Named, Effects {
  readonly type: 'Choice';
  readonly choices: readonly CompiledChoiceRule[];
  readonly fallback?: string;
}
export interface CompiledChoiceRule extends Effects {
  readonly condition: CompiledTemplate;
  readonly next: string;
}
export interface CompiledParallel extends Named, Continues, Recovers {
  readonly type: 'Parallel';
  readonly arguments?: CompiledTemplate;
  readonly branches: readonly StateGraph[];
}
export interface CompiledPass extends Named, Continues {
  readonly type: 'Pass';
}
export interface CompiledSucceed extends Named {
  readonly type: 'Succeed';
  readonly output?: CompiledTemplate;
}
export interface CompiledFail extends Named {
  readonly type: 'Fail';
  readonly error?: CompiledTemplate;
  readonly cause?: CompiledTemplate;
}
