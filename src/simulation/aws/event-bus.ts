import type { Clock } from '../../clock.ts';
import type { Pipeline } from '../../definition/pipeline.ts';
import { type BusEvent, busEvent, type EventBus, matchesEvent } from '../../local/parts.ts';
import { type Faults, lengthOf } from '../faults.ts';
import { deployedRules } from './deployed-rules.ts';

export interface EventsModel {
  readonly bus: EventBus;
  /** Events that are held back. */
  readonly held: number;
}

export interface EventsOptions {
  readonly clock: Clock;
  readonly faults: Faults;
  readonly tasks: readonly { readonly arn: string; readonly identifier: string }[];
  readonly pipelines: readonly Pipeline[];
  createId(): string;
  /** Gets each event for a function, once for each time it is delivered. */
  deliver(functionName: string, payload: string): void;
  /** Gets each event that never reaches a rule. */
  onLost(event: BusEvent): void;
}

const LATE_MS = [1_000, 6 * 3_600_000] as const;

/** The default bus with the deployed rules' patterns. Events are lost, doubled, late, and so out of order. */
export function createEvents(options: EventsOptions): EventsModel {
  const { clock, faults } = options;
  const rules = deployedRules(options.pipelines, options.tasks);
  let held = 0;
  const deliver = (event: BusEvent) => {
    for (const { pattern, spec } of rules) {
      if (pattern === undefined || !matchesEvent(pattern, event)) continue;
      for (const { functionName } of spec.targets) options.deliver(functionName, JSON.stringify(event));
    }
  };
  const deliverLate = async (event: BusEvent, pauseMs: number) => {
    held += 1;
    await clock.sleep(pauseMs);
    held -= 1;
    deliver(event);
  };
  const publish: EventBus['publish'] = async (outgoing) => {
    const event = busEvent({ ...outgoing, id: options.createId(), time: clock.now() });
    const what = `${event.source} ${String(event.detail.status ?? event.detail.eventType)}`;
    const strike = faults.strike(['lost-event', 'double-event', 'late-event'], what);
    if (strike?.kind === 'lost-event') return options.onLost(event);
    if (strike?.kind !== 'late-event') deliver(event);
    if (strike !== undefined) void deliverLate(event, lengthOf(strike, ...LATE_MS));
  };
  return {
    bus: { publish },
    get held() {
      return held;
    },
  };
}
