import type { Clock } from '../../../clock.ts';
import type { FunctionResult } from '../../contracts.ts';
import type { FunctionSpec } from './functions.ts';
import type { LineMessage, WorkerFunction } from './runtime/messages.ts';
import { type Sandbox, type SandboxOutcome, startSandbox } from './sandbox.ts';

/** One invocation as the sandboxes run it. */
export interface Invocation {
  readonly requestId: string;
  readonly spec: FunctionSpec;
  /** The event as JSON text. */
  readonly payload: string;
  readonly clientContext?: string;
}

/**
 * The threads in which handlers run. One takes all new invocations. After a timeout, or an error that would have killed
 * the real runtime, it is replaced: it ends when the other invocations it still has are done, so that none of them
 * suffers. The abandoned handler may go on for that long; on AWS it is frozen and killed at once.
 */
export interface Sandboxes {
  run(invocation: Invocation): Promise<FunctionResult>;
  /** Starts a thread and imports these functions' modules. */
  warm(names: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

export interface SandboxesOptions {
  readonly clock: Clock;
  /** Asked for when the first thread starts: until then the endpoint's port may be unknown. */
  readonly functions: () => readonly WorkerFunction[];
  readonly onLine: (message: LineMessage) => void;
  readonly heapMb: number;
}

/** @see Sandboxes */
export function createSandboxes(options: SandboxesOptions): Sandboxes {
  const alive = new Set<Sandbox>();
  let current: Sandbox | undefined;

  const start = (): Sandbox => {
    const sandbox = startSandbox({
      functions: options.functions(),
      onLine: options.onLine,
      heapMb: options.heapMb,
      onExit: () => {
        alive.delete(sandbox);
        if (current === sandbox) current = undefined;
      },
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
      await sandbox.load(invocation.spec.name);
      const outcome = await raceTimeout(sandbox, invocation, timeoutSeconds * 1000, options.clock);
      if (outcome === 'timeout') {
        sandbox.abandon(invocation.requestId);
        replace(sandbox);
        return timedOut(invocation.requestId, timeoutSeconds);
      }
      if (outcome.result === 'fatal') replace(sandbox);
      return functionResult(outcome);
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

async function raceTimeout(
  sandbox: Sandbox,
  { requestId, spec, payload, clientContext }: Invocation,
  timeoutMs: number,
  clock: Clock,
): Promise<SandboxOutcome | 'timeout'> {
  const answered = new AbortController();
  const call = { requestId, functionName: spec.name, event: payload, remainingMs: timeoutMs };
  const outcome = sandbox.invoke(clientContext === undefined ? call : { ...call, clientContext });
  const timeout = clock.sleep(timeoutMs, answered.signal).then(
    () => 'timeout' as const,
    () => outcome,
  );
  try {
    return await Promise.race([outcome, timeout]);
  } finally {
    answered.abort();
  }
}

function functionResult(outcome: SandboxOutcome): FunctionResult {
  if (outcome.result === 'answer') return { payload: outcome.payload };
  const failed = { payload: outcome.payload, functionError: 'Unhandled' } as const;
  return outcome.result === 'exited' ? { ...failed, failure: 'Lambda.Unknown' } : failed;
}

function timedOut(requestId: string, timeoutSeconds: number): FunctionResult {
  const errorMessage = `RequestId: ${requestId} Error: Task timed out after ${timeoutSeconds.toFixed(2)} seconds`;
  return {
    payload: JSON.stringify({ errorType: 'Sandbox.Timedout', errorMessage }),
    functionError: 'Unhandled',
    failure: 'Sandbox.Timedout',
  };
}
