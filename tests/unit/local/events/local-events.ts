import type { OutgoingEvent } from '../../../../src/local/contracts.ts';
import { createEventsService } from '../../../../src/local/services/events/create-events.ts';
import type { RuleSpec } from '../../../../src/local/services/events/rules.ts';
import { createJumpingClock } from '../../../fixtures/jumping-clock.ts';

export const DLQ = 'arn:aws:sqs:us-east-1:000000000000:dead-letters';

export const TASK_STOPPED: OutgoingEvent = {
  source: 'aws.dms',
  detailType: 'DMS Replication Task State Change',
  resources: ['arn:aws:dms:us-east-1:000000000000:task:ONE'],
  detail: { eventType: 'REPLICATION_TASK_STOPPED' },
};

export interface DeadLetter {
  readonly queueArn: string;
  readonly body: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** An event service whose targets are recorded; `refuse` may answer an invocation with an error. */
export function createLocalEvents(
  rules: readonly RuleSpec[],
  refuse: (attempt: number) => Error | undefined = () => undefined,
) {
  const clock = createJumpingClock('2026-11-24T10:20:30.456Z');
  const invocations: { readonly functionName: string; readonly payload: string }[] = [];
  const deadLetters: DeadLetter[] = [];
  let ids = 0;
  const events = createEventsService({
    rules,
    clock,
    random: () => 1,
    newId: () => `event-${++ids}`,
    async invokeAsync(functionName, payload) {
      invocations.push({ functionName, payload });
      const error = refuse(invocations.length);
      if (error) throw error;
    },
    sendToQueue: async (queueArn, body, attributes = {}) =>
      void deadLetters.push({ queueArn, body, attributes }),
  });
  return { events, clock, invocations, deadLetters };
}

/** A rule for the events of DMS tasks with one target. */
export function dmsRule(target: Partial<RuleSpec['targets'][number]> = {}): RuleSpec {
  return {
    name: 'dms',
    eventPattern: { source: ['aws.dms'] },
    targets: [{ functionName: 'start-run', ...target }],
  };
}
