import { createConsole } from '../../../src/console/console.ts';
import type { SampleStackOptions } from '../../../src/local-stage/fill-sample-stack.ts';
import { pipelines } from '../../../src/pipelines/index.ts';
import { type RawAnswer, type RawRequest, sendRaw } from '../../fixtures/raw-http.ts';
import { type Sample, startSample } from '../sample-stack.ts';

export const PIPELINE = 'redshift-elt-load-customer-sales';

/** The sample on a local stack with the console, as a browser has it. */
export interface ConsoleStack {
  readonly sample: Sample;
  readonly url: string;
  /** What a page shows that it is one of the console. */
  readonly credentials: Readonly<Record<string, string>>;
  get(path: string): Promise<RawAnswer>;
  /** Sends what a page's form sends. */
  post(path: string, fields?: Readonly<Record<string, string>>, request?: RawRequest): Promise<RawAnswer>;
  /** The stream of a page. */
  follow(path: string): Promise<PageStream>;
  close(): Promise<void>;
}

/** The events of a stream, one by one. */
export interface PageStream {
  next(event: string): Promise<string>;
  /** Waits until what is shown has a text in it. */
  until(text: string): Promise<string>;
  close(): Promise<void>;
}

export async function startConsoleStack(
  options: Partial<SampleStackOptions> & { readonly mayWrite?: boolean } = {},
): Promise<ConsoleStack> {
  const { mayWrite, ...stackOptions } = options;
  const localConsole = createConsole({ pipelines, mayWrite });
  const sample = await startSample({
    ...stackOptions,
    pages: localConsole.pages,
    onNotification: localConsole.notify,
  });
  localConsole.attach(sample.stack);
  const { url } = sample.stack;
  const get = (path: string) => sendRaw(url, { method: 'GET', path });
  const [, token = ''] = /console-token" content="([^"]+)"/.exec((await get('/')).body) ?? [];
  const credentials = { origin: url, 'x-console-token': token };
  return {
    ...{ sample, url, credentials, get },
    post: (path, fields = {}, request = {}) =>
      sendRaw(url, {
        path,
        headers: { ...credentials, 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams(fields).toString(),
        ...request,
      }),
    follow: (path) => followStream(`${url}/console/events?at=${encodeURIComponent(path)}`),
    close: async () => {
      localConsole.close();
      await sample.close();
    },
  };
}

async function followStream(address: string): Promise<PageStream> {
  const { body } = await fetch(address);
  const reader = (body as ReadableStream<Uint8Array<ArrayBuffer>>)
    .pipeThrough(new TextDecoderStream())
    .getReader();
  let text = '';
  let shown = '';
  const next = async (event: string): Promise<string> => {
    for (;;) {
      const end = text.indexOf('\n\n');
      if (end >= 0) {
        const [name, data = ''] = text.slice(0, end).split('\n');
        text = text.slice(end + 2);
        if (name === `event: ${event}`) return data.replace('data: ', '');
        continue;
      }
      const { done, value } = await reader.read();
      if (done) throw new Error('The stream has ended.');
      text += value;
    }
  };
  return {
    next,
    until: async (wanted) => {
      while (!shown.includes(wanted))
        shown = (JSON.parse(await next('page')) as { readonly html: string }).html;
      return shown;
    },
    close: () => reader.cancel(),
  };
}
