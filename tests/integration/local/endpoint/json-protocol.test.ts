import { describe, expect, it } from 'vitest';
import { AwsError } from '../../../../src/local/aws-error.ts';
import type { RequestContext } from '../../../../src/local/contracts.ts';
import { jsonService, startEndpoint, target } from '../../../fixtures/local-endpoint.ts';
import { sendRaw } from '../../../fixtures/raw-http.ts';

describe('a JSON service', () => {
  it('gets the body, the Region and a request id', async () => {
    const seen: unknown[] = [];
    const service = jsonService({
      Echo: async (input: object, { region, requestId }: RequestContext) => {
        seen.push(region, requestId);
        return { ...input, at: 1598323175.823 };
      },
    });
    const { url } = await startEndpoint([service]);

    const answer = await sendRaw(url, {
      headers: {
        ...target('Echo'),
        authorization: 'AWS4-HMAC-SHA256 Credential=AKID/20261124/eu-west-3/things/aws4_request, Signature=0',
      },
      body: '{"a":"é"}',
    });

    expect(answer).toMatchObject({
      status: 200,
      headers: { 'content-type': 'application/x-amz-json-1.0' },
      body: '{"a":"é","at":1598323175.823}',
    });
    expect(seen).toEqual(['eu-west-3', answer.headers['x-amzn-requestid']]);
  });

  it('takes no body for an empty request', async () => {
    const { url } = await startEndpoint([jsonService({ Echo: async (input: object) => input })]);

    expect(await sendRaw(url, { headers: target('Echo') })).toMatchObject({ status: 200, body: '{}' });
  });

  it('answers its errors by name, with their fields', async () => {
    const fail = async () => {
      throw new AwsError('ResourceNotFoundException', 'Query does not exist.', 400, { ResourceId: 'x' });
    };
    const { url } = await startEndpoint([jsonService({ Fail: fail })]);

    const answer = await sendRaw(url, { headers: target('Fail') });

    expect(answer.status).toBe(400);
    expect(answer.headers['x-amzn-errortype']).toBe('ResourceNotFoundException');
    expect(JSON.parse(answer.body)).toEqual({
      __type: 'ResourceNotFoundException',
      message: 'Query does not exist.',
      ResourceId: 'x',
    });
  });

  it.each(['{', '[]', '1', 'null', '"a"'])('refuses %s', async (body) => {
    const { url } = await startEndpoint([jsonService({ Echo: async (input: object) => input })]);

    const answer = await sendRaw(url, { headers: target('Echo'), body });

    expect(answer).toMatchObject({ status: 400, headers: { 'x-amzn-errortype': 'SerializationException' } });
  });

  it.each(['Other', 'toString', '__proto__', ''])(
    'names what it supports when asked for "%s"',
    async (operation) => {
      const { url } = await startEndpoint([jsonService({ Echo: async () => ({}), Ping: async () => ({}) })]);

      const answer = await sendRaw(url, { headers: target(operation) });

      expect(answer.status).toBe(400);
      expect(JSON.parse(answer.body)).toMatchObject({
        __type: 'UnknownOperationException',
        message: expect.stringContaining('Supported: Echo, Ping.'),
      });
    },
  );

  it('that does not exist is answered with those that do', async () => {
    const { url } = await startEndpoint([jsonService({})]);

    for (const headers of [{ 'x-amz-target': 'DynamoDB_20120810.GetItem' }, { 'x-amz-target': 'x' }, {}]) {
      const answer = await sendRaw(url, { headers });

      expect(answer.status).toBe(400);
      expect(JSON.parse(answer.body)).toMatchObject({
        __type: 'UnknownOperationException',
        message: expect.stringContaining('Supported services: things.'),
      });
    }
  });

  it('that breaks keeps its stack to the log', async () => {
    const faults: unknown[] = [];
    const breakDown = async () => {
      throw new Error('secret detail');
    };
    const { url } = await startEndpoint([jsonService({ Break: breakDown })], {
      reportFault: (fault) => void faults.push(fault),
    });

    const answer = await sendRaw(url, { headers: target('Break') });

    const requestId = answer.headers['x-amzn-requestid'] as string;
    expect(answer).toMatchObject({ status: 500, headers: { 'x-amzn-errortype': 'InternalFailure' } });
    expect(answer.body).toContain(requestId);
    expect(answer.body).not.toContain('secret');
    expect(faults).toMatchObject([
      { service: 'things', operation: 'Break', requestId, error: { message: 'secret detail' } },
    ]);
  });
});
