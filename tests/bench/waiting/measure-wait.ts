import { PRICES } from '../../../src/compile/cost/price-table.ts';
import { listStates } from '../../../src/compile/machine/asl.ts';
import { compileStateMachine } from '../../../src/compile/machine/state-machine.ts';
import { createExecution } from '../../../src/local/engine/execution.ts';
import type { RecordedEvent } from '../../../src/local/engine/history.ts';
import { compileMachine } from '../../../src/local/engine/machine/compile-machine.ts';
import { validateDefinition } from '../../../src/local/engine/validate/validate-definition.ts';
import { readDeployedService } from '../../../src/local-stage/service-file.ts';
import { benchPipeline, deployProduct } from '../world/product.ts';
import { type BenchWorld, createBenchWorld, type SeenCall, type SeenInvocation } from '../world/world.ts';
import type { Policy } from './policies.ts';
import { NEXT_STEP } from './policy-machine.ts';

/** What the waiting for a statement took. */
export interface Wait {
  /** From the statement's end until the state behind its step is entered; NaN where the run did not come so far. */
  readonly lateSeconds: number;
  readonly transitions: number;
  readonly apiCalls: number;
  readonly historyEvents: number;
  readonly gbSeconds: number;
  readonly dollars: number;
  /** Whether the run came to the end of its step. */
  readonly ended: boolean;
}

export const NETWORK_MS = 40;

const entered = ({ type, stateEnteredEventDetails: details }: RecordedEvent) =>
  type.endsWith('StateEntered') ? String(details?.name) : undefined;

/** What a part of a run cost: the history, the calls and the invocations of its states. */
export function costOf(
  events: readonly RecordedEvent[],
  calls: readonly SeenCall[],
  invocations: readonly SeenInvocation[],
): Omit<Wait, 'lateSeconds' | 'ended'> {
  const memoryGb = readDeployedService().provider.memorySize / 1024;
  const transitions = events.filter((event) => entered(event) !== undefined).length;
  // Lambda bills whole milliseconds.
  const gbSeconds = invocations.reduce(
    (sum, { startMs, endMs }) => sum + ((endMs - startMs) / 1000) * memoryGb,
    0,
  );
  const dollars =
    transitions * PRICES.stateTransition +
    gbSeconds * PRICES.lambdaGbSecond +
    invocations.length * PRICES.lambdaRequest;
  return { transitions, apiCalls: calls.length, historyEvents: events.length, gbSeconds, dollars };
}

/** A policy's machine on the engine, with a statement of so many seconds. */
export async function measurePolicy(policy: Policy, seconds: number): Promise<Wait> {
  const world = createBenchWorld({ secondsOf: () => seconds, networkMs: NETWORK_MS });
  const { clock, createId } = world;
  const problems = validateDefinition(policy.machine);
  if (problems.length > 0) throw new Error(`${policy.name}: ${JSON.stringify(problems)}`);
  const execution = createExecution({
    machine: compileMachine(policy.machine),
    identity: IDENTITY,
    input: '{}',
    deps: {
      ...{ clock, createId, random: () => 0.5 },
      functions: {
        invoke: async (name, payload) => ({
          payload: JSON.stringify(await policy.tasks[name]?.(world, JSON.parse(payload))),
        }),
      },
    },
  });
  execution.start();
  const end = await execution.whenEnded();
  const own = execution.history.filter((event) => !isAround(event));
  return {
    ...costOf(own, world.calls, world.invocations),
    lateSeconds: lateness(execution.history, world, NEXT_STEP),
    ended: end.status === 'SUCCEEDED',
  };
}

/** What the product takes for a statement of so many seconds, and what the states around its steps take. */
export async function measureProduct(
  seconds: number,
): Promise<{ readonly step: Wait; readonly guards: Wait }> {
  const world = createBenchWorld({ secondsOf: () => seconds, networkMs: NETWORK_MS });
  const pipeline = benchPipeline('bench-one', { Statement: [] });
  const names = new Set(
    listStates(compileStateMachine(pipeline)).flatMap(([name]) => (name.includes('Statement') ? [name] : [])),
  );
  const { execution } = await deployProduct(world, [pipeline]).finishLoad(pipeline);
  const end = await execution.whenEnded();
  const history = execution.history;
  const first = history.findIndex((event) => names.has(entered(event) ?? ''));
  const behind = history.findIndex((event, index) => {
    const name = entered(event);
    return index > first && name !== undefined && !names.has(name);
  });
  const isOwn = ({ by, name }: { readonly by?: string; readonly name: string }) =>
    ['start-statement', 'check-statement'].includes(by ?? name);
  const [own, others] = [true, false].map((wanted) => ({
    calls: world.calls.filter((call) => isOwn(call) === wanted),
    invocations: world.invocations.filter((invocation) => isOwn({ name: invocation.name }) === wanted),
  }));
  const ended = end.status === 'SUCCEEDED';
  const step = costOf(history.slice(first, behind), own?.calls ?? [], own?.invocations ?? []);
  const guards = costOf(
    [...history.slice(0, first), ...history.slice(behind)],
    others?.calls ?? [],
    others?.invocations ?? [],
  );
  const lateSeconds = lateness(history, world, entered(history[behind] as RecordedEvent) ?? '');
  return { step: { ...step, lateSeconds, ended }, guards: { ...guards, lateSeconds: 0, ended } };
}

/** The events around a policy's states: they are there once a run, whatever it waits for. */
function isAround(event: RecordedEvent): boolean {
  return event.type.startsWith('Execution') || event.type.startsWith('SucceedState');
}

function lateness(history: readonly RecordedEvent[], { statements }: BenchWorld, next: string): number {
  const endMs = statements.at(-1)?.endMs ?? Number.NaN;
  const reached = history.find((event) => entered(event) === next);
  return reached === undefined ? Number.NaN : reached.timestamp - endMs / 1000;
}

const IDENTITY = {
  executionArn: 'arn:aws:states:us-east-1:000000000000:execution:policy:run',
  name: 'run',
  roleArn: 'arn:aws:iam::000000000000:role/bench',
  stateMachineArn: 'arn:aws:states:us-east-1:000000000000:stateMachine:policy',
  stateMachineName: 'policy',
  region: 'us-east-1',
};
