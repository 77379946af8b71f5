import type { AwsError } from '../aws-error.ts';
import type { QueryBinding, Service } from '../contracts.ts';
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
  const result = `<${action}Result>${writeXml(output, query)}</${action}Result>`;
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

/** How lists and maps of a service are written. */
type Shapes = Pick<QueryBinding, 'flattened' | 'maps'>;

/**
 * Writes an operation's output as elements: lists as `member` items, maps as `entry` items where `maps` names the member, or, where
 * `flattened` names the item, as repeated elements of that name.
 */
export function writeXml(output: object, shapes: Shapes = {}): string {
  return Object.entries(output)
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([name, value]) => writeMember(name, value, shapes))
    .join('');
}

/** Text for an element's content. Characters that XML 1.0 cannot hold are replaced. */
export function escapeXml(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replace(/[&<>"\r]/g, (character) => `&#${character.charCodeAt(0)};`);
}

function writeMember(name: string, value: XmlValue, shapes: Shapes): string {
  const item = shapes.flattened?.[name];
  if (Array.isArray(value)) {
    const items = value.map((entry) => element(item ?? 'member', writeValue(entry, shapes))).join('');
    return item ? items : element(name, items);
  }
  if (typeof value === 'object' && value !== null) {
    if (item) return writeEntries(value, shapes, ['Name', 'Value'], item);
    if (shapes.maps?.includes(name))
      return element(name, writeEntries(value, shapes, ['key', 'value'], 'entry'));
  }
  return element(name, writeValue(value, shapes));
}

function writeEntries(
  map: object,
  shapes: Shapes,
  [nameOfKey, nameOfValue]: readonly [string, string],
  item: string,
): string {
  return Object.entries(map)
    .map(([key, value]) =>
      element(item, element(nameOfKey, escapeXml(key)) + element(nameOfValue, writeValue(value, shapes))),
    )
    .join('');
}

const writeValue = (value: XmlValue, shapes: Shapes): string =>
  typeof value === 'object' && value !== null ? writeXml(value, shapes) : escapeXml(String(value));

const element = (name: string, content: string) => `<${name}>${content}</${name}>`;
