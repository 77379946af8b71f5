import { groupDigits } from '../../count.ts';
import { clockText, dateText, durationText } from '../figures.ts';
import type { RunSummary } from '../report.ts';
import { renderDocument } from './document.ts';
import { type Markup, markup, outside } from './markup.ts';
import { type PlotPoint, renderPlot } from './plot.ts';
import { linkTo, newestFirst, type PageLinks, renderRunLines } from './run-list.ts';
import { NOTHING, OUTCOME_LOOKS, stateMark } from './state-look.ts';

/** The page of a pipeline: how long its runs took, how many rows they brought, and the runs themselves. */
export function renderPipeline(pipeline: string, runs: readonly RunSummary[], links: PageLinks): string {
  return renderDocument({
    title: pipeline,
    body: markup`<nav class="trail" aria-label="Pages"><a href="${links.index}">All runs</a></nav>
<main id="main" tabindex="-1"><h1 class="list-title">${outside(pipeline)}</h1>${renderPipelineRuns(runs, links)}</main>`,
  });
}

/** Plots and figures of a pipeline's runs, to stand in another page. */
export function renderPipelineRuns(runs: readonly RunSummary[], links: PageLinks): Markup {
  const newest = newestFirst(runs);
  if (newest.length === 0) return markup`<p class="hint" id="pipeline">There is no run yet.</p>`;
  return markup`<div id="pipeline">${renderPlots(newest.toReversed())}
${renderStepTimes(newest)}
<section aria-labelledby="pipeline-runs"><h2 id="pipeline-runs">Runs</h2>${renderRunLines(newest, links, 'run')}</section>
${renderFigures(newest, links)}</div>`;
}

function renderPlots(runs: readonly RunSummary[]): Markup {
  const durations = runs.flatMap((run) =>
    run.endedAt === undefined ? [] : [pointOf(run, run.endedAt - run.startedAt, durationText)],
  );
  const rows = runs.flatMap((run) => (run.rows === undefined ? [] : [pointOf(run, run.rows, groupDigits)]));
  return markup`<section class="plots" aria-labelledby="plots-title"><h2 class="unseen" id="plots-title">Over time</h2>${
    durations.length > 0 &&
    renderPlot({
      id: 'durations',
      title: 'Duration of the runs',
      points: durations,
      text: durationText,
      unit: unitOf(durations),
    })
  }${rows.length > 0 && renderPlot({ id: 'rows', title: 'Staged rows', points: rows, text: groupDigits, unit: 1 })}</section>`;
}

/** Milliseconds of the unit in which a reader counts such durations. */
function unitOf(points: readonly PlotPoint[]): number {
  const most = Math.max(...points.map(({ value }) => value));
  if (most > 2 * 3_600_000) return 3_600_000;
  return most > 2 * 60_000 ? 60_000 : 1000;
}

function pointOf(run: RunSummary, value: number, text: (value: number) => string): PlotPoint {
  const { tone, word } = OUTCOME_LOOKS[run.outcome.state];
  return { at: run.startedAt, value, tone, title: `${startOf(run)}: ${text(value)}, ${word}` };
}

const startOf = ({ startedAt }: RunSummary): string =>
  `${dateText(startedAt)}, ${clockText(startedAt, startedAt)} UTC`;

/** How long each step's statement took: the last time, and usually. */
function renderStepTimes(newest: readonly RunSummary[]): Markup | undefined {
  const steps = [...new Set(newest.flatMap(({ stepMs }) => Object.keys(stepMs)))];
  if (steps.length === 0) return undefined;
  const rows = steps.map((step) => {
    const times = newest.flatMap(({ stepMs }) => stepMs[step] ?? []);
    const sorted = times.toSorted((a, b) => a - b);
    const cells = [times[0], sorted[Math.floor((sorted.length - 1) / 2)], sorted.at(-1)];
    return markup`<tr><th scope="row">${outside(step)}</th>${cells.map((ms) => markup`<td class="number">${durationText(ms ?? 0)}</td>`)}<td class="number">${groupDigits(times.length)}</td></tr>`;
  });
  return markup`<section aria-labelledby="step-times"><h2 id="step-times">Steps</h2>
<div class="scroll" tabindex="0" role="group" aria-labelledby="step-times"><table aria-labelledby="step-times"><thead><tr><th scope="col">Step</th>${['Last', 'Median', 'Slowest', 'Runs'].map((title) => markup`<th scope="col" class="number">${title}</th>`)}</tr></thead><tbody>${rows}</tbody></table></div></section>`;
}

/** The figures of the plots. */
function renderFigures(newest: readonly RunSummary[], links: PageLinks): Markup {
  const rows = newest.map(
    (run) =>
      markup`<tr><th scope="row">${linkTo(links.run(run.executionArn), startOf(run))}</th><td>${stateMark(OUTCOME_LOOKS[run.outcome.state])}</td><td class="number">${run.endedAt === undefined ? NOTHING : durationText(run.endedAt - run.startedAt)}</td><td class="number">${run.rows === undefined ? NOTHING : groupDigits(run.rows)}</td></tr>`,
  );
  return markup`<section aria-labelledby="plot-figures"><h2 id="plot-figures">Figures of the plots</h2>
<details id="figures-table"><summary>Duration and rows of each run</summary><div class="scroll" tabindex="0" role="group" aria-labelledby="plot-figures"><table aria-labelledby="plot-figures"><thead><tr><th scope="col">Started</th><th scope="col">Outcome</th><th scope="col" class="number">Duration</th><th scope="col" class="number">Staged rows</th></tr></thead><tbody>${rows}</tbody></table></div></details></section>`;
}
