/** The part of the Amazon States Language that the compiler emits: https://states-language.net/spec.html */

/** A value that may hold `{% JSONata %}` strings at any depth. */
export type Template =
  | string
  | number
  | boolean
  | null
  | readonly Template[]
  | { readonly [key: string]: Template };

export interface StateMachineDefinition {
  readonly Comment: string;
  readonly QueryLanguage: 'JSONata';
  readonly TimeoutSeconds: number;
  readonly StartAt: string;
  readonly States: Readonly<Record<string, State>>;
}

export type State = TaskState | WaitState | ChoiceState | ParallelState | SucceedState;

export interface TaskState {
  readonly Type: 'Task';
  readonly Comment: string;
  readonly Resource: 'arn:aws:states:::lambda:invoke';
  readonly Arguments: { readonly FunctionName: string; readonly Payload: Template };
  readonly Output: Template;
  readonly TimeoutSeconds: number;
  readonly Retry: readonly Retrier[];
  readonly Next: string;
}

export interface WaitState {
  readonly Type: 'Wait';
  readonly Seconds: number | string;
  readonly Next: string;
}

export interface ChoiceState {
  readonly Type: 'Choice';
  readonly Choices: readonly ChoiceRule[];
  readonly Default: string;
}

export interface ChoiceRule {
  readonly Condition: string;
  readonly Output?: Template;
  readonly Next: string;
}

export type ParallelState = ParallelFields & Onward;

interface ParallelFields {
  readonly Type: 'Parallel';
  readonly Comment: string;
  readonly Arguments: Template;
  readonly Branches: readonly Branch[];
  readonly Output: Template;
}

/** Where a state leads. It may be the last one of its branch. */
type Onward = { readonly Next: string } | { readonly End: true };

export interface Branch {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, State>>;
}

export interface SucceedState {
  readonly Type: 'Succeed';
  readonly Comment: string;
  readonly Output: Template;
}

export interface Retrier {
  readonly ErrorEquals: readonly string[];
  readonly IntervalSeconds: number;
  readonly MaxAttempts: number;
  readonly BackoffRate: number;
  readonly MaxDelaySeconds: number;
  readonly JitterStrategy: 'FULL';
}

/** All states of a machine or branch, with their names. The states of branches come after their Parallel state. */
export function listStates({ States }: Pick<Branch, 'States'>): readonly (readonly [string, State])[] {
  return Object.entries(States).flatMap(([name, state]) => [
    [name, state] as const,
    ...(state.Type === 'Parallel' ? state.Branches.flatMap(listStates) : []),
  ]);
}
