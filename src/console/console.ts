import { randomBytes, randomUUID } from 'node:crypto';
import { getRequestListener } from '@hono/node-server';
import { systemClock } from '../clock.ts';
import type { Pipeline } from '../definition/pipeline.ts';
import type { Pages } from '../local/index.ts';
import type { Stack } from '../local-stage/stack.ts';
import { createBreakage } from './actions/breakage.ts';
import { createApp } from './app.ts';
import { readAssets } from './assets.ts';
import { createChanges } from './live/changes.ts';
import { createNotices } from './notices.ts';
import type { PageSources } from './pages/find-page.ts';
import { CONSOLE_PATH } from './place.ts';
import { createReports } from './read/read-reports.ts';
import { showStack } from './shown-stack.ts';

export interface ConsoleOptions {
  readonly pipelines: readonly Pipeline[];
  /** Whether statements of the SQL page may write. @default false */
  readonly mayWrite?: boolean | undefined;
}

/** The local console: pages beside the API of a local AWS. */
export interface LocalConsole {
  /** For the local AWS, which serves them; they wait for {@link attach}. */
  readonly pages: Pages;
  /** Takes a message that was published, and its forms. */
  notify(message: string, subject?: string, forms?: Readonly<Record<string, string>>): void;
  /** Shows a stack that has started. */
  attach(stack: Stack): void;
  /** Ends what it has opened; the stack is closed by whoever started it. */
  close(): void;
}

/** @see LocalConsole */
export function createConsole({ pipelines, mayWrite = false }: ConsoleOptions): LocalConsole {
  const changes = createChanges();
  const notices = createNotices();
  const attached = Promise.withResolvers<PageSources>();
  const endings: (() => void)[] = [];
  const closing = new AbortController();
  const app = createApp({
    self: { instance: randomUUID(), token: randomBytes(32).toString('base64url') },
    assets: readAssets(),
    changes,
    sources: attached.promise,
    isReady: () => endings.length > 0,
    closing: closing.signal,
  });
  return {
    pages: { path: CONSOLE_PATH, listener: getRequestListener(app.fetch, { overrideGlobalObjects: false }) },
    notify(message, subject, forms) {
      notices.add(systemClock.now(), message, subject, forms);
      changes.tell();
    },
    attach(stack) {
      const shown = showStack(stack, pipelines);
      const reports = createReports(shown);
      const stopListening = stack.stepFunctions.onHistoryEvent((executionArn) => {
        reports.forget(executionArn);
        changes.tell();
      });
      endings.push(stopListening, shown.close);
      attached.resolve({ shown, reports, notices, mayWrite, breakage: createBreakage(shown) });
    },
    close() {
      closing.abort();
      for (const end of endings.splice(0)) end();
    },
  };
}
