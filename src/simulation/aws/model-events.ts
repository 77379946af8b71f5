import type { Clock } from '../../clock.ts';
import type { RuleSpec } from '../../local/index.ts';
import { type BusEvent, createEventsService, type EventBus, lengthOf } from '../../local/parts.ts';
import type { Faults } from '../faults.ts';

export interface ModelEvents {
  readonly bus: EventBus;
  /** Starts the rules that have a schedule. */
  startSchedules(): void;
  /** Ends the schedules. */
  close(): void;
  /** Events that are held back. */
  readonly held: number;
}

export interface ModelEventsOptions {
  readonly clock: Clock;
  readonly faults: Faults;
  readonly rules: readonly RuleSpec[];
  random(): number;
  createId(): string;
  /** Starts a function, once for each time an event is delivered to it. */
  invokeLater(functionName: string, payload: string): void;
  /** Gets each event that never reaches a rule. */
  onLost(event: BusEvent): void;
}

const LATE_MS = [1_000, 6 * 3_600_000] as const;

/** The local EventBridge on a world's clock. Events are lost, doubled, late, and so out of order. */
export function createModelEvents(options: ModelEventsOptions): ModelEvents {
  const { clock, faults, rules, random, createId } = options;
  let held = 0;
  const deliverLate = async (deliver: () => void, pauseMs: number) => {
    held += 1;
    await clock.sleep(pauseMs);
    held -= 1;
    deliver();
  };
  const events = createEventsService({
    ...{ rules, clock, random, newId: createId },
    invokeAsync: async (functionName, payload) => options.invokeLater(functionName, payload),
    // What Lambda refuses would come here: it refuses no function that is deployed.
    sendToQueue: async (queueArn) => {
      throw new Error(`an event could not be delivered, and went to ${queueArn}`);
    },
    disturb(event, deliver) {
      const what = `${event.source} ${String(event.detail.status ?? event.detail.eventType)}`;
      const strike = faults.strike(['lost-event', 'double-event', 'late-event'], what);
      if (strike?.kind === 'lost-event') return options.onLost(event);
      if (strike?.kind !== 'late-event') deliver();
      if (strike !== undefined) void deliverLate(deliver, lengthOf(strike, ...LATE_MS));
    },
  });
  return {
    bus: events.bus,
    startSchedules: events.startSchedules,
    close: events.close,
    get held() {
      return held;
    },
  };
}
