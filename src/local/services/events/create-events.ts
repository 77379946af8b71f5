import { randomUUID } from 'node:crypto';
import type { Clock } from '../../../clock.ts';
import type { EventBus, SendToQueue, Service } from '../../contracts.ts';
import { supportTable } from '../../support-table.ts';
import { createDeliveries } from './delivery.ts';
import { type BusEvent, busEvent, type EventContent } from './event-envelope.ts';
import { matchesEvent } from './pattern/match-event.ts';
import { type PutEventsInput, putEvents } from './put-events.ts';
import { createRuleOperations } from './rule-operations.ts';
import { compileEventRules, type RuleSpec } from './rules.ts';
import { runSchedule } from './schedule.ts';

export interface EventsServiceOptions {
  readonly rules: readonly RuleSpec[];
  readonly clock: Clock;
  /** Starts a function asynchronously. @throws AwsError where Lambda refuses the call */
  readonly invokeAsync: (functionName: string, payload: string) => Promise<void>;
  readonly sendToQueue: SendToQueue;
  readonly random?: () => number;
  readonly newId?: () => string;
  /** Stands between an event that a service publishes and its rules; events of PutEvents pass. @default nothing */
  readonly disturb?: (event: BusEvent, deliver: () => void) => void;
}

/** The local EventBridge: the default bus with a fixed set of rules. */
export interface EventsService {
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
export function createEventsService(options: EventsServiceOptions): EventsService {
  const { clock, newId = randomUUID, random = Math.random } = options;
  const allRules = compileEventRules(options.rules);
  const rules = allRules.filter(({ spec }) => spec.enabled !== false);
  const closed = new AbortController();
  const deliveries = createDeliveries({ ...options, random, signal: closed.signal });
  const deliver = (event: BusEvent) => {
    const matched = rules.filter(({ pattern }) => pattern && matchesEvent(pattern, event));
    for (const rule of matched) deliveries.start(rule, event);
  };
  const publish = (content: EventContent) => deliver(busEvent(content));
  const disturb = options.disturb ?? ((_event, pass) => pass());

  return {
    service: {
      name: 'events',
      json: { targetPrefix: 'AWSEvents', version: '1.1' },
      operations: {
        PutEvents: async (input: PutEventsInput) => putEvents(input, { clock, newId, publish }),
        ...createRuleOperations(allRules),
      },
    },
    bus: {
      async publish(outgoing) {
        const event = busEvent({ ...outgoing, id: newId(), time: clock.now() });
        disturb(event, () => deliver(event));
      },
    },
    startSchedules() {
      for (const rule of rules) {
        if (rule.nextTime === undefined) continue;
        void runSchedule(rule.nextTime, clock, closed.signal, (time) =>
          deliveries.start(rule, busEvent({ ...SCHEDULED, id: newId(), time, resources: [rule.arn] })),
        );
      }
    },
    idle: deliveries.idle,
    close: () => closed.abort(),
  };
}

const SCHEDULED = { source: 'aws.events', detailType: 'Scheduled Event', detail: {} };

/** What the local EventBridge does. */
export const EVENTS_SUPPORT = supportTable(`
  PutEvents | | partial | To the default bus. Other than in AWS, sources that begin with aws. are allowed.
  PutEvents | EventBusName | supported | An event for a bus that does not exist is accepted and dropped, as in AWS.
  PutEvents | TraceHeader | partial | Accepted and forgotten.
  PutEvents | EndpointId | partial | Accepted and ignored.
  TestEventPattern | | supported | Errors name the field instead of line and column. AWS publishes no bound for wildcards: a few simple ones are taken.
  ListRules | | supported |
  DescribeRule | | supported |
  delivery | targets | partial | Lambda functions, with or without a fixed input.
  delivery | RetryPolicy | supported | AWS does not publish its pauses: 1 s doubling to 10 min.
  delivery | DeadLetterConfig | supported |
  delivery | InputTransformer | refused | A target has no such setting.
  schedule | rate | supported | Times missed while the machine was asleep are left out.
  schedule | cron | partial | Lists of minutes and hours in UTC, on every day; all else is refused.
`);
