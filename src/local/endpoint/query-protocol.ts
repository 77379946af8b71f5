import type { AwsError } from '../aws-error.ts';
import type { Service } from '../contracts.ts';
import type { Answer, Call, Exchange, Protocol } from './exchange.ts';
import { decodeForm } from './query-form.ts';
import { findOperation, unknownService } from './service-listing.ts';

/** Bytes. SNS and SQS take messages of 256 KiB to 1 MiB, and a form's escapes take room. */
const BODY_LIMIT = 2 * 1024 * 1024;

/**
 * The AWS query protocol: a form with `Action` and `Version`, answered in XML.
 * https://smithy.io/2.0/aws/protocols/aws-query-protocol.html
 */
export const queryProtocol: Protocol = (request, services) => {
  if (!request.headers['content-type']?.startsWith('application/x-www-form-urlencoded')) return undefined;
  let call: { readonly service: Service; readonly action: string } | undefined;
  const exchange: Exchange = {
    bodyLimit: BODY_LIMIT,
    decode: (body) => {
      const form = new URLSearchParams(body);
      const action = form.get('Action') ?? '';
      const service = findService(services, action, form.get('Version'));
      call = { service, action };
      return decodeCall(service, action, form);
    },
    writeResult: (output, requestId) => writeResult(output, requestId, call),
    writeError: (error, requestId) => writeError(error, requestId, call?.service),
  };
  return exchange;
};

function findService(services: readonly Service[], action: string, version: string | null): Service {
  const candidates = services.filter(({ query }) => query && (version === null || query.version === version));
  const service = candidates.find(({ operations }) => Object.hasOwn(operations, action)) ?? candidates[0];
  if (service) return service;
  throw unknownService(`the query request Action=${action}&Version=${version ?? ''}`, services);
}

function decodeCall(service: Service, action: string, form: URLSearchParams): Call {
  const run = findOperation(service, action);
  form.delete('Action');
  form.delete('Version');
  return { service: service.name, operation: action, run, input: decodeForm(form, service.query?.flattened) };
}

function writeResult(
  output: object,
  requestId: string,
  call: { readonly service: Service; readonly action: string } | undefined,
): Answer {
  const action = call?.action ?? '';
  const query = call?.service.query;
  const result = `<${action}Result>${writeXml(output, query?.flattened)}</${action}Result>`;
  const metadata = `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata>`;
  const body = `<${action}Response xmlns="${query?.namespace}">${result}${metadata}</${action}Response>`;
  return { status: 200, headers: XML, body };
}

function writeError(error: AwsError, requestId: string, service: Service | undefined): Answer {
  const type = `<Type>${error.status < 500 ? 'Sender' : 'Receiver'}</Type>`;
  const code = `<Code>${escapeXml(service?.query?.errorCodes?.[error.name] ?? error.name)}</Code>`;
  const content = `<Error>${type}${code}<Message>${escapeXml(error.message)}</Message></Error>`;
  const namespace = service?.query ? ` xmlns="${service.query.namespace}"` : '';
  const body = `<ErrorResponse${namespace}>${content}<RequestId>${requestId}</RequestId></ErrorResponse>`;
  return { status: error.status, headers: XML, body };
}

const XML = { 'content-type': 'text/xml' };

/** Members of an answer; undefined ones are left out. */
type XmlValue = unknown;

/**
 * Writes an operation's output as elements: lists as `member` items and maps as `entry` items, or, where `flattened`
 * names the item, as repeated elements of that name.
 */
export function writeXml(output: object, flattened: Readonly<Record<string, string>> = {}): string {
  return Object.entries(output)
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([name, value]) => writeMember(name, value, flattened))
    .join('');
}

/** Text for an element's content. Characters that XML 1.0 cannot hold are replaced. */
export function escapeXml(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replace(/[&<>"\r]/g, (character) => `&#${character.charCodeAt(0)};`);
}

function writeMember(name: string, value: XmlValue, flattened: Readonly<Record<string, string>>): string {
  const item = flattened[name];
  if (Array.isArray(value)) {
    const items = value.map((entry) => element(item ?? 'member', writeValue(entry, flattened))).join('');
    return item ? items : element(name, items);
  }
  if (item && typeof value === 'object' && value !== null) {
    return Object.entries(value)
      .map(([key, entry]) => element(item, element('Name', escapeXml(key)) + writeMapValue(entry, flattened)))
      .join('');
  }
  return element(name, writeValue(value, flattened));
}

const writeMapValue = (value: XmlValue, flattened: Readonly<Record<string, string>>) =>
  element('Value', writeValue(value, flattened));

const writeValue = (value: XmlValue, flattened: Readonly<Record<string, string>>): string =>
  typeof value === 'object' && value !== null ? writeXml(value, flattened) : escapeXml(String(value));

const element = (name: string, content: string) => `<${name}>${content}</${name}>`;
