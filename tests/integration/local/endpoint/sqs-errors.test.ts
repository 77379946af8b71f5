import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../../src/clock.ts';
import { createSqsService } from '../../../../src/local/services/sqs/create-sqs.ts';
import { startEndpoint } from '../../../fixtures/local-endpoint.ts';
import { sendRaw } from '../../../fixtures/raw-http.ts';

const start = () =>
  startEndpoint([
    createSqsService({ queues: [{ name: 'q' }], clock: systemClock, endpointUrl: () => 'http://127.0.0.1' })
      .service,
  ]);

// SQS answers the model's name in the body and the query protocol's code in a header; SDKs show them as QueryErrorCode and
// Code. The pairs are those of recorded answers.
describe('an error of SQS', () => {
  it.each([
    ['SendMessage', { DelaySeconds: -1 }, 'InvalidParameterValueException', 'InvalidParameterValue'],
    ['SendMessage', { MessageBody: '' }, 'MissingRequiredParameterException', 'MissingParameter'],
    ['SendMessage', { MessageBody: '\u0000' }, 'InvalidMessageContents', 'InvalidMessageContents'],
    [
      'SendMessage',
      { QueueUrl: 'http://x/0/none' },
      'QueueDoesNotExist',
      'AWS.SimpleQueueService.NonExistentQueue',
    ],
    ['GetQueueAttributes', { AttributeNames: ['Colour'] }, 'InvalidAttributeName', 'InvalidAttributeName'],
    ['DeleteMessage', { ReceiptHandle: 'x' }, 'ReceiptHandleIsInvalid', 'ReceiptHandleIsInvalid'],
  ])(
    'of %s with %j is %s, and %s to those who know the query protocol',
    async (operation, input, name, code) => {
      const { url } = await start();
      const parameters = { QueueUrl: 'http://x/0/q', MessageBody: 'm', ...input };

      const json = await sendRaw(url, {
        headers: { 'x-amz-target': `AmazonSQS.${operation}` },
        body: JSON.stringify(parameters),
      });

      expect(JSON.parse(json.body)).toMatchObject({ __type: name });
      expect(json.headers['x-amzn-query-error']).toBe(`${code};Sender`);
    },
  );

  it('has its code in the query protocol', async () => {
    const { url } = await start();

    const answer = await sendRaw(url, {
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({
        Action: 'SendMessage',
        Version: '2012-11-05',
        QueueUrl: 'http://x/0/q',
        MessageBody: 'm',
        'MessageAttribute.1.Name': 'ErrorDetails',
        'MessageAttribute.1.Value.DataType': 'String',
        'MessageAttribute.1.Value.StringValue': '',
      }).toString(),
    });

    expect(answer.status).toBe(400);
    expect(answer.body).toContain('<Code>InvalidParameterValue</Code>');
    expect(answer.body).toContain('must contain a non-empty value of type');
  });
});
