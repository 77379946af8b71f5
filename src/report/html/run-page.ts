import type { Report } from '../report.ts';
import { renderDocument } from './document.ts';
import { renderEvents } from './events.ts';
import { renderGraph } from './graph.ts';
import { renderAudits, renderLoad, renderSources } from './load-sections.ts';
import { type Markup, markup } from './markup.ts';
import { renderKeyFigures, renderOutcome } from './outcome.ts';
import { OUTCOME_LOOKS } from './state-look.ts';
import { renderSteps } from './steps-table.ts';
import { renderTimeline } from './timeline.ts';
import { renderTrouble } from './trouble.ts';

/** Where a page of a run leads to, where there is more than this page. */
export interface RunLinks {
  /** The list of runs. */
  readonly index?: string;
  /** The page of the run's pipeline. */
  readonly pipeline?: string;
}

/** The report of a run as a page that needs nothing else. */
export function renderReport(report: Report, links: RunLinks = {}): string {
  const { word, tone } = OUTCOME_LOOKS[report.outcome.state];
  return renderDocument({
    tone,
    title: `${word}: ${report.pipeline} ${report.name}`,
    body: markup`${links.index !== undefined && markup`<nav class="trail" aria-label="Pages"><a href="${links.index}">All runs</a></nav>`}
<main id="main" tabindex="-1">${renderRun(report, links)}</main>`,
  });
}

/**
 * The content of the page of a run, to stand in another page and to be made anew while the run goes on. IDs of its elements stay
 * the same. What a reader has opened (`details`, each with an ID) is not part of it.
 */
export function renderRun(report: Report, links: RunLinks = {}): Markup {
  return markup`<article class="run" id="run">
${renderOutcome(report, links.pipeline)}
${renderTrouble(report)}
${renderKeyFigures(report)}
${renderGraph(report)}
${renderTimeline(report)}
${renderSteps(report)}
${renderAudits(report)}
${renderLoad(report)}
${renderEvents(report)}
${renderSources(report)}
</article>`;
}
