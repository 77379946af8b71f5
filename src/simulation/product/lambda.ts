import type { Clock } from '../../clock.ts';
import type { DeployedFunction } from '../../compile/template/function-names.ts';
import type { FunctionSpec } from '../../local/index.ts';
import {
  AwsError,
  createAsyncInvocations,
  createFunctionCatalogue,
  type FunctionInvoker,
  type FunctionResult,
  lengthOf,
  timedOut,
} from '../../local/parts.ts';
import type { FaultKind, Faults, Strike } from '../faults.ts';
import type { ModelHandler } from './functions.ts';
import { createInvocation, type Death, type ModelInvocation } from './invocation.ts';

/** Lambda: runs the product's handlers on the virtual clock. */
export interface ModelLambda {
  readonly invoker: FunctionInvoker;
  /** For events: up to two retries, then the function's failure queue. @throws AwsError where there is none of this name */
  invokeLater(name: string, payload: string): void;
  /** For a person: one try. */
  request(name: string, event: object): Promise<FunctionResult>;
  /** What was sent to the failure queues. */
  readonly failures: readonly string[];
  /** Invocations that are under way. */
  readonly running: number;
}

export interface ModelLambdaOptions {
  readonly clock: Clock;
  readonly faults: Faults;
  readonly functions: readonly FunctionSpec[];
  createId(): string;
  /** A handler that makes its calls as this invocation, until it is released. */
  handlerFor(invocation: ModelInvocation): { readonly handler: ModelHandler; release(): void };
  log(line: string): void;
}

interface Call {
  readonly spec: FunctionSpec;
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
const MIDWAY_CALLS = 6;
/** Of a function that does not say. */
const TIMEOUT_SECONDS = 3;

/** @see ModelLambda */
export function createModelLambda(options: ModelLambdaOptions): ModelLambda {
  const { clock, faults } = options;
  const catalogue = createFunctionCatalogue(options.functions);
  const failures: string[] = [];
  let running = 0;
  const run = async (call: Call): Promise<FunctionResult> => {
    running += 1;
    const result = await runDisturbed(options, call);
    running -= 1;
    if (result.functionError !== undefined)
      options.log(`${call.spec.name} failed: ${result.payload.slice(0, 300)}`);
    return result;
  };
  const queue = createAsyncInvocations({
    ...{ clock, run },
    sendToQueue: async (_, body) => void failures.push(body),
  });
  const invoke = (name: string, payload: string) =>
    run({ spec: catalogue.find(name), payload, requestId: options.createId() });
  return {
    invoker: {
      async invoke(name, payload) {
        if (faults.strike(['no-concurrency'], name) !== undefined)
          throw new AwsError('TooManyRequestsException', 'Rate Exceeded.', 429);
        return invoke(name, payload);
      },
    },
    invokeLater: (name, payload) => queue.accept(catalogue.find(name), payload, options.createId()),
    request: async (name, event) => invoke(name, JSON.stringify(event)),
    failures,
    get running() {
      return running;
    },
  };
}

async function runDisturbed(options: ModelLambdaOptions, call: Call): Promise<FunctionResult> {
  const { clock, faults } = options;
  const strike = faults.strike(FAULTS, call.spec.name);
  const { timeoutSeconds = TIMEOUT_SECONDS } = call.spec;
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
function runHandler(options: ModelLambdaOptions, call: Call, death?: Death): Promise<FunctionResult> {
  const { clock } = options;
  const { spec, requestId } = call;
  const { timeoutSeconds = TIMEOUT_SECONDS } = spec;
  const functionName = spec.name as DeployedFunction;
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

async function answerOf(handler: ModelHandler, event: unknown, context: object): Promise<FunctionResult> {
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
