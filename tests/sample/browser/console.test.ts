import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { accessFaults, browserPages, type OpenedPage, overflowAt } from '../../fixtures/browser-page.ts';
import { type ConsoleStack, startConsoleStack } from '../console/console-stack.ts';

const pages = browserPages();
let stack: ConsoleStack;
const opened: OpenedPage[] = [];

beforeEach(async () => {
  stack = await startConsoleStack();
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map(({ page }) => page.close()));
  await stack.close();
});

async function open(path = '/') {
  const one = await pages.openAddress(`${stack.url}${path}`);
  opened.push(one);
  // Says whether the document is still the same: nothing may need a reload.
  await one.page.evaluate('window.isFirst = true');
  return one.page;
}

const isReloaded = async (page: OpenedPage['page']) => (await page.evaluate('window.isFirst')) !== true;

/** Everything that a browser complained of. */
const problems = () => opened.flatMap((one) => one.problems);

describe('the console in a browser', () => {
  it('loads by a button, and two pages see the steps go by without a reload', async () => {
    const [first, second] = [await open(), await open()];

    await first.getByRole('button', { name: /^Load/ }).click();
    await second.locator('.runs a').first().waitFor();
    await second.locator('.runs a').first().click();
    await second.locator('#outcome.good').waitFor();
    await first.locator('.runs .state.good').waitFor();

    expect(await second.locator('#steps').textContent()).toContain('dbo.sp_load_fact_sales');
    expect(await first.locator('#notifications').textContent()).toContain('SUCCEEDED');
    expect(await isReloaded(first)).toBe(false);
    expect(problems()).toEqual([]);
  });

  it('breaks the sample by a button, shows how the run fails, repairs and redrives it, on two pages', async () => {
    const first = await open();
    await first.getByRole('button', { name: 'Break it' }).click();
    await first.getByRole('button', { name: /^Repair/ }).waitFor();
    await first.getByRole('button', { name: /^Load/ }).click();
    await first.locator('.runs .state.bad').waitFor();
    await first.locator('.runs a').first().click();
    await first.locator('#outcome.bad').waitFor();
    const second = await open(new URL(first.url()).pathname);

    expect(await first.locator('.trouble').textContent()).toContain('aws stepfunctions redrive-execution');
    expect(await accessFaults(first)).toEqual([]);

    await first.evaluate('window.isFirst = true');
    await first.getByRole('button', { name: 'Repair the procedures' }).click();
    await second.getByRole('button', { name: 'Repair the procedures' }).waitFor({ state: 'detached' });
    await second.getByRole('button', { name: 'Redrive the run' }).click();
    await Promise.all([first, second].map((page) => page.locator('#outcome.good').waitFor()));

    expect(await first.getByRole('button', { name: 'Redrive the run' }).count()).toBe(0);
    expect(await Promise.all([first, second].map(isReloaded))).toEqual([false, false]);
    expect(problems()).toEqual([]);
  });

  it('keeps focus, what is opened and what is being written while a page changes', async () => {
    const page = await open();
    await page.getByRole('button', { name: /^Load/ }).click();
    await page.locator('#notification-1 summary').click();
    await page.getByRole('button', { name: /^Hold/ }).focus();

    await page.getByRole('button', { name: /^Load/ }).press('Enter');
    await page.locator('#notification-2').waitFor();

    expect(await page.locator('#notification-1').getAttribute('open')).not.toBeNull();
    expect(await page.evaluate('document.activeElement.textContent')).toContain('Load');
  });

  it('runs SQL, and shows an error in the words of the warehouse', async () => {
    const page = await open('/console/sql');
    const statement = page.getByRole('textbox');

    await statement.fill('SELECT 7 AS seven');
    await page.getByRole('button', { name: 'Run' }).click();
    await page.getByRole('columnheader', { name: 'seven' }).waitFor();
    await statement.fill('DELETE FROM dbo.dim_cust');
    await statement.press('Control+Enter');
    await page.locator('.error').waitFor();

    expect(await page.locator('.error').textContent()).toContain(
      'ERROR: cannot execute DELETE in a read-only transaction',
    );
    expect(problems()).toEqual([]);
  });

  it.each(['/', '/console/sql', '/console/queues'])(
    'is readable at every width and in all colours: %s',
    async (path) => {
      const page = await open(path);

      expect(await accessFaults(page)).toEqual([]);
      expect(await overflowAt(page, 400)).toBe(0);
      expect(await overflowAt(page, 1600)).toBe(0);
      expect(problems()).toEqual([]);
    },
  );

  it('recovers when the local AWS was stopped and started again, and leads away from a run that is gone', async () => {
    const [list, run] = [await open(), await open()];
    await list.getByRole('button', { name: /^Load/ }).click();
    await run.locator('.runs .state.good').waitFor();
    await run.locator('.runs a').first().click();
    await run.locator('#outcome.good').waitFor();
    const port = Number(new URL(stack.url).port);

    await stack.close();
    await list.getByText('Not connected').waitFor();
    stack = await startConsoleStack({ port });
    await list.getByText('No run yet').waitFor();
    await run.locator('#gone').waitFor();

    expect(await run.locator('#gone').textContent()).toContain('is gone');
    await run.getByRole('button', { name: /^Load/ }).click();
    await list.locator('.runs .state.good').waitFor();
  });
});
