import { createSqsService } from '../../../../src/local/services/sqs/create-sqs.ts';
import { createManualClock } from '../../../fixtures/manual-clock.ts';

type Call = (input: object, context?: object) => Promise<Record<string, unknown>>;

/** A queue service on a manual clock, and its operations as functions. */
export function createLocalSqs() {
  const clock = createManualClock('2026-11-24T00:00:00.000Z');
  const sqs = createSqsService({
    queues: [{ name: 'dead-letters' }, { name: 'on-failure', visibilityTimeoutSeconds: 5 }],
    clock,
    endpointUrl: () => 'http://127.0.0.1:4510',
  });
  const abort = new AbortController();
  const operations = sqs.service.operations as unknown as Record<string, Call>;
  const call = async (operation: string, input: object = {}) => {
    const run = operations[operation] as Call;
    return run({ QueueUrl: QUEUE_URL, ...input }, { signal: abort.signal });
  };
  const receive = async (input: object = {}): Promise<readonly ReceivedMessage[]> =>
    ((await call('ReceiveMessage', input)).Messages as readonly ReceivedMessage[] | undefined) ?? [];
  return { sqs, clock, call, receive, abort };
}

export const QUEUE_URL = 'http://127.0.0.1:4510/000000000000/dead-letters';

export interface ReceivedMessage {
  readonly MessageId: string;
  readonly ReceiptHandle: string;
  readonly Body: string;
  readonly MD5OfBody: string;
  readonly Attributes?: Readonly<Record<string, string>>;
  readonly MessageAttributes?: Readonly<Record<string, { readonly StringValue?: string }>>;
  readonly MD5OfMessageAttributes?: string;
}
