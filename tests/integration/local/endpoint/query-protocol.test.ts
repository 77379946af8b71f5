import { describe, expect, it } from 'vitest';
import { AwsError } from '../../../../src/local/aws-error.ts';
import type { Service } from '../../../../src/local/contracts.ts';
import { startEndpoint } from '../../../fixtures/local-endpoint.ts';
import { sendRaw } from '../../../fixtures/raw-http.ts';

describe('a query service', () => {
  const service: Service = {
    name: 'sns',
    query: {
      namespace: 'http://sns.example/',
      version: '2010-03-31',
      errorCodes: { QueueDoesNotExist: 'Old.Code' },
    },
    operations: {
      Publish: async ({ Message }: { Message: string }) => ({ MessageId: `<${Message}>` }),
      Fail: async () => {
        throw new AwsError('QueueDoesNotExist', 'no <queue>', 400);
      },
    } as Service['operations'],
  };
  const form = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' };

  it('answers in XML', async () => {
    const { url } = await startEndpoint([service]);

    const answer = await sendRaw(url, {
      path: '/000000000000/queue',
      headers: form,
      body: 'Action=Publish&Version=2010-03-31&Message=a%26b',
    });

    expect(answer).toMatchObject({ status: 200, headers: { 'content-type': 'text/xml' } });
    expect(answer.body).toBe(
      '<PublishResponse xmlns="http://sns.example/"><PublishResult><MessageId>&lt;a&amp;b&gt;</MessageId></PublishResult>' +
        `<ResponseMetadata><RequestId>${answer.headers['x-amzn-requestid']}</RequestId></ResponseMetadata></PublishResponse>`,
    );
  });

  it('answers its errors in XML, under their old codes', async () => {
    const { url } = await startEndpoint([service]);

    const answer = await sendRaw(url, { headers: form, body: 'Action=Fail&Version=2010-03-31' });

    expect(answer.status).toBe(400);
    expect(answer.body).toContain(
      '<Error><Type>Sender</Type><Code>Old.Code</Code><Message>no &lt;queue&gt;</Message></Error>',
    );
  });

  it('tells JSON clients the old code in a header', async () => {
    const { url } = await startEndpoint([
      { ...service, json: { targetPrefix: 'AmazonSQS', version: '1.0' } },
    ]);

    const answer = await sendRaw(url, { headers: { 'x-amz-target': 'AmazonSQS.Fail' } });

    expect(answer.headers['x-amzn-query-error']).toBe('Old.Code;Sender');
  });

  it.each(['Action=Other&Version=2010-03-31', 'Action=Publish&Version=2000-01-01', ''])(
    'refuses %s',
    async (body) => {
      const { url } = await startEndpoint([service]);

      const answer = await sendRaw(url, { headers: form, body });

      expect(answer.status).toBe(400);
      expect(answer.body).toContain('<Code>UnknownOperationException</Code>');
      expect(answer.body).toContain('Supported');
    },
  );
});
