import type { FunctionInvoker, FunctionResult, Json, JsonObject } from '../../../../src/local/contracts.ts';
import type { ExecutionEnd } from '../../../../src/local/engine/attempt.ts';
import type { EngineDeps } from '../../../../src/local/engine/branch.ts';
import { createVirtualClock, type VirtualClock } from '../../../../src/local/engine/clock/virtual-clock.ts';
import { createExecution, type Execution } from '../../../../src/local/engine/execution.ts';
import { createSeededRandom } from '../../../../src/local/engine/expression/jsonata-functions.ts';
import type { RecordedEvent } from '../../../../src/local/engine/history.ts';
import { compileMachine } from '../../../../src/local/engine/machine/compile-machine.ts';
import { describeProblem } from '../../../../src/local/engine/validate/problem.ts';
import { validateDefinition } from '../../../../src/local/engine/validate/validate-definition.ts';

/** What a test function does with its payload; throwing an Error makes it answer that error. */
export type TestFunction = (payload: Json, attempt: number, clock: VirtualClock) => unknown;

export interface MachineOptions {
  readonly startAt?: string;
  readonly timeoutSeconds?: number;
  readonly input?: Json;
  readonly functions?: Readonly<Record<string, TestFunction>>;
  readonly seed?: number;
}

export interface MachineRun {
  readonly execution: Execution;
  readonly clock: VirtualClock;
  readonly end: ExecutionEnd;
}

export const INVOKE = 'arn:aws:states:::lambda:invoke';

/** A JSONata definition that begins with its first state. */
export function define(states: JsonObject, options: MachineOptions = {}): JsonObject {
  return {
    QueryLanguage: 'JSONata',
    StartAt: options.startAt ?? Object.keys(states)[0] ?? '',
    ...(options.timeoutSeconds === undefined ? {} : { TimeoutSeconds: options.timeoutSeconds }),
    States: states,
  };
}

/** A Task state that calls a test function with its input. */
export function taskOf(name: string, more: JsonObject = { End: true }): JsonObject {
  return {
    Type: 'Task',
    Resource: INVOKE,
    Arguments: { FunctionName: name, Payload: '{% $states.input %}' },
    Output: '{% $states.result.Payload %}',
    ...more,
  };
}

/** An execution of a machine on a virtual clock, started. */
export function startMachine(states: JsonObject, options: MachineOptions = {}) {
  const definition = define(states, options);
  const problems = validateDefinition(definition);
  if (problems.length > 0) throw new Error(problems.map(describeProblem).join('\n'));
  const clock = createVirtualClock();
  const execution = createExecution({
    machine: compileMachine(definition),
    identity: IDENTITY,
    input: JSON.stringify(options.input ?? {}),
    deps: createDeps(clock, options),
  });
  execution.start();
  return { execution, clock };
}

/** Runs a machine to its end. */
export async function runMachine(states: JsonObject, options: MachineOptions = {}): Promise<MachineRun> {
  const { execution, clock } = startMachine(states, options);
  return { execution, clock, end: await execution.whenEnded() };
}

const IDENTITY = {
  executionArn: 'arn:aws:states:us-east-1:000000000000:execution:machine:run',
  name: 'run',
  roleArn: 'arn:aws:iam::000000000000:role/test',
  stateMachineArn: 'arn:aws:states:us-east-1:000000000000:stateMachine:machine',
  stateMachineName: 'machine',
  region: 'us-east-1',
};

function createDeps(clock: VirtualClock, { functions = {}, seed = 1 }: MachineOptions): EngineDeps {
  let ids = 0;
  return {
    clock,
    random: createSeededRandom(seed),
    createId: () => `00000000-0000-4000-8000-${String(++ids).padStart(12, '0')}`,
    functions: createInvoker(clock, functions),
  };
}

function createInvoker(
  clock: VirtualClock,
  functions: Readonly<Record<string, TestFunction>>,
): FunctionInvoker {
  const attempts = new Map<string, number>();
  return {
    async invoke(name, payload): Promise<FunctionResult> {
      const body = functions[name];
      if (body === undefined) {
        throw Object.assign(new Error(`Function not found: ${name}`), {
          name: 'ResourceNotFoundException',
          status: 404,
        });
      }
      const attempt = (attempts.get(name) ?? 0) + 1;
      attempts.set(name, attempt);
      try {
        return { payload: JSON.stringify((await body(JSON.parse(payload), attempt, clock)) ?? null) };
      } catch (error) {
        const { name: errorType, message: errorMessage } = error as Error;
        return {
          payload: JSON.stringify({ errorType, errorMessage, trace: [] }),
          functionError: 'Unhandled',
        };
      }
    },
  };
}

/** An error with a name, as handlers throw it. */
export function named(name: string, message = name): Error {
  return Object.assign(new Error(message), { name });
}

/** A function that throws the named errors one after the other, and then answers. */
export function failing(names: readonly string[], answer: unknown = 'done'): TestFunction {
  return (_payload, attempt) => {
    const name = names[attempt - 1];
    if (name !== undefined) throw named(name);
    return answer;
  };
}

/** The history as lines: `id type previousEventId`, and the state's name where the event has one. */
export function outline(events: readonly RecordedEvent[]): readonly string[] {
  return events.map(({ id, type, previousEventId, ...details }) => {
    const [detail] = Object.values(details).filter((value) => typeof value === 'object');
    const { name } = (detail ?? {}) as { name?: string };
    return `${id} ${type} ${previousEventId}${name === undefined ? '' : ` ${name}`}`;
  });
}

export function outputOf(end: ExecutionEnd): unknown {
  if (end.status !== 'SUCCEEDED') throw new Error(`${end.status}: ${end.error} ${end.cause}`);
  return JSON.parse(end.output);
}

export function typesOf(events: readonly RecordedEvent[]): readonly string[] {
  return events.map(({ type }) => type);
}
