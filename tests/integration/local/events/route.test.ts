import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEndpoint, type Endpoint } from '../../../../src/local/endpoint/endpoint.ts';
import {
  createEventsService,
  type EventsService,
} from '../../../../src/local/services/events/create-events.ts';
import {
  createLambdaService,
  type LambdaService,
} from '../../../../src/local/services/lambda/create-lambda.ts';
import { createSnsService, type PublishedMessage } from '../../../../src/local/services/sns/create-sns.ts';
import { createSqsService } from '../../../../src/local/services/sqs/create-sqs.ts';
import { createManualClock } from '../../../fixtures/manual-clock.ts';

const ARN = 'arn:aws:sqs:us-east-1:000000000000';
const clock = createManualClock();
const notifications: PublishedMessage[] = [];
let endpoint: Endpoint;
let lambda: LambdaService;
let events: EventsService;

beforeAll(async () => {
  const sqs = createSqsService({
    queues: [{ name: 'dead-letters' }],
    clock,
    endpointUrl: () => endpoint.url,
  });
  const sns = createSnsService({
    topics: ['notifications'],
    onNotification: (one) => void notifications.push(one),
  });
  lambda = createLambdaService({
    functions: [
      { name: 'forward', module: new URL('./handlers/forward.ts', import.meta.url), timeoutSeconds: 60 },
    ],
    clock,
    settings: () => ({ endpointUrl: endpoint.url }),
    sendToQueue: sqs.send,
    onLog: () => undefined,
  });
  const target = (functionName: string) => [{ functionName, deadLetterQueueArn: `${ARN}:dead-letters` }];
  events = createEventsService({
    rules: [
      { name: 'orders', eventPattern: { source: ['shop'] }, targets: target('forward') },
      { name: 'lost', eventPattern: { source: ['lost'] }, targets: target('nobody') },
    ],
    clock,
    invokeAsync: lambda.invokeAsync,
    sendToQueue: sqs.send,
  });
  const services = [sqs.service, sns.service, lambda.service, events.service];
  endpoint = await createEndpoint({ services, port: 0 });
});
afterAll(async () => {
  events.close();
  await lambda.close();
  await endpoint.close();
});

interface ReceivedMessage {
  readonly Body: string;
  readonly MessageAttributes: object;
}
interface AnswerBody {
  readonly __type?: string;
  readonly Messages?: readonly ReceivedMessage[];
}

async function call(target: string, version: '1.0' | '1.1', input: object) {
  const headers = { 'content-type': `application/x-amz-json-${version}`, 'x-amz-target': target };
  const response = await fetch(endpoint.url, { method: 'POST', headers, body: JSON.stringify(input) });
  return { status: response.status, body: (await response.json()) as AnswerBody, headers: response.headers };
}

function putEvent(Source: string) {
  const Entries = [{ Source, DetailType: 'order', Detail: '{"number":7}' }];
  return call('AWSEvents.PutEvents', '1.1', { Entries });
}

describe('an event on the bus', () => {
  it('reaches the function that its rule names, and what that publishes', async () => {
    const answer = await putEvent('shop');
    await events.idle();
    await lambda.idle();

    expect(answer.body).toMatchObject({ FailedEntryCount: 0, Entries: [{ EventId: expect.any(String) }] });
    expect(notifications).toMatchObject([{ subject: 'order', message: 'number 7' }]);
  });

  it('ends in the dead-letter queue when its function does not exist', async () => {
    const url = `${endpoint.url}/000000000000/dead-letters`;
    const input = { QueueUrl: url, WaitTimeSeconds: 20, MessageAttributeNames: ['All'] };
    const received = call('AmazonSQS.ReceiveMessage', '1.0', input);

    await putEvent('lost');

    const [message] = (await received).body.Messages ?? [];
    expect(JSON.parse(message?.Body ?? '')).toMatchObject({ source: 'lost', detail: { number: 7 } });
    expect(message?.MessageAttributes).toMatchObject({
      ERROR_CODE: { StringValue: 'NO_RESOURCE' },
      RULE_ARN: { StringValue: 'arn:aws:events:us-east-1:000000000000:rule/lost' },
    });
  });
});

describe('errors on the wire', () => {
  it('carry both names of a missing queue', async () => {
    const answer = await call('AmazonSQS.GetQueueUrl', '1.0', { QueueName: 'nowhere' });

    expect(answer.status).toBe(400);
    expect(answer.body.__type).toContain('QueueDoesNotExist');
    expect(answer.headers.get('x-amzn-query-error')).toBe('AWS.SimpleQueueService.NonExistentQueue;Sender');
  });

  it('of a missing topic have the code of the query protocol', async () => {
    const body = new URLSearchParams({
      Action: 'Publish',
      Version: '2010-03-31',
      TopicArn: 'arn:aws:sns:us-east-1:000000000000:nowhere',
      Message: 'm',
    });
    const response = await fetch(endpoint.url, { method: 'POST', body });

    expect(response.status).toBe(404);
    await expect(response.text()).resolves.toContain('<Code>NotFound</Code>');
  });
});
