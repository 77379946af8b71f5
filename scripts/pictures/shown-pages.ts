import { hash } from 'node:crypto';
import { readAssets } from '../../src/console/assets.ts';
import { homePage } from '../../src/console/pages/home-page.ts';
import { renderPage } from '../../src/console/pages/layout.ts';
import { renderReport } from '../../src/report/html/run-page.ts';
import type { Report } from '../../src/report/report.ts';
import { summarizeReport } from '../../src/report/summarize.ts';

/** The runs that the pictures were taken of. */
export interface PicturedRuns {
  readonly published: Report;
  readonly failed: Report;
}

/** What a picture shows. */
export type PictureName = 'report' | 'failure' | 'console';

/** What the pages show now, of the runs that the pictures were taken of, as digests. They change when a page does. */
export function digestPages({ published, failed }: PicturedRuns): Readonly<Record<PictureName, string>> {
  const pipelines = [
    {
      name: published.pipeline,
      tasks: published.load.tasks.map(({ identifier }) => ({ identifier, status: 'stopped', rows: 0 })),
      runs: [failed, published].map(summarizeReport),
    },
  ];
  const home = homePage({ pipelines, notices: [], breakage: '', isBroken: false });
  const page = renderPage(home, { page: 'home' }, { instance: '', token: '' });
  return {
    report: digest(renderReport(published)),
    failure: digest(renderReport(failed)),
    console: digest(page + JSON.stringify(readAssets())),
  };
}

const digest = (text: string) => hash('sha256', text).slice(0, 16);
