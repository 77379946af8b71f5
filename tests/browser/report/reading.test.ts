import { expect, it } from 'vitest';
import { renderPipeline } from '../../../src/report/html/pipeline-page.ts';
import { renderIndex } from '../../../src/report/html/run-list.ts';
import { renderReport } from '../../../src/report/html/run-page.ts';
import { accessFaults, browserPages, type OpenedPage, overflowAt } from '../../fixtures/browser-page.ts';
import { failed } from '../../fixtures/report/failed-runs.ts';
import { HOSTILE_TEXTS } from '../../fixtures/report/hostile-runs.ts';
import { manyEvents } from '../../fixtures/report/large-runs.ts';
import { REPORTS } from '../../fixtures/report/reports.ts';
import { PAGE_LINKS, SUMMARIES } from '../../fixtures/report/run-summaries.ts';

const pages = browserPages();

const PAGES = {
  index: renderIndex('Runs of stage prod', SUMMARIES, PAGE_LINKS),
  pipeline: renderPipeline(SUMMARIES[0]?.pipeline ?? '', SUMMARIES, PAGE_LINKS),
  'empty-index': renderIndex('Runs of stage prod', [], PAGE_LINKS),
};

it.each(Object.entries(PAGES))(
  'the page of runs is readable at every width and in all colours: %s',
  async (name, html) => {
    const { page, problems, requests } = await pages.openFile(name, html);

    expect(await accessFaults(page)).toEqual([]);
    expect(await overflowAt(page, 400)).toBe(0);
    expect(await overflowAt(page, 1600)).toBe(0);
    expect(problems).toEqual([]);
    expect(requests).toHaveLength(1);
  },
);

it('everything that can be used is reached by the keyboard, in the order of the page, and shows that it is', async () => {
  const opened = await pages.openFile('keyboard', renderReport(failed, { index: 'index.html' }));
  const usable = await opened.page
    .locator('a[href], button, summary, [tabindex="0"]')
    .filter({ visible: true })
    .count();

  const reached = await tabThrough(opened, usable);

  expect(usable).toBeGreaterThan(20);
  expect(new Set(reached.map(({ place }) => place)).size).toBe(usable);
  expect(reached.map(({ place }) => place)).toEqual(
    reached.map(({ place }) => place).toSorted((a, b) => a - b),
  );
  expect(reached.filter(({ isShown }) => !isShown)).toEqual([]);
});

/** Of the element that has the focus: where in the page it stands, and whether it shows that it has it. */
const FOCUSED = `(() => {
  const element = document.activeElement;
  const box = element.querySelector('rect');
  return {
    place: [...document.querySelectorAll('*')].indexOf(element),
    text: element.textContent.slice(0, 40),
    isShown: getComputedStyle(element).outlineStyle !== 'none' || getComputedStyle(box).strokeWidth === '3px',
  };
})()`;

interface Focused {
  readonly place: number;
  readonly text: string;
  readonly isShown: boolean;
}

/** Presses Tab, and tells of each element that got the focus. */
async function tabThrough({ page }: OpenedPage, times: number): Promise<readonly Focused[]> {
  const reached: Focused[] = [];
  for (let press = 0; press < times; press += 1) {
    await page.keyboard.press('Tab');
    reached.push(await page.evaluate<Focused>(FOCUSED));
  }
  return reached;
}

it('a button copies the command beside it', async () => {
  const { page } = await pages.openFile('copy', renderReport(failed));
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const command = page.locator('.trouble .command').first();

  await command.getByRole('button').click();

  await expect.poll(() => command.getByRole('button').textContent()).toBe('Copied');
  expect(await page.evaluate('navigator.clipboard.readText()')).toBe(
    failed.trouble?.repairs[0]?.actions[0]?.commands[0],
  );
});

it('texts from outside are text: none runs, and each is read as it was written', async () => {
  const { page } = await pages.openFile('hostile-texts', renderReport(REPORTS.hostile ?? failed));

  expect(await page.title()).not.toMatch(/^(?:taken|1)$/);
  expect(await page.locator('img, h1 *:not(bdi), script').count()).toBe(1);
  expect(await page.locator('body').textContent()).toContain(HOSTILE_TEXTS[0]);
  expect(await page.locator('body').textContent()).toContain('⟨U+202E⟩black to front');
});

it('a long history is folded but for its failures, and unfolds', async () => {
  const { page } = await pages.openFile('long-history', renderReport(manyEvents));
  const events = page.locator('#events tbody tr.bad').filter({ visible: true });

  expect(await events.count()).toBe(
    2 * manyEvents.events.filter(({ failure }) => failure !== undefined).length,
  );
  await page.locator('#events-9 summary').click();
  expect(await page.locator('#events-9').getByText('5000').isVisible()).toBe(true);
});

it('on paper every repair is open, and nothing is dark', async () => {
  const { page } = await pages.openFile('printed', renderReport(failed));

  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });

  expect(await overflowAt(page, 720)).toBe(0);

  const commands = page.locator('.trouble .command code');
  for (const command of await commands.all()) expect(await command.isVisible()).toBe(true);
  expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)');
});
