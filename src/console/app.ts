import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { type SSEStreamingApi, streamSSE } from 'hono/streaming';
import type { Asset } from './assets.ts';
import { protectPages, requireOwnPage } from './guard.ts';
import type { Changes } from './live/changes.ts';
import { followPage } from './live/follow-page.ts';
import { findPage, type PageSources } from './pages/find-page.ts';
import { contentOf, type Process, renderPage } from './pages/layout.ts';
import { CONSOLE_PATH, type PagePlace, pathOf, readPlace } from './place.ts';
import { requests } from './requests.ts';

export interface AppOptions {
  readonly self: Process;
  readonly assets: Readonly<Record<string, Asset>>;
  readonly changes: Changes;
  /** Resolves when the stack is there. */
  readonly sources: Promise<PageSources>;
  /** Whether it is there. */
  readonly isReady: () => boolean;
  /** Aborted when the console closes: streams end. */
  readonly closing: AbortSignal;
}

/** Bytes of what a page may send. */
const BODY_LIMIT = 256 * 1024;
/** Milliseconds until a browser opens again a stream that has ended. */
const RETRY_MS = 500;

/** The console's answers to HTTP. Nothing changes by GET. */
export function createApp(options: AppOptions): Hono {
  const { self, assets, sources, changes } = options;
  const app = new Hono();
  app.use(protectPages);
  app.use(async (context, next) => {
    await next();
    context.header('Cache-Control', 'no-store');
  });
  app.onError((error, context) => context.text(`${error.name}: ${error.message}`, 500));

  app.get(`${CONSOLE_PATH}/events`, (context) => answerEvents(context, options));
  app.get('*', async (context, next) => {
    const asset = assetOf(assets, context.req.path);
    if (asset !== undefined) return context.body(asset.text, 200, { 'content-type': asset.type });
    const place = readPlace(pathAndQuery(context));
    if (place === undefined) return next();
    if (!options.isReady()) return context.text('The local AWS is starting.', 503, { refresh: '1' });
    return answerPage(context, await sources, place, self);
  });

  // The rest of the body is not read: the connection cannot be used again.
  const tooLarge = (context: Context) =>
    context.text(`At most ${BODY_LIMIT} bytes are taken.`, 413, { connection: 'close' });
  app.use(requireOwnPage(self.token), bodyLimit({ maxSize: BODY_LIMIT, onError: tooLarge }));
  for (const [path, answer] of Object.entries(requests)) {
    app.post(`${CONSOLE_PATH}/${path}`, async (context) => {
      const form = new URLSearchParams(await context.req.text());
      const { signal } = context.req.raw;
      const { text, isHtml, failed } = await answer(await sources, (name) => form.get(name) ?? '', signal);
      changes.tell();
      return isHtml ? context.html(text) : context.text(text, failed ? 400 : 200);
    });
  }
  return app;
}

/** Own properties only: a path may be called `constructor`. */
function assetOf(assets: Readonly<Record<string, Asset>>, path: string): Asset | undefined {
  const name = path.slice(CONSOLE_PATH.length + 1);
  return path.startsWith(`${CONSOLE_PATH}/`) && Object.hasOwn(assets, name) ? assets[name] : undefined;
}

function pathAndQuery({ req }: Context): string {
  const { pathname, search } = new URL(req.url);
  return `${pathname}${search}`;
}

async function answerPage(context: Context, sources: PageSources, place: PagePlace, self: Process) {
  const page = await findPage(sources, place);
  if (page !== undefined) return context.html(renderPage(page, place, self));
  if (place.page !== 'run') return context.notFound();
  return context.redirect(pathOf({ page: 'home', gone: place.name }), 303);
}

/** The stream of a page: which process serves it, and its content whenever it changes. */
function answerEvents(context: Context, options: AppOptions) {
  // A stream without a body would never end.
  if (context.req.method === 'HEAD') return context.body(null, 405);
  const place = readPlace(context.req.query('at') ?? '');
  return streamSSE(context, async (stream) => {
    const left = new AbortController();
    stream.onAbort(() => left.abort());
    const signal = AbortSignal.any([left.signal, options.closing]);
    // A page whose content cannot be made now asks again: the end of a stream makes a browser open it anew.
    await sendPages(stream, place, options, signal).catch(() => {});
  });
}

async function sendPages(
  stream: SSEStreamingApi,
  place: PagePlace | undefined,
  { self, sources, changes }: AppOptions,
  signal: AbortSignal,
): Promise<void> {
  const over = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
  // A browser that waits while the stack starts is told nothing until it is there.
  const known = await Promise.race([sources, over]);
  if (known === undefined) return;
  await stream.writeSSE({ event: 'instance', data: self.instance, retry: RETRY_MS });
  const page = place && (await findPage(known, place));
  if (place === undefined || page?.isLive !== true) return over;
  await followPage({
    ...{ changes, clock: known.shown.clock, signal },
    render: async () => contentOf((await findPage(known, place)) ?? page),
    send: async (data) => void (await stream.writeSSE({ event: 'page', data })),
  });
}
