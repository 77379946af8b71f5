import type { DeployedFunction } from '../../compile/template/function-names.ts';

/** One invocation of a function. Once it is dead it does nothing more: its calls are neither made nor answered. */
export interface ModelInvocation {
  readonly functionName: DeployedFunction;
  readonly requestId: string;
  /** What it was invoked with. */
  readonly event: unknown;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  isDead: boolean;
  /** Makes a call, unless the invocation is dead or dies of it. */
  guard(call: () => Promise<object>): Promise<object>;
}

/** When an invocation is killed: before or after its n-th call, from 0. */
export interface Death {
  readonly call: number;
  readonly when: 'before' | 'after';
}

export interface InvocationOptions {
  readonly functionName: DeployedFunction;
  readonly requestId: string;
  readonly event: unknown;
  readonly startedAt: number;
  readonly death?: Death | undefined;
  /** Whether its time is up: this is seen when a call is answered. */
  isOverdue(): boolean;
  onDeath(cause: 'killed' | 'timed-out'): void;
}

export function createInvocation(options: InvocationOptions): ModelInvocation {
  const { death, functionName, requestId, event, startedAt } = options;
  let calls = 0;
  const die = (cause: 'killed' | 'timed-out'): Promise<never> => {
    if (!invocation.isDead) options.onDeath(cause);
    invocation.isDead = true;
    // One for each: a promise that many wait for would keep them all alive.
    return new Promise<never>(() => {});
  };
  const invocation: ModelInvocation = {
    functionName,
    requestId,
    event,
    startedAt,
    isDead: false,
    async guard(call) {
      const isLast = calls === death?.call;
      calls += 1;
      if (invocation.isDead || (isLast && death?.when === 'before')) return die('killed');
      try {
        return await call();
      } finally {
        if (invocation.isDead || isLast) await die('killed');
        if (options.isOverdue()) await die('timed-out');
      }
    },
  };
  return invocation;
}
