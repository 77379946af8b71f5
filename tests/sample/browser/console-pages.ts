import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { browserPages, type OpenedPage } from '../../fixtures/browser-page.ts';
import { type ConsoleStack, startConsoleStack } from '../console/console-stack.ts';

type Page = OpenedPage['page'];

/** The console in a browser, on a stack of its own for each test or for all tests of a file. */
export function consolePages(stackFor: 'each test' | 'all tests') {
  const pages = browserPages();
  const opened: OpenedPage[] = [];
  let stack: ConsoleStack;
  const start = async (options?: Parameters<typeof startConsoleStack>[0]) => {
    stack = await startConsoleStack(options);
  };
  const [before, after] = stackFor === 'each test' ? [beforeEach, afterEach] : [beforeAll, afterAll];
  before(() => start());
  afterEach(async () => {
    await Promise.all(opened.splice(0).map(({ page }) => page.close()));
  });
  after(() => stack.close());

  return {
    async open(path = '/'): Promise<Page> {
      const one = await pages.openAddress(`${stack.url}${path}`);
      opened.push(one);
      // Says whether the document is still the same: nothing may need a reload.
      await one.page.evaluate('window.isFirst = true');
      return one.page;
    },
    /** Ends the local AWS, and starts another at the same address. */
    async startAnew(meanwhile: () => Promise<void>): Promise<void> {
      const port = Number(new URL(stack.url).port);
      await stack.close();
      await meanwhile();
      await start({ port });
    },
    /** Everything that a browser complained of. */
    problems: () => opened.flatMap((one) => one.problems),
  };
}

/** Whether a page was loaded again since it was opened. */
export async function isReloaded(page: Page): Promise<boolean> {
  return (await page.evaluate('window.isFirst')) !== true;
}
