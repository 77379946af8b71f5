import type { DeployedFunction } from '../../compile/function-names.ts';

/** One invocation of a function. Once it is dead it does nothing more: its calls are neither made nor answered. */
export interface Invocation {
  readonly functionName: DeployedFunction;
  readonly requestId: string;
  /** Parsed input. */
  readonly event: unknown;
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
  readonly death?: Death | undefined;
  onDeath(): void;
}

const NEVER = new Promise<never>(() => {});

export function createInvocation({ death, onDeath, ...known }: InvocationOptions): Invocation {
  let calls = 0;
  const die = (): Promise<never> => {
    invocation.isDead = true;
    onDeath();
    return NEVER;
  };
  const invocation: Invocation = {
    ...known,
    isDead: false,
    async guard(call) {
      if (invocation.isDead) return NEVER;
      const isLast = calls === death?.call;
      calls += 1;
      if (isLast && death?.when === 'before') return die();
      const outcome = await settle(call);
      if (invocation.isDead) return NEVER;
      if (isLast) return die();
      if ('error' in outcome) throw outcome.error;
      return outcome.answer;
    },
  };
  return invocation;
}

async function settle(call: () => Promise<object>): Promise<{ answer: object } | { error: unknown }> {
  try {
    return { answer: await call() };
  } catch (error) {
    return { error };
  }
}
