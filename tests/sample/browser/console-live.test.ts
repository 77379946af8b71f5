import { describe, expect, it } from 'vitest';
import { consolePages, isReloaded } from './console-pages.ts';

const { open, problems, startAnew } = consolePages('each test');

describe('a page of the console', () => {
  it('loads by a button, and two pages see the steps go by without a reload', async () => {
    const [first, second] = [await open(), await open()];

    await first.getByRole('button', { name: /^Load/ }).first().click();
    await second.locator('.runs a').first().waitFor();
    await second.locator('.runs a').first().click();
    await second.locator('#outcome.good').waitFor();
    await first.locator('.runs .state.good').waitFor();

    expect(await second.locator('#steps').textContent()).toContain('dbo.sp_load_fact_sales');
    expect(await first.locator('#notifications').textContent()).toContain('SUCCEEDED');
    expect(await isReloaded(first)).toBe(false);
    expect(problems()).toEqual([]);
  });

  it('keeps focus, what is opened and what is being written while a page changes', async () => {
    const page = await open();
    await page.getByRole('button', { name: /^Load/ }).first().click();
    await page.locator('#notification-1 > summary').click();
    await page.getByRole('button', { name: /^Hold/ }).first().focus();

    await page.getByRole('button', { name: /^Load/ }).first().press('Enter');
    await page.locator('#notification-2').waitFor();

    expect(await page.locator('#notification-1').getAttribute('open')).not.toBeNull();
    expect(await page.evaluate('document.activeElement.textContent')).toContain('Load');
  });

  it('recovers when the local AWS was stopped and started again, and leads away from a run that is gone', async () => {
    const [list, run] = [await open(), await open()];
    await list.getByRole('button', { name: /^Load/ }).first().click();
    await run.locator('.runs .state.good').waitFor();
    await run.locator('.runs a').first().click();
    await run.locator('#outcome.good').waitFor();

    await startAnew(() => list.getByText('Not connected').waitFor());
    await list.getByText('No run yet').waitFor();
    await run.locator('#gone').waitFor();

    expect(await run.locator('#gone').textContent()).toContain('is gone');
    await run.getByRole('button', { name: /^Load/ }).first().click();
    await list.locator('.runs .state.good').waitFor();
  });
});
