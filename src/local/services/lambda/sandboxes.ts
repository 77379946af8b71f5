import type { Clock } from '../../../clock.ts';
import type { FunctionResult } from '../../contracts.ts';
import type { FunctionSpec } from './functions.ts';
import { type Sandbox, type SandboxOutcome, startSandbox } from './sandbox.ts';
import type { WorkerThreadOptions } from './worker-thread.ts';

/** One invocation as the sandboxes run it. */
export interface SandboxInvocation {
  readonly requestId: string;
  readonly spec: FunctionSpec;
  /** The event as JSON text. */
  readonly payload: string;
  /** JSON text. */
  readonly clientContext?: string;
}

/**
 * The threads in which handlers run. One takes all new invocations. After a timeout, or an error that would have killed
 * the real runtime, it is replaced: it ends when the other invocations it still has are done, so that none of them
 * suffers. The abandoned handler may go on for that long; on AWS it is frozen and killed at once.
 */
export interface Sandboxes {
  run(invocation: SandboxInvocation): Promise<FunctionResult>;
  /** Starts a thread and imports these functions' modules. */
  warm(names: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

export interface SandboxesOptions {
  readonly clock: Clock;
  /** Asked when a thread starts: until then the endpoint's port may be unknown. */
  readonly threadOptions: () => WorkerThreadOptions;
}

/** Longest that a module may take to load; what it takes does not count towards the function's timeout. */
const INIT_TIMEOUT_MS = 10_000;

/** @see Sandboxes */
export function createSandboxes({ clock, threadOptions }: SandboxesOptions): Sandboxes {
  const alive = new Set<Sandbox>();
  let current: Sandbox | undefined;

  const start = (): Sandbox => {
    const sandbox = startSandbox(threadOptions(), () => {
      alive.delete(sandbox);
      if (current === sandbox) current = undefined;
    });
    alive.add(sandbox);
    current = sandbox;
    return sandbox;
  };
  const replace = (sandbox: Sandbox) => {
    if (current === sandbox) current = undefined;
    sandbox.retire();
  };

  return {
    async run(invocation) {
      const sandbox = current ?? start();
      const timeoutSeconds = invocation.spec.timeoutSeconds ?? 3;
      const outcome = await runIn(sandbox, invocation, timeoutSeconds * 1000, clock);
      if (outcome === 'timeout') sandbox.abandon(invocation.requestId);
      if (outcome === 'timeout' || outcome.result === 'fatal') replace(sandbox);
      return outcome === 'timeout' ? timedOut(invocation.requestId, timeoutSeconds) : functionResult(outcome);
    },
    async warm(names) {
      const sandbox = current ?? start();
      await Promise.all(names.map((name) => sandbox.load(name)));
    },
    async close() {
      await Promise.all([...alive].map((sandbox) => sandbox.terminate()));
    },
  };
}

async function runIn(sandbox: Sandbox, invocation: SandboxInvocation, timeoutMs: number, clock: Clock) {
  const { requestId, spec, payload, clientContext } = invocation;
  if ((await orTimeout(sandbox.load(spec.name), INIT_TIMEOUT_MS, clock)) === 'timeout') return 'timeout';
  const call = { requestId, functionName: spec.name, event: payload, remainingMs: timeoutMs };
  return orTimeout(
    sandbox.invoke(clientContext === undefined ? call : { ...call, clientContext }),
    timeoutMs,
    clock,
  );
}

async function orTimeout<T>(work: Promise<T>, ms: number, clock: Clock): Promise<T | 'timeout'> {
  const done = new AbortController();
  const timeout = clock.sleep(ms, done.signal).then(
    () => 'timeout' as const,
    () => work,
  );
  try {
    return await Promise.race([work, timeout]);
  } finally {
    done.abort();
  }
}

/** Largest answer in bytes: 6 MB and a little for the envelope. */
const MAX_ANSWER_BYTES = 6_291_556;

/** What a caller gets for an invocation that ended. */
export function functionResult({ result, payload }: SandboxOutcome): FunctionResult {
  if (result === 'answer')
    return Buffer.byteLength(payload, 'utf8') > MAX_ANSWER_BYTES ? TOO_LARGE : { payload };
  return { payload, functionError: 'Unhandled' };
}

/** What a caller gets for an invocation that took too long. */
export function timedOut(requestId: string, timeoutSeconds: number): FunctionResult {
  const errorMessage = `RequestId: ${requestId} Error: Task timed out after ${timeoutSeconds.toFixed(2)} seconds`;
  return {
    payload: JSON.stringify({ errorType: 'Sandbox.Timedout', errorMessage }),
    functionError: 'Unhandled',
    failure: 'Sandbox.Timedout',
  };
}

const TOO_LARGE: FunctionResult = {
  payload: JSON.stringify({
    errorType: 'Function.ResponseSizeTooLarge',
    errorMessage: `Response payload size exceeded maximum allowed payload size (${MAX_ANSWER_BYTES} bytes).`,
  }),
  functionError: 'Unhandled',
};
