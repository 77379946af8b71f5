import { markup, outside } from '../../report/html/markup.ts';
import { renderPipelineRuns } from '../../report/html/pipeline-page.ts';
import type { RunSummary } from '../../report/report.ts';
import { LINKS } from '../place.ts';
import type { ConsolePage } from './layout.ts';

/** The runs of a pipeline, and how long they took. */
export function pipelinePage(pipeline: string, runs: readonly RunSummary[]): ConsolePage {
  return {
    title: `${pipeline}: local AWS`,
    isLive: true,
    body: markup`<h1 class="list-title">${outside(pipeline)}</h1>${renderPipelineRuns(runs, LINKS)}`,
  };
}
