import type { FindingOf } from '../finding.ts';

/** A queue, and how many messages it holds. */
export interface ReadQueue {
  readonly name: string;
  /** Undefined where the stage has no such queue. */
  readonly messages: number | undefined;
}

/** Queues that hold what was not dealt with. */
export function judgeQueues(queues: readonly ReadQueue[], deploy: string): readonly FindingOf[] {
  return queues.flatMap(({ name, messages }): readonly FindingOf[] => {
    const where = { object: name };
    if (messages === undefined)
      return [
        {
          ...{ id: 'queue-missing', severity: 'problem', where },
          what: `The stage has no queue ${name}.`,
          consequence: 'What cannot be delivered is lost.',
          repair: deploy,
        },
      ];
    if (messages === 0) return [];
    return [
      {
        ...{ id: 'queue-not-empty', severity: 'problem', where },
        what: `The queue ${name} holds about ${messages} message${messages === 1 ? '' : 's'}.`,
        consequence:
          'Events or invocations have failed for good: a load may have no run, or nobody was told of an end.',
        repair: 'docs/operations.md says how messages are read, dealt with and removed.',
      },
    ];
  });
}

/** A subscription of the topic. */
export interface ReadSubscription {
  readonly protocol: string;
  readonly endpoint: string;
  readonly isConfirmed: boolean;
}

/** Whether anybody gets the messages. */
export function judgeSubscriptions(
  topicArn: string,
  subscriptions: readonly ReadSubscription[],
): readonly FindingOf[] {
  const where = { object: topicArn };
  const pending = subscriptions.filter(({ isConfirmed }) => !isConfirmed);
  const none: FindingOf = {
    ...{ id: 'nobody-subscribed', severity: 'warning', where },
    what: `Nobody is subscribed to ${topicArn}.`,
    consequence: 'A run that fails is told to nobody.',
    repair: 'Set notificationEmail in serverless.yml and deploy, or subscribe somebody to the topic.',
  };
  return [
    ...(subscriptions.length === 0 ? [none] : []),
    ...pending.map(
      ({ protocol, endpoint }): FindingOf => ({
        ...{ id: 'subscription-pending', severity: 'problem', where },
        what: `The subscription of ${endpoint} (${protocol}) is not confirmed.`,
        consequence: 'Nothing is sent there.',
        repair: 'Open the link in the message that AWS has sent there, or subscribe again.',
      }),
    ),
  ];
}

/** An alarm of the stage. */
export interface ReadAlarm {
  readonly name: string;
  readonly state: string;
  readonly reason: string;
}

/** Alarms that are on. */
export function judgeAlarms(alarms: readonly ReadAlarm[]): readonly FindingOf[] {
  return alarms
    .filter(({ state }) => state === 'ALARM')
    .map(({ name, reason }) => ({
      ...{ id: 'alarm-on', severity: 'warning' as const, where: { object: name } },
      what: `The alarm ${name} is on: ${reason}`,
      consequence: 'Something has gone wrong already.',
      repair: 'docs/operations.md says what each alarm means.',
    }));
}
