import { describe, expect, it } from 'vitest';
import { renderPipelineRuns } from '../../../../src/report/html/pipeline-page.ts';
import { renderRunGroups } from '../../../../src/report/html/run-list.ts';
import { renderRun } from '../../../../src/report/html/run-page.ts';
import { running } from '../../../fixtures/report/other-runs.ts';
import { REPORTS } from '../../../fixtures/report/reports.ts';
import { PAGE_LINKS, SUMMARIES } from '../../../fixtures/report/run-summaries.ts';
import { published } from '../../../fixtures/report/sample-runs.ts';

const idsOf = (html: unknown): readonly string[] =>
  [...String(html).matchAll(/ id="([^"]*)"/g)].map(([, id = '']) => id);

const FRAGMENTS = {
  ...Object.fromEntries(Object.entries(REPORTS).map(([name, report]) => [name, renderRun(report)])),
  'list of runs': renderRunGroups(SUMMARIES, PAGE_LINKS),
  'runs of a pipeline': renderPipelineRuns(SUMMARIES.slice(0, 30), PAGE_LINKS),
};

describe.each(Object.entries(FRAGMENTS))('what another page shows of a report: %s', (_, html) => {
  it('gives no ID to two elements', () => {
    expect(idsOf(html).toSorted()).toEqual([...new Set(idsOf(html))].toSorted());
  });

  it('gives an ID to everything that a reader can open', () => {
    expect(String(html).match(/<details(?![^>]* id=")/g)).toBeNull();
  });

  it('has no style of a single element, which the policy of the page would not allow', () => {
    expect(String(html)).not.toMatch(/ style="/);
  });
});

it('a run has the same elements while it runs and when it has ended', () => {
  const [before, after] = [running, published].map((report) => idsOf(renderRun(report)));

  expect(before?.filter((id) => !after?.includes(id))).toEqual([]);
});
