import { XmlNode } from '@aws-sdk/xml-builder';
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
  const root = new XmlNode(`${action}Response`, [
    new XmlNode(`${action}Result`, writeMembers(output, query)),
    new XmlNode('ResponseMetadata', [leaf('RequestId', requestId)]),
  ]);
  return answer(200, root, query?.namespace);
}

function writeError(error: AwsError, requestId: string, service: Service | undefined): Answer {
  const content = new XmlNode('Error', [
    leaf('Type', error.status < 500 ? 'Sender' : 'Receiver'),
    leaf('Code', service?.query?.errorCodes?.[error.name] ?? error.name),
    leaf('Message', error.message),
  ]);
  const root = new XmlNode('ErrorResponse', [content, leaf('RequestId', requestId)]);
  return answer(error.status, root, service?.query?.namespace);
}

function answer(status: number, root: XmlNode, namespace: string | undefined): Answer {
  const body = root.a('xmlns', namespace).toString();
  return { status, headers: { 'content-type': 'text/xml' }, body };
}

/** How lists and maps of a service are written. */
type Shapes = Pick<QueryBinding, 'flattened' | 'maps'>;

/**
 * An operation's output as elements: lists as `member` items, maps as `entry` items where `maps` names the member, or, where
 * `flattened` names the item, as repeated elements of that name. What is undefined is left out.
 */
export function writeMembers(output: object, shapes: Shapes = {}): XmlNode[] {
  return Object.entries(output)
    .filter(([, value]) => value !== undefined && value !== null)
    .flatMap(([name, value]) => writeMember(name, value, shapes));
}

function writeMember(name: string, value: unknown, shapes: Shapes): XmlNode[] {
  const item = shapes.flattened?.[name];
  if (Array.isArray(value)) {
    const items = value.map((entry) => writeValue(item ?? 'member', entry, shapes));
    return item ? items : [new XmlNode(name, items)];
  }
  if (typeof value === 'object' && value !== null) {
    if (item) return writeEntries(value, shapes, ['Name', 'Value'], item);
    if (shapes.maps?.includes(name))
      return [new XmlNode(name, writeEntries(value, shapes, ['key', 'value'], 'entry'))];
  }
  return [writeValue(name, value, shapes)];
}

function writeEntries(
  map: object,
  shapes: Shapes,
  [nameOfKey, nameOfValue]: readonly [string, string],
  item: string,
): XmlNode[] {
  return Object.entries(map).map(
    ([key, value]) => new XmlNode(item, [leaf(nameOfKey, key), writeValue(nameOfValue, value, shapes)]),
  );
}

function writeValue(name: string, value: unknown, shapes: Shapes): XmlNode {
  return typeof value === 'object' && value !== null
    ? new XmlNode(name, writeMembers(value, shapes))
    : leaf(name, String(value));
}

/** An element with a text, in which characters that XML 1.0 cannot hold are replaced. */
function leaf(name: string, text: string): XmlNode {
  return XmlNode.of(
    name,
    text.replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD'),
  );
}
