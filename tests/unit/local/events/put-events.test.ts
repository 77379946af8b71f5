import { describe, expect, it } from 'vitest';
import type { PutEventsEntry } from '../../../../src/local/services/events/put-events.ts';
import { createLocalEvents, dmsRule } from './local-events.ts';

const ENTRY: PutEventsEntry = { Source: 'aws.dms', DetailType: 'T', Detail: '{"a":1}' };

function putEvents(entries: readonly PutEventsEntry[]) {
  const local = createLocalEvents([dmsRule()]);
  const operation = local.events.service.operations.PutEvents as unknown as (
    input: object,
  ) => Promise<object>;
  return { ...local, answer: operation({ Entries: entries }) };
}

describe('PutEvents', () => {
  it('puts an event on the bus, also with a source of AWS', async () => {
    const { answer, events, invocations } = putEvents([{ ...ENTRY, Time: 1_700_000_000, Resources: ['r'] }]);

    await expect(answer).resolves.toEqual({ FailedEntryCount: 0, Entries: [{ EventId: 'event-1' }] });
    await events.idle();
    expect(JSON.parse(invocations[0]?.payload ?? '')).toMatchObject({
      id: 'event-1',
      time: '2023-11-14T22:13:20Z',
      resources: ['r'],
      detail: { a: 1 },
    });
  });

  it('answers for each entry, and takes the good ones', async () => {
    const { answer, events, invocations } = putEvents([
      { DetailType: 'T', Detail: '{}' },
      { Source: 's', Detail: '{}' },
      { Source: 's', DetailType: 'T' },
      { ...ENTRY, Detail: '[]' },
      { ...ENTRY, Detail: '{“a”: 1}' },
      ENTRY,
    ]);

    const required = (name: string) => ({
      ErrorCode: 'InvalidArgument',
      ErrorMessage: `Parameter ${name} is not valid. Reason: ${name} is a required argument.`,
    });
    const malformed = { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
    await expect(answer).resolves.toEqual({
      FailedEntryCount: 5,
      Entries: [
        required('Source'),
        required('DetailType'),
        required('Detail'),
        malformed,
        malformed,
        { EventId: 'event-1' },
      ],
    });
    await events.idle();
    expect(invocations).toHaveLength(1);
  });

  it('takes the default bus by name and by ARN', async () => {
    const arn = 'arn:aws:events:eu-west-1:000000000000:event-bus/default';
    const { events, invocations } = putEvents([
      { ...ENTRY, EventBusName: 'default' },
      { ...ENTRY, EventBusName: arn },
    ]);

    await events.idle();

    expect(invocations).toHaveLength(2);
  });

  it('accepts an event for a bus that does not exist, and drops it', async () => {
    const { answer, events, invocations } = putEvents([{ ...ENTRY, EventBusName: 'orders' }]);

    await expect(answer).resolves.toMatchObject({ FailedEntryCount: 0 });
    await events.idle();
    expect(invocations).toEqual([]);
  });

  it.each([
    ['no entry', []],
    ['more than ten entries', Array.from({ length: 11 }, () => ENTRY)],
    ['256 KB and more', [{ ...ENTRY, Detail: JSON.stringify({ a: 'x'.repeat(256 * 1024) }) }]],
  ])('refuses a request with %s', async (_, entries) => {
    await expect(putEvents(entries).answer).rejects.toMatchObject({ name: 'ValidationException' });
  });
});
