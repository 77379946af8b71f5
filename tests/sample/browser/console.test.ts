import { describe, expect, it } from 'vitest';
import { accessFaults, overflowAt } from '../../fixtures/browser-page.ts';
import { consolePages, isReloaded } from './console-pages.ts';

const { open, problems } = consolePages('all tests');

describe('the console in a browser', () => {
  it('breaks the sample by a button, shows how the run fails, repairs and redrives it, on two pages', async () => {
    const first = await open();
    await first.getByRole('button', { name: 'Break it' }).click();
    await first.getByRole('button', { name: /^Repair/ }).waitFor();
    await first.getByRole('button', { name: /^Load/ }).first().click();
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
});
