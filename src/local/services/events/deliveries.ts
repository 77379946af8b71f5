import { type DeliveryOptions, deliver } from './delivery.ts';
import type { BusEvent } from './event-envelope.ts';
import type { Rule } from './rules.ts';

/** The deliveries that are under way. */
export interface Deliveries {
  /** Starts to hand an event to every target of a rule. */
  start(rule: Rule, event: BusEvent): void;
  /** Resolves when every delivery has ended: accepted, in the dead-letter queue, or dropped. */
  idle(): Promise<void>;
}

/** @see Deliveries */
export function createDeliveries(options: DeliveryOptions): Deliveries {
  const running = new Set<Promise<void>>();
  return {
    start(rule, event) {
      for (const target of rule.spec.targets) {
        const payload = JSON.stringify(target.input ?? event);
        const delivery: Promise<void> = deliver(options, rule.arn, target, payload)
          .catch((error: unknown) => {
            if (!options.signal.aborted) throw error;
          })
          .finally(() => running.delete(delivery));
        running.add(delivery);
      }
    },
    async idle() {
      while (running.size > 0) await Promise.all(running);
    },
  };
}
