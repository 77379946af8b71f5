import type { FunctionResult } from '../contracts.ts';
import { functionResult, type SandboxInvocation, timedOut } from '../services/lambda/sandboxes.ts';
import { exitPayload } from '../services/lambda/worker-thread.ts';
import type { StatementDisturbance } from '../services/redshift-data/run-statement.ts';
import type { Injector } from './injector.ts';
import { kindsAt } from './kinds.ts';
import type { Draw } from './plan.ts';

/** A function that hangs is not waited for to its real timeout, which may be a quarter of an hour. */
const LONGEST_HANG_MS = 10_000;
/** How long the work of an invocation that was given up takes to begin: its retry is under way by then. */
const LIVES_ON_MS = [1_000, 10_000] as const;
const DEFAULT_TIMEOUT_SECONDS = 3;

/** Stands around the invocations by Step Functions and by events. */
export function createInvocationDisturbance(injector: Injector) {
  const kinds = kindsAt('invocation');
  return async (
    { requestId, spec }: SandboxInvocation,
    run: () => Promise<FunctionResult>,
  ): Promise<FunctionResult> => {
    const draw = injector.draw(kinds);
    if (draw === undefined) return run();
    injector.note(draw, `${spec.name}, request ${requestId}`);
    const timeoutSeconds = spec.timeoutSeconds ?? DEFAULT_TIMEOUT_SECONDS;
    const timeoutMs = Math.min(LONGEST_HANG_MS, timeoutSeconds * 1000);
    switch (draw.kind) {
      case 'killed-before':
        return killed(requestId, draw);
      case 'killed-after':
        await run();
        return killed(requestId, draw);
      case 'lives-on':
        injector.background(injector.pause(draw, ...LIVES_ON_MS).then(run));
        return timedOut(requestId, timeoutSeconds);
      default:
        await injector.pause(draw, timeoutMs, timeoutMs);
        return timedOut(requestId, timeoutSeconds);
    }
  };
}

/** AWS documents `Lambda.Unknown` for a function that died; people report the names of the runtime. Each comes in turn. */
function killed(requestId: string, { amount }: Draw): FunctionResult {
  const reason = amount < 1 / 3 ? 'signal: killed' : 'exit status 129';
  const result = functionResult({ result: 'exited', payload: exitPayload(requestId, reason) });
  return amount < 2 / 3 ? result : { ...result, failure: 'Lambda.Unknown' };
}

const STUCK_MS = [5_000, 120_000] as const;
const ROLLBACK_MS = [5_000, 60_000] as const;

/**
 * Stands before a statement's start and before its rollback.
 * @param isDisturbed whether the statement that asks was submitted by a function
 */
export function createStatementDisturbance(
  injector: Injector,
  isDisturbed: () => boolean,
): StatementDisturbance {
  const strike =
    (point: 'statement' | 'rollback', range: readonly [number, number]) =>
    async (name: string): Promise<void> => {
      const draw = isDisturbed() ? injector.draw(kindsAt(point)) : undefined;
      if (draw === undefined) return;
      injector.note(draw, `statement ${name}`);
      await injector.pause(draw, ...range);
    };
  return { beforeStart: strike('statement', STUCK_MS), beforeRollback: strike('rollback', ROLLBACK_MS) };
}
