import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { type WatchedEndpoint, watchEndpoint } from '../../fixtures/endpoint/watched-endpoint.ts';

/** A local endpoint that has stacks, too: CloudFormation answers with templates as AWS does, in XML. */
export interface StackEndpoint extends WatchedEndpoint {
  /** Template of each stack by its name. */
  readonly stacks: Map<string, string>;
}

/** Stands before a local endpoint, and notes what it is asked. */
export async function serveStacks(endpoint: string): Promise<StackEndpoint> {
  const watched = await watchEndpoint(endpoint);
  const stacks = new Map<string, string>();
  const calls: string[] = [];
  const server = createServer(async (incoming, outgoing) => {
    const body = await buffer(incoming);
    const form = new URLSearchParams(body.toString());
    const action = form.get('Action');
    if (action === null) {
      const forwarded = await fetch(watched.url, {
        method: incoming.method ?? 'POST',
        headers: Object.entries(incoming.headers).flatMap(([name, value]) =>
          ['host', 'connection', 'content-length'].includes(name)
            ? []
            : [[name, String(value)] as [string, string]],
        ),
        ...(incoming.method === 'HEAD' ? {} : { body }),
      });
      const type = forwarded.headers.get('content-type') ?? '';
      outgoing.writeHead(forwarded.status, { 'content-type': type });
      return outgoing.end(await forwarded.text());
    }
    calls.push(`CloudFormation.${action}`);
    const name = form.get('StackName') ?? '';
    const template = stacks.get(name);
    outgoing.writeHead(template === undefined ? 400 : 200, { 'content-type': 'text/xml' });
    outgoing.end(template === undefined ? missing(name) : answer(template));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    ...{ url: `http://127.0.0.1:${port}`, stacks, statements: watched.statements },
    get calls() {
      return [...watched.calls, ...calls];
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      await watched.close();
    },
  };
}

const NAMESPACE = 'http://cloudformation.amazonaws.com/doc/2010-05-15/';

function answer(template: string): string {
  const text = template.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return `<GetTemplateResponse xmlns="${NAMESPACE}"><GetTemplateResult><TemplateBody>${text}</TemplateBody></GetTemplateResult></GetTemplateResponse>`;
}

function missing(stack: string): string {
  return `<ErrorResponse xmlns="${NAMESPACE}"><Error><Type>Sender</Type><Code>ValidationError</Code><Message>Stack with id ${stack} does not exist</Message></Error></ErrorResponse>`;
}
