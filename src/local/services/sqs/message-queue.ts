import { randomUUID } from 'node:crypto';
import type { Clock } from '../../../clock.ts';
import { AwsError } from '../../aws-error.ts';
import type { MessageAttributes } from './message-attributes.ts';

/** A message in a queue. Times are epoch milliseconds. */
export interface QueuedMessage {
  readonly id: string;
  readonly body: string;
  readonly attributes: MessageAttributes;
  readonly sentAt: number;
  visibleAt: number;
  receiveCount: number;
  firstReceivedAt?: number;
}

export interface ReceiveRequest {
  readonly maxMessages: number;
  readonly visibilitySeconds: number;
  readonly waitSeconds: number;
  readonly signal: AbortSignal;
}
export interface ReceivedMessage {
  readonly message: QueuedMessage;
  readonly receiptHandle: string;
}

/** A standard queue in memory, first in first out as long as nothing is received twice. */
export interface MessageQueue {
  send(body: string, attributes: MessageAttributes, delaySeconds: number): QueuedMessage;
  /** Waits for a message, if asked to, and hides what it hands out. Rejects when the signal is aborted. */
  receive(request: ReceiveRequest): Promise<readonly ReceivedMessage[]>;
  /** A message that is gone already is no error. @throws AwsError ReceiptHandleIsInvalid */
  delete(receiptHandle: string): void;
  /** All messages, oldest first, as they are: nothing is received. */
  peek(): readonly QueuedMessage[];
  counts(): { readonly visible: number; readonly hidden: number; readonly delayed: number };
}

/** @see MessageQueue */
export function createMessageQueue(clock: Clock): MessageQueue {
  const messages = new Map<string, QueuedMessage>();
  let arrival = Promise.withResolvers<void>();
  return {
    send(body, attributes, delaySeconds) {
      const sentAt = clock.now();
      const visibleAt = sentAt + delaySeconds * 1000;
      const message: QueuedMessage = {
        id: randomUUID(),
        body,
        attributes,
        sentAt,
        visibleAt,
        receiveCount: 0,
      };
      messages.set(message.id, message);
      arrival.resolve();
      arrival = Promise.withResolvers();
      return message;
    },
    async receive(request) {
      const deadline = clock.now() + request.waitSeconds * 1000;
      for (;;) {
        request.signal.throwIfAborted();
        const received = takeVisible(messages.values(), request, clock.now());
        if (received.length > 0 || clock.now() >= deadline) return received;
        const wakeAt = [...messages.values()].reduce(
          (time, { visibleAt }) => Math.min(time, visibleAt),
          deadline,
        );
        await sleepUntil(clock, wakeAt, arrival.promise, request.signal);
      }
    },
    delete(receiptHandle) {
      messages.delete(messageIdOf(receiptHandle));
    },
    peek: () => [...messages.values()],
    counts: () => countMessages([...messages.values()], clock.now()),
  };
}

/** Hides the messages it gives out for the request's visibility timeout. */
function takeVisible(
  messages: Iterable<QueuedMessage>,
  { maxMessages, visibilitySeconds }: ReceiveRequest,
  now: number,
): readonly ReceivedMessage[] {
  const visible = [...messages].filter((message) => message.visibleAt <= now).slice(0, maxMessages);
  return visible.map((message) => {
    message.visibleAt = now + visibilitySeconds * 1000;
    message.receiveCount += 1;
    message.firstReceivedAt ??= now;
    return { message, receiptHandle: Buffer.from(`${message.id}/${randomUUID()}`).toString('base64') };
  });
}

/** Sleeps until a time, or until a message arrives. Rejects when the signal is aborted. */
async function sleepUntil(
  clock: Clock,
  time: number,
  arrival: Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const woken = new AbortController();
  const sleep = clock.sleep(time - clock.now(), AbortSignal.any([signal, woken.signal]));
  try {
    await Promise.race([arrival, sleep]);
  } finally {
    sleep.catch(() => undefined);
    woken.abort();
  }
}

function countMessages(messages: readonly QueuedMessage[], now: number) {
  const later = messages.filter(({ visibleAt }) => visibleAt > now);
  const delayed = later.filter(({ receiveCount }) => receiveCount === 0).length;
  return { visible: messages.length - later.length, hidden: later.length - delayed, delayed };
}

function messageIdOf(receiptHandle: string): string {
  const [id = '', nonce] = Buffer.from(receiptHandle, 'base64').toString().split('/');
  if (nonce !== undefined && /^[0-9a-f-]{36}$/.test(id)) return id;
  throw new AwsError(
    'ReceiptHandleIsInvalid',
    `The input receipt handle "${receiptHandle}" is not a valid receipt handle.`,
  );
}
