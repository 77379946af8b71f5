import { DatabaseMigrationServiceClient } from '@aws-sdk/client-database-migration-service';
import { RedshiftDataClient } from '@aws-sdk/client-redshift-data';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SNSClient } from '@aws-sdk/client-sns';
import { AwsError } from '../../local/parts.ts';
import type { ApiCall } from './direct-clients.ts';
import type { Clients } from './functions.ts';

interface WireRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

interface WireResponse {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

const requestHandler = {
  handle: async (request: WireRequest, { call }: { readonly call: ApiCall }) => ({
    response: await answer(call, request),
  }),
};

const CONFIG = {
  region: 'us-east-1',
  credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
  maxAttempts: 1,
  requestHandler: requestHandler as never,
  signer: { sign: async (request: unknown) => request } as never,
};

/** One of each for all worlds: making them costs more than what they send. */
const CLIENTS: Clients = {
  api: new RedshiftDataClient(CONFIG),
  dms: new DatabaseMigrationServiceClient(CONFIG),
  sfn: new SFNClient(CONFIG),
  sns: new SNSClient(CONFIG),
};

/**
 * The SDK's own clients. What they would send over the network is answered in this process: serialised, parsed, and with
 * AWS's error shapes.
 */
export function createSdkClients(call: ApiCall): Clients {
  const calling = <Client extends { send: unknown }>(client: Client): Client => {
    const send = client.send as (command: unknown, options: object) => Promise<unknown>;
    return { send: (command: unknown) => send.call(client, command, { call }) } as unknown as Client;
  };
  const { api, dms, sfn, sns } = CLIENTS;
  return { api: calling(api), dms: calling(dms), sfn: calling(sfn), sns: calling(sns) };
}

async function answer(call: ApiCall, { headers, body = '' }: WireRequest): Promise<WireResponse> {
  const text = typeof body === 'string' ? body : new TextDecoder().decode(body);
  const target = headers['x-amz-target'];
  if (target === undefined) return answerQuery(call, new URLSearchParams(text));
  try {
    return json(200, await call(target.split('.').at(-1) ?? '', JSON.parse(text)));
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return json(error.status, { __type: error.name, message: error.message });
  }
}

/** SNS speaks the query protocol. */
async function answerQuery(call: ApiCall, form: URLSearchParams): Promise<WireResponse> {
  const action = form.get('Action') ?? '';
  try {
    const { MessageId } = (await call(action, Object.fromEntries(form))) as { MessageId?: string };
    const result = `<${action}Result><MessageId>${MessageId}</MessageId></${action}Result>`;
    return xml(200, `<${action}Response>${result}</${action}Response>`);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    const code = `<Code>${error.name}</Code><Message>${error.message}</Message>`;
    return xml(error.status, `<ErrorResponse><Error>${code}</Error></ErrorResponse>`);
  }
}

function json(statusCode: number, body: object): WireResponse {
  return response(statusCode, 'application/x-amz-json-1.1', JSON.stringify(body));
}

function xml(statusCode: number, body: string): WireResponse {
  return response(statusCode, 'text/xml', body);
}

function response(statusCode: number, contentType: string, body: string): WireResponse {
  return { statusCode, headers: { 'content-type': contentType }, body: new TextEncoder().encode(body) };
}
