import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { RedshiftDataClient } from '@aws-sdk/client-redshift-data';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SNSClient } from '@aws-sdk/client-sns';
import { afterEach, describe, expect, it } from 'vitest';
import { requestHandler } from '../../../src/aws/request-handler.ts';
import { describeStatement } from '../../../src/data-api/describe.ts';
import { readHold } from '../../../src/executions/hold.ts';
import { listExecutions } from '../../../src/executions/list-executions.ts';
import { publish } from '../../../src/notifications/publish.ts';

const MACHINE = 'arn:aws:states:eu-central-1:123456789012:stateMachine:load-orders-dev';
const message = { subject: 'x', body: 'x', forms: {}, faults: [], attributes: {} };

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  server = undefined;
});

/** A server that answers every call so, SNS's in the XML of the Query protocol; undefined never answers. */
async function serve(answer?: { readonly status: number; readonly type: string }): Promise<string> {
  const started = createServer((request, response) => {
    request.resume();
    if (answer === undefined) return;
    const { status, type } = answer;
    const isQuery = request.headers['content-type']?.includes('x-www-form-urlencoded');
    response.writeHead(status, { 'content-type': isQuery ? 'text/xml' : 'application/x-amz-json-1.0' });
    response.end(
      isQuery
        ? `<ErrorResponse><Error><Type>Sender</Type><Code>${type}</Code><Message>said so</Message></Error></ErrorResponse>`
        : JSON.stringify({ __type: type, message: 'said so' }),
    );
  });
  server = started;
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(started.address() as AddressInfo).port}`;
}

/** The product's own calls, with the SDK's clients as they are deployed. */
function calls(endpoint: string) {
  const config = {
    ...{ endpoint, region: 'eu-central-1', maxAttempts: 1, requestHandler: requestHandler(200) },
    credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
  };
  return {
    'Step Functions': () => readHold(new SFNClient(config), MACHINE),
    'Step Functions lists': () => Array.fromAsync(listExecutions(new SFNClient(config), MACHINE)),
    SNS: () => publish(new SNSClient(config), 'arn:aws:sns:eu-central-1:123456789012:topic', message),
    'the Data API': () => describeStatement(new RedshiftDataClient(config), 'id-1'),
  };
}

const unavailable = (who: string) => (who === 'the Data API' ? 'RedshiftUnavailable' : 'ServiceUnavailable');
const services = ['Step Functions', 'Step Functions lists', 'SNS', 'the Data API'] as const;

describe.each(services)('a call of %s', (who) => {
  it.each(['http://127.0.0.1:1', 'http://localhost:1', 'http://no-such-host.invalid'])(
    'is tried again where nothing is reached at %s',
    async (endpoint) => {
      await expect(calls(endpoint)[who]()).rejects.toMatchObject({ name: unavailable(who) });
    },
  );

  it('is tried again where no answer comes in time', async () => {
    const endpoint = await serve();

    await expect(calls(endpoint)[who]()).rejects.toMatchObject({ name: unavailable(who) });
  });

  it.each([
    { status: 400, type: 'ThrottlingException' },
    { status: 500, type: 'InternalFailure' },
    { status: 503, type: 'ServiceUnavailable' },
  ])('is tried again when it is answered $type', async (answer) => {
    const endpoint = await serve(answer);

    await expect(calls(endpoint)[who]()).rejects.toMatchObject({ name: unavailable(who) });
  });

  it.each([
    { status: 400, type: 'AccessDeniedException' },
    { status: 400, type: 'ValidationException' },
    { status: 403, type: 'UnrecognizedClientException' },
  ])('is not tried again when it is refused with $type', async (answer) => {
    const endpoint = await serve(answer);

    await expect(calls(endpoint)[who]()).rejects.toMatchObject({
      name: 'InvalidConfig',
      message: expect.stringMatching(/refused/),
    });
  });
});
