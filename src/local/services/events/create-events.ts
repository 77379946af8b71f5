import { randomUUID } from 'node:crypto';
import type { Clock } from '../../../clock.ts';
import type { EventBus, Service } from '../../contracts.ts';
import { type DeliveryOptions, deliver, type SendToQueue } from './delivery.ts';
import { type BusEvent, busEvent, type EventContent } from './event-envelope.ts';
import { matchesEvent } from './pattern/match-event.ts';
import { checkEntry, type PutEventsEntry, requireEntries } from './put-events-request.ts';
import { createRuleOperations } from './rule-operations.ts';
import { compileRules, type Rule, type RuleSpec, type TargetSpec } from './rules.ts';
import type { Schedule } from './schedule-expression.ts';

export interface EventsOptions {
  readonly rules: readonly RuleSpec[];
  readonly clock: Clock;
  /** Starts a function asynchronously. @throws AwsError where Lambda refuses the call */
  readonly invokeAsync: (functionName: string, payload: string) => Promise<void>;
  readonly sendToQueue: SendToQueue;
  readonly random?: () => number;
  readonly newId?: () => string;
  /** Told about every event on the bus and the rules it matched. */
  readonly onEvent?: (event: BusEvent, matchedRules: readonly string[]) => void;
}

/** The local EventBridge: the default bus with a fixed set of rules. */
export interface Events {
  readonly service: Service;
  readonly bus: EventBus;
  /** Starts the rules that have a schedule. */
  startSchedules(): void;
  /** Resolves when every delivery has ended: accepted, in the dead-letter queue, or dropped. */
  idle(): Promise<void>;
  /** Stops the schedules and what waits for another attempt. */
  close(): void;
}

/** @throws AwsError InvalidEventPatternException, ValidationException where a rule is not valid */
export function createEvents(options: EventsOptions): Events {
  const rules = compileRules(options.rules);
  const newId = options.newId ?? randomUUID;
  const closed = new AbortController();
  const random = options.random ?? Math.random;
  const deliveryOptions: DeliveryOptions = { ...options, random, signal: closed.signal };
  const deliveries = new Set<Promise<void>>();

  const start = (rule: Rule, target: TargetSpec, event: BusEvent) => {
    const delivery: Promise<void> = deliver(
      deliveryOptions,
      rule.arn,
      target,
      JSON.stringify(target.input ?? event),
    )
      .catch((error: unknown) => {
        if (!closed.signal.aborted) throw error;
      })
      .finally(() => deliveries.delete(delivery));
    deliveries.add(delivery);
  };
  const publish = (content: EventContent) => {
    const event = busEvent(content);
    const matched = rules.filter(
      (rule) => isEnabled(rule) && rule.pattern && matchesEvent(rule.pattern, event),
    );
    options.onEvent?.(
      event,
      matched.map(({ spec }) => spec.name),
    );
    for (const rule of matched) for (const target of rule.spec.targets) start(rule, target, event);
  };
  const runSchedule = async (rule: Rule, schedule: Schedule) => {
    let time = schedule.next(options.clock.now());
    while (time !== undefined) {
      await options.clock.sleep(Math.max(0, time - options.clock.now()), closed.signal);
      const event = busEvent({ ...SCHEDULED, id: newId(), time, resources: [rule.arn] });
      for (const target of rule.spec.targets) start(rule, target, event);
      time = nextAfter(schedule, time, options.clock.now());
    }
  };
  const putEvents = async ({ Entries }: { readonly Entries: readonly PutEventsEntry[] }) => {
    const results = requireEntries(Entries).map((entry) => {
      const checked = checkEntry(entry);
      if ('ErrorCode' in checked) return checked;
      const EventId = newId();
      if (checked.onDefaultBus)
        publish({ ...checked, id: EventId, time: checked.time ?? options.clock.now() });
      return { EventId };
    });
    return { FailedEntryCount: results.filter((result) => 'ErrorCode' in result).length, Entries: results };
  };

  return {
    service: {
      name: 'events',
      json: { targetPrefix: 'AWSEvents', version: '1.1' },
      operations: { PutEvents: putEvents, ...createRuleOperations(rules) },
    },
    bus: {
      publish: async (event) => publish({ ...event, id: newId(), time: options.clock.now() }),
    },
    startSchedules() {
      for (const rule of rules.filter(isEnabled)) {
        if (rule.schedule) runSchedule(rule, rule.schedule).catch(ignoreWhen(closed.signal));
      }
    },
    async idle() {
      while (deliveries.size > 0) await Promise.all(deliveries);
    },
    close: () => closed.abort(),
  };
}

const SCHEDULED = { source: 'aws.events', detailType: 'Scheduled Event', detail: {} };

function isEnabled(rule: Rule): boolean {
  return rule.spec.enabled !== false;
}

/** The schedule's next time that is still to come: a machine that was asleep does not catch up. */
function nextAfter(schedule: Schedule, time: number, now: number): number | undefined {
  let next = schedule.next(time);
  while (next !== undefined && next <= now) next = schedule.next(next);
  return next;
}

function ignoreWhen(signal: AbortSignal): (error: unknown) => void {
  return (error) => {
    if (!signal.aborted) throw error;
  };
}
