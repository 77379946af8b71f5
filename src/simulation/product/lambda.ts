import type { Clock } from '../../clock.ts';
import type { DeployedFunction } from '../../compile/template/function-names.ts';
import { AwsError, type FunctionInvoker, type FunctionResult, timedOut } from '../../local/parts.ts';
import type { FaultKind } from '../fault-kinds.ts';
import { type Faults, lengthOf, type Strike } from '../faults.ts';
import type { Handler } from './functions.ts';
import { createInvocation, type Death, type Invocation } from './invocation.ts';

/** Lambda: runs the product's handlers on the virtual clock. */
export interface Lambda {
  readonly invoker: FunctionInvoker;
  /** For events: up to two retries, then the failure queue. */
  invokeLater(name: string, payload: string): void;
  /** For a person: one try. */
  request(name: DeployedFunction, event: object): Promise<FunctionResult>;
  readonly failureQueue: readonly {
    readonly name: string;
    readonly payload: string;
    readonly error: string;
  }[];
  /** Invocations that are under way. */
  readonly running: number;
}

export interface LambdaOptions {
  readonly clock: Clock;
  readonly faults: Faults;
  createId(): string;
  /** A handler that makes its calls as this invocation, until it is released. */
  handlerFor(invocation: Invocation): { readonly handler: Handler; release(): void };
  readonly timeouts: ReadonlyMap<string, number>;
  log(line: string): void;
}

interface Call {
  readonly functionName: DeployedFunction;
  readonly payload: string;
  readonly requestId: string;
}

const FAULTS: readonly FaultKind[] = [
  'killed-before',
  'killed-after',
  'killed-midway',
  'timed-out',
  'lives-on',
];
const RETRY_PAUSES_MS = [60_000, 120_000];
const MIDWAY_CALLS = 6;

/** @see Lambda */
export function createLambda(options: LambdaOptions): Lambda {
  const { clock, faults } = options;
  const failureQueue: { name: string; payload: string; error: string }[] = [];
  let running = 0;
  const run = async (call: Call): Promise<FunctionResult> => {
    running += 1;
    const result = await runDisturbed(options, call);
    running -= 1;
    if (result.functionError !== undefined)
      options.log(`${call.functionName} failed: ${result.payload.slice(0, 300)}`);
    return result;
  };
  const callOf = (name: string, payload: string): Call => ({
    functionName: name.split(':').at(-1) as DeployedFunction,
    payload,
    requestId: options.createId(),
  });
  const retry = async (call: Call): Promise<void> => {
    let result = await run(call);
    for (const pauseMs of RETRY_PAUSES_MS) {
      if (result.functionError === undefined) return;
      await clock.sleep(pauseMs);
      result = await run(call);
    }
    if (result.functionError === undefined) return;
    failureQueue.push({ name: call.functionName, payload: call.payload, error: result.payload });
  };
  return {
    invoker: {
      async invoke(name, payload) {
        if (faults.strike(['no-concurrency'], name) !== undefined)
          throw new AwsError('TooManyRequestsException', 'Rate Exceeded.', 429);
        return run(callOf(name, payload));
      },
    },
    invokeLater: (name, payload) => void retry(callOf(name, payload)),
    request: (name, event) => run(callOf(name, JSON.stringify(event))),
    failureQueue,
    get running() {
      return running;
    },
  };
}

async function runDisturbed(options: LambdaOptions, call: Call): Promise<FunctionResult> {
  const { clock, faults } = options;
  const strike = faults.strike(FAULTS, call.functionName);
  const timeoutSeconds = options.timeouts.get(call.functionName) ?? 60;
  switch (strike?.kind) {
    case undefined:
      return runHandler(options, call);
    case 'killed-before':
      return KILLED;
    case 'killed-after':
      await runHandler(options, call);
      return KILLED;
    case 'killed-midway':
      return runHandler(options, call, deathOf(strike));
    case 'lives-on':
      // Its caller has given it up, and tries again while it goes on.
      void clock.sleep(lengthOf(strike, 1_000, timeoutSeconds * 1_000)).then(() => runHandler(options, call));
      return KILLED;
    default:
      await clock.sleep(timeoutSeconds * 1_000);
      return timedOut(call.requestId, timeoutSeconds);
  }
}

function deathOf({ amount }: Strike): Death {
  const step = Math.floor(amount * MIDWAY_CALLS * 2);
  return { call: step >> 1, when: step % 2 === 0 ? 'before' : 'after' };
}

const KILLED: FunctionResult = {
  payload: JSON.stringify({ errorType: 'Runtime.ExitError', errorMessage: 'signal: killed' }),
  functionError: 'Unhandled',
};

/** Runs a handler until it answers, is killed, or its time is up; then it is dead. */
function runHandler(options: LambdaOptions, call: Call, death?: Death): Promise<FunctionResult> {
  const { clock } = options;
  const { functionName, requestId } = call;
  const timeoutSeconds = options.timeouts.get(functionName) ?? 60;
  const startedAt = clock.now();
  const deadline = startedAt + timeoutSeconds * 1_000;
  const ended = Promise.withResolvers<FunctionResult>();
  const event: unknown = JSON.parse(call.payload);
  const invocation = createInvocation({
    ...{ functionName, requestId, event, startedAt, death },
    isOverdue: () => clock.now() > deadline,
    onDeath: (cause) => ended.resolve(cause === 'killed' ? KILLED : timedOut(requestId, timeoutSeconds)),
  });
  const context = {
    ...{ awsRequestId: requestId, functionName },
    getRemainingTimeInMillis: () => deadline - clock.now(),
  };
  const { handler, release } = options.handlerFor(invocation);
  void answerOf(handler, event, context).then((result) => {
    invocation.isDead = true;
    release();
    ended.resolve(result);
  });
  return ended.promise;
}

async function answerOf(handler: Handler, event: unknown, context: object): Promise<FunctionResult> {
  try {
    return { payload: JSON.stringify((await handler(event as never, context as never)) ?? null) };
  } catch (error) {
    const { name, message } = error as Error;
    return {
      payload: JSON.stringify({ errorType: name, errorMessage: message }),
      functionError: 'Unhandled',
    };
  }
}
