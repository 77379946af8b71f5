import { AsyncLocalStorage } from 'node:async_hooks';
import { type Clock, systemClock } from '../../clock.ts';
import type { FunctionResult } from '../contracts.ts';
import type { Intercept } from '../endpoint/request-handler.ts';
import type { BusEvent } from '../services/events/event-envelope.ts';
import type { SandboxInvocation } from '../services/lambda/sandboxes.ts';
import type { StatementDisturbance } from '../services/redshift-data/run-statement.ts';
import { createCallDisturbance } from './disturb-calls.ts';
import { createEventDisturbance } from './disturb-events.ts';
import { createInvocationDisturbance, createStatementDisturbance } from './disturb-invocations.ts';
import { createInjector } from './injector.ts';
import { CHAOS_KIND_NAMES, type ChaosKind } from './kinds.ts';
import { type ChaosSettings, createChaosPlan } from './plan.ts';

/**
 * Faults for one local stack, where the pieces of it meet. What a person does through the endpoint is left alone: struck
 * are events inside the stack, invocations that come of them or of state machines, and the calls of those functions.
 */
export interface Chaos {
  /** Around each call that a function makes. */
  readonly intercept: Intercept;
  /** Between the bus and its rules. */
  disturbEvent(event: BusEvent, deliver: () => void): void;
  /** Around an invocation by Step Functions or by an event. */
  disturbInvocation(
    invocation: SandboxInvocation,
    run: () => Promise<FunctionResult>,
  ): Promise<FunctionResult>;
  readonly disturbStatement: StatementDisturbance;
  /** Faults injected so far, by kind. */
  readonly counts: ReadonlyMap<ChaosKind, number>;
  /** Resolves when no event is held back and no function that was given up goes on. */
  idle(): Promise<void>;
  /** Ends all pauses; what was held back is dropped. */
  close(): void;
}

export interface ChaosOptions extends ChaosSettings {
  /** What delays sleep on. @default the machine's own clock */
  readonly waits?: Clock;
  /** Gets a line for each fault. @default nobody */
  readonly report?: (line: string) => void;
}

/** @see Chaos */
export function createChaos({ waits = systemClock, report = () => {}, ...settings }: ChaosOptions): Chaos {
  const injector = createInjector({ plan: createChaosPlan(settings), waits, report });
  const functionCall = new AsyncLocalStorage<true>();
  const disturbCall = createCallDisturbance(injector);
  return {
    // A statement is known as a function's by the call that submitted it.
    intercept: (call, next) => functionCall.run(true, () => disturbCall(call, next)),
    disturbEvent: createEventDisturbance(injector),
    disturbInvocation: createInvocationDisturbance(injector),
    disturbStatement: createStatementDisturbance(injector, () => functionCall.getStore() === true),
    counts: injector.counts,
    idle: injector.idle,
    close: injector.close,
  };
}

/** `chaos: 3 faults: lost-event 1, throttle 2`. */
export function summarizeChaos({ counts }: Pick<Chaos, 'counts'>): string {
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const parts = CHAOS_KIND_NAMES.filter((kind) => counts.has(kind)).map(
    (kind) => `${kind} ${counts.get(kind)}`,
  );
  return `chaos: ${total} ${total === 1 ? 'fault' : 'faults'}${total === 0 ? '' : ': '}${parts.join(', ')}`;
}
