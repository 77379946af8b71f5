import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { groupDigits } from '../../../src/count.ts';
import { renderReport } from '../../../src/report/html/run-page.ts';
import { OUTCOME_LOOKS } from '../../../src/report/html/state-look.ts';
import { visibleText } from '../../../src/visible-text.ts';
import { accessFaults, browserPages, type OpenedPage, overflowAt } from '../../fixtures/browser-page.ts';
import { realReports } from '../../fixtures/report/real-runs.ts';
import { REPORTS } from '../../fixtures/report/reports.ts';
import { extent } from '../../fixtures/runner/extent.ts';

const pages = browserPages();
const all = { ...REPORTS, ...(await realReports()) };
/** `npm test` opens these. */
const SAMPLE = ['failed', 'hostile'];
const reports = Object.entries(all).filter(([name]) => extent(SAMPLE, Object.keys(all)).includes(name));
/** Those that axe-core looks at, which takes longest of all. */
const judged = extent(SAMPLE.slice(0, 1), Object.keys(all));

describe.each(reports)('the report of a run: %s', (name, report) => {
  let opened: OpenedPage;
  const textsOf = (selector: string) => opened.page.locator(selector).allTextContents();

  beforeAll(async () => {
    opened = await pages.openFile(name, renderReport(report));
  });
  afterAll(() => opened.page.close());

  it('says the outcome first, in a sentence and a word', async () => {
    expect(await textsOf('h1')).toEqual([visibleText(report.outcome.sentence)]);
    expect(await textsOf('.verdict')).toEqual([
      expect.stringContaining(OUTCOME_LOOKS[report.outcome.state].word),
    ]);
  });

  it('shows each step in table, graph and timeline, with the rows that it wrote', async () => {
    const names = report.rows.map((row) => visibleText(row.name));
    const rows = await textsOf('#steps tbody > tr');

    expect(await textsOf('#steps tbody th b')).toEqual(names);
    expect(await textsOf('.lane-name')).toEqual(names);
    expect(await opened.page.locator('.graph a').count()).toBe(names.length);
    for (const [index, { step }] of report.rows.entries()) {
      for (const { inserted } of step?.written ?? []) expect(rows[index]).toContain(groupDigits(inserted));
    }
  });

  it('shows the error whole, and a command of the repair without opening anything', async () => {
    const { trouble } = report;
    const command = opened.page.locator('.trouble .command code').first();

    expect(await textsOf('.happened .cause')).toEqual(
      trouble === undefined ? [] : [visibleText(trouble.cause)],
    );
    if (trouble !== undefined) {
      expect(await command.textContent()).toBe(
        visibleText(trouble.repairs[0]?.actions[0]?.commands[0] ?? ''),
      );
      expect(await command.isVisible()).toBe(true);
    }
  });

  it('leads from each box of the graph to its row', async () => {
    const targets = await opened.page.evaluate(
      `[...document.querySelectorAll('.graph a')].map((link) => document.getElementById(link.getAttribute('href').slice(1))?.tagName)`,
    );

    expect(targets).toEqual(report.rows.map(() => 'TR'));
  });

  if (judged.includes(name))
    it('is accessible in light and dark colours', async () => {
      expect(await accessFaults(opened.page)).toEqual([]);
    });

  it('is no wider than a telephone', async () => {
    expect(await overflowAt(opened.page, 400)).toBe(0);
  });

  it('asks for nothing but itself and complains of nothing', () => {
    expect(opened.problems).toEqual([]);
    expect(opened.requests.map((url) => new URL(url).protocol)).toEqual(['file:']);
  });
});
