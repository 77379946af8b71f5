import { count } from '../../count.ts';
import { clockText, dateText, durationText } from '../figures.ts';
import type { RunSummary } from '../report.ts';
import { renderDocument } from './document.ts';
import { elementId, type Markup, markup, outside } from './markup.ts';
import { OUTCOME_LOOKS, stateMark } from './state-look.ts';

/** Where the pages of runs and pipelines are. Each place that serves them has its own addresses. */
export interface PageLinks {
  readonly index: string;
  /** Undefined for a run that has no page: only the warehouse remembers it. */
  readonly run: (executionArn: string) => string | undefined;
  readonly pipeline: (pipeline: string) => string;
}

/** The page of all runs, by pipeline. @param title what the runs are of: `Runs of stage prod` */
export function renderIndex(title: string, runs: readonly RunSummary[], links: PageLinks): string {
  return renderDocument({
    title,
    body: markup`<main id="main" tabindex="-1"><h1 class="list-title">${title}</h1>${renderRunGroups(runs, links)}</main>`,
  });
}

/** The runs by pipeline, the newest first, to stand in another page. */
export function renderRunGroups(runs: readonly RunSummary[], links: PageLinks): Markup {
  if (runs.length === 0) return markup`<p class="hint" id="runs">There is no run yet.</p>`;
  const groups = [...Map.groupBy(newestFirst(runs), ({ pipeline }) => pipeline)];
  return markup`<div id="runs">${groups.map(([pipeline, own], index) => {
    const id = elementId('runs', pipeline, index);
    return markup`<section id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title"><a href="${links.pipeline(pipeline)}">${outside(pipeline)}</a></h2>${renderRunLines(own, links, id)}</section>`;
  })}</div>`;
}

/** A line of words for each run. @param prefix of the lines' IDs */
export function renderRunLines(runs: readonly RunSummary[], links: PageLinks, prefix: string): Markup {
  return markup`<ol class="runs" role="list">${runs.map((run, index) => renderLine(run, links, elementId(prefix, run.name, index)))}</ol>`;
}

export const newestFirst = (runs: readonly RunSummary[]): readonly RunSummary[] =>
  runs.toSorted((a, b) => b.startedAt - a.startedAt);

/** A link, or the text alone where there is nothing to lead to. */
export function linkTo(href: string | undefined, text: Markup | string): Markup {
  return href === undefined ? markup`${text}` : markup`<a href="${href}">${text}</a>`;
}

function renderLine(run: RunSummary, links: PageLinks, id: string): Markup {
  const { outcome, executionArn, startedAt, endedAt, rows, redrives } = run;
  const facts = [
    ...(endedAt === undefined ? [] : [durationText(endedAt - startedAt)]),
    ...(rows === undefined ? [] : [count(rows, 'row')]),
    ...(redrives > 0 ? [count(redrives, 'redrive')] : []),
  ];
  return markup`<li id="${id}"><span class="run-state">${stateMark(OUTCOME_LOOKS[outcome.state])}</span><span class="run-words">${linkTo(links.run(executionArn), outside(outcome.sentence))}<small>${facts.join(' · ')}</small></span><time datetime="${new Date(startedAt).toISOString()}">${dateText(startedAt)}, ${clockText(startedAt, startedAt).slice(0, 5)} UTC</time></li>`;
}
