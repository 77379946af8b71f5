import { parseArn } from '../../arn.ts';
import { arnReference, TASK_FUNCTIONS } from '../../compile/template/function-names.ts';
import { canonicalJson, type Members, membersOf, without } from '../json.ts';
import { type Before, readStepOrder } from './order.ts';
import { readStep, STEP_MEMBERS, type StepFacts } from './read-step.ts';

/** A state machine, as far as the plan has words for it. */
export interface MachineFacts {
  readonly contract: unknown;
  /** Steps by name, as the machine lists them. */
  readonly steps: ReadonlyMap<string, StepFacts>;
  readonly before: Before;
  /** What is verified, by table. */
  readonly stagedTables: ReadonlyMap<string, Members>;
  readonly otherTables: unknown;
  readonly timeoutSeconds: unknown;
  /** Every state, branches included. */
  readonly states: number;
  /** What is left of each state without what the rest of these facts says, as text. */
  readonly rest: ReadonlyMap<string, string>;
  /** How the states lead to each other. */
  readonly arrangement: string;
  readonly comments: string;
  /** States of a form that this version does not know. */
  readonly unread: readonly string[];
}

/** Reads a definition; undefined for what is none. It may be of an earlier contract, or have its functions' ARNs filled in. */
export function readMachine(definition: unknown): MachineFacts | undefined {
  const machine = membersOf(definition);
  if (typeof machine.StartAt !== 'string' || Object.keys(membersOf(machine.States)).length === 0)
    return undefined;
  const states = listAllStates(machine);
  const begins = new Map(states.map(([, state]) => [state, readStep(state)]));
  const steps = states.flatMap(([, state]) => begins.get(state) ?? []);
  const payloads = states.map(([, state]) => payloadOf(state));
  const verify = payloads.find(({ phase }) => phase === 'verify') ?? {};
  const turn = payloads.find((payload) => Array.isArray(payload.steps)) ?? {};
  const order = Array.isArray(turn.steps) ? turn.steps.map(String) : [];
  return {
    contract: verify.contractVersion,
    steps: new Map(
      steps
        .toSorted((a, b) => order.indexOf(a.name) - order.indexOf(b.name))
        .map((step) => [step.name, step]),
    ),
    before: readStepOrder(machine, (state) => readStep(state)?.name),
    stagedTables: stagedOf(verify),
    otherTables: verify.otherTables,
    timeoutSeconds: machine.TimeoutSeconds,
    states: states.length,
    rest: new Map(states.map(([name, state]) => [name, restOf(state)])),
    arrangement: canonicalJson(arrangementOf(machine)),
    comments: canonicalJson([
      machine.Comment,
      states.map(([name, { Comment }]) => [name, Comment]).toSorted(),
    ]),
    unread: states.flatMap(([name, state]) => (isUnread(state, begins.get(state)) ? [name] : [])),
  };
}

/** All states with their names, those of branches after their Parallel state. */
function listAllStates(branch: Members): readonly (readonly [string, Members])[] {
  return Object.entries(membersOf(branch.States)).flatMap(([name, value]) => {
    const state = membersOf(value);
    const branches = Array.isArray(state.Branches) ? state.Branches : [];
    return [[name, state] as const, ...branches.flatMap((one) => listAllStates(membersOf(one)))];
  });
}

function payloadOf(state: Members): Members {
  return membersOf(membersOf(state.Arguments).Payload);
}

function stagedOf({ stagedTables }: Members): ReadonlyMap<string, Members> {
  const tables = Array.isArray(stagedTables) ? stagedTables.map(membersOf) : [];
  return new Map(tables.map((table) => [String(table.table), without(table, new Set(['table']))]));
}

const ONWARD = new Set(['Next', 'End', 'Default', 'Choices', 'Branches', 'StartAt']);
const TOLD_ELSEWHERE = new Set([...ONWARD, 'Comment']);
const TOLD_OF_LOAD = ['contractVersion', 'stagedTables', 'otherTables', 'steps', 'pipeline', 'audits'];
const TOLD = new Set([...STEP_MEMBERS, ...TOLD_OF_LOAD]);

/** Without what leads onward, comments, and what is told of steps, tables and the contract. */
function restOf(state: Members): string {
  const { FunctionName } = membersOf(state.Arguments);
  const own = without(state, TOLD_ELSEWHERE);
  const choices = Array.isArray(state.Choices)
    ? { Choices: state.Choices.map((rule) => without(membersOf(rule), ONWARD)) }
    : {};
  if (FunctionName === undefined) return canonicalJson({ ...own, ...choices });
  return canonicalJson({
    ...own,
    Arguments: {
      ...membersOf(state.Arguments),
      FunctionName: functionOf(FunctionName),
      Payload: without(payloadOf(state), TOLD),
    },
  });
}

/** The function’s name, whether its ARN stands there or the place for it. */
function functionOf(name: unknown): unknown {
  if (typeof name !== 'string') return name;
  const resource = parseArn(name)?.resource ?? name;
  return (
    TASK_FUNCTIONS.find(
      (task) => name === arnReference(task) || resource === task || new RegExp(`[-:]${task}$`).test(resource),
    ) ?? name
  );
}

function arrangementOf(branch: Members): unknown {
  const states = Object.entries(membersOf(branch.States)).map(([name, value]) => {
    const state = membersOf(value);
    const { Next, Default, Choices, Branches, End } = state;
    const rules = Array.isArray(Choices) ? Choices.map((rule) => membersOf(rule).Next) : [];
    const branches = Array.isArray(Branches) ? Branches.map((one) => arrangementOf(membersOf(one))) : [];
    return [name, { Next, Default, End, rules, branches }];
  });
  return [branch.StartAt, Object.fromEntries(states)];
}

const KNOWN_TYPES: ReadonlySet<unknown> = new Set(['Task', 'Wait', 'Choice', 'Parallel', 'Succeed']);

function isUnread(state: Members, step: StepFacts | undefined): boolean {
  if (!KNOWN_TYPES.has(state.Type)) return true;
  return state.Type === 'Task' && step === undefined && Object.keys(payloadOf(state)).length === 0;
}
