import type { Json, JsonObject } from '../contracts.ts';
import { type RunningBranch, record, type Variables } from './branch.ts';
import { contextObject } from './context-object.ts';
import { type Data, dataOf, exceedsDataLimit, jsonData } from './expression/data.ts';
import type { Bindings } from './expression/expression.ts';
import { type CompiledTemplate, isConstant } from './expression/template.ts';
import type { CompiledState, Effects } from './machine/machine.ts';
import { STATES, StateError } from './state-error.ts';

/** One visit to a state: from its Entered event until it is left. */
export interface Visit<S extends CompiledState = CompiledState> {
  readonly branch: RunningBranch;
  readonly state: S;
  readonly input: Data;
  /** Epoch milliseconds. */
  readonly enteredAt: number;
  /** Id of the Entered event. */
  readonly enteredEvent: number;
  retryCount: number;
}

/** How a state is left. Without `next`, the branch ends. */
export interface VisitOutcome {
  readonly output: Data;
  readonly assigned?: Variables;
  readonly next?: string;
}

/** What `$states` offers beyond input and context, where the field allows it. */
export interface StatesExtras {
  readonly result?: Json;
  readonly errorOutput?: Json;
}

/** What an expression of the visited state can read. */
export function bindingsOf(visit: Visit, extras: StatesExtras = {}): Bindings {
  const { branch, input } = visit;
  // Made only for an expression that reads it.
  let context: JsonObject | undefined;
  const states = {
    input: input.value,
    ...extras,
    get context() {
      context ??= contextObject(visit);
      return context;
    },
  };
  return { ...branch.run.functions, ...branch.variables, states };
}

/** Evaluates what a task is called with: its value goes into the call and is read by nothing else. @throws as evaluateData */
export async function evaluateArguments(template: CompiledTemplate, bindings: () => Bindings): Promise<Data> {
  return checkLimit(jsonData(isConstant(template) ? template.constant : await template.evaluate(bindings())));
}

/** Evaluates a template to data, within the limit. @throws StateError States.QueryEvaluationError, States.DataLimitExceeded */
export async function evaluateData(template: CompiledTemplate, bindings: () => Bindings): Promise<Data> {
  const value = isConstant(template) ? template.constant : await template.evaluate(bindings());
  return checkLimit(dataOf(value));
}

function checkLimit(data: Data): Data {
  if (!exceedsDataLimit(data.text)) return data;
  throw new StateError(
    STATES.dataLimit,
    'The state has a field whose value exceeds the maximum number of bytes service limit.',
  );
}

/** Evaluates Output and Assign, both with the variables' old values. Without Output, `fallback` is the output. */
export async function evaluateEffects(
  visit: Visit,
  effects: Effects,
  extras: StatesExtras,
  fallback: Data,
): Promise<Omit<VisitOutcome, 'next'>> {
  let made: Bindings | undefined;
  const bindings = () => {
    made ??= bindingsOf(visit, extras);
    return made;
  };
  const output = effects.output === undefined ? fallback : await evaluateData(effects.output, bindings);
  if (effects.assign === undefined) return { output };
  const assigned: Record<string, Json> = {};
  for (const { variable, value } of effects.assign) {
    assigned[variable] = (await evaluateData(value, bindings)).value;
  }
  return { output, assigned };
}

/** The outcome of a state that goes on to `next`, or ends its branch. */
export function leaveFor(next: string | undefined, effects: Omit<VisitOutcome, 'next'>): VisitOutcome {
  return next === undefined ? effects : { ...effects, next };
}

/** Notes that the state was entered. */
export function enterState<S extends CompiledState>(branch: RunningBranch, state: S, input: Data): Visit<S> {
  const enteredEvent = record(branch, `${state.type}StateEntered`, {
    stateEnteredEventDetails: { name: state.name, input: input.text, inputDetails: { truncated: false } },
  });
  return { branch, state, input, enteredAt: branch.run.deps.clock.now(), enteredEvent, retryCount: 0 };
}

/** Notes that the state was left, and makes its assignments. */
export function exitState(visit: Visit, { output, assigned }: VisitOutcome): void {
  const { branch, state } = visit;
  record(branch, `${state.type}StateExited`, {
    stateExitedEventDetails: {
      name: state.name,
      output: output.text,
      outputDetails: { truncated: false },
      ...assignedDetails(assigned),
    },
  });
  if (assigned !== undefined) branch.variables = { ...branch.variables, ...assigned };
}

function assignedDetails(assigned: Variables | undefined): { [key: string]: Json } {
  if (assigned === undefined) return {};
  const texts = Object.entries(assigned).map(([name, value]) => [name, JSON.stringify(value)] as const);
  return { assignedVariables: Object.fromEntries(texts), assignedVariablesDetails: { truncated: false } };
}
