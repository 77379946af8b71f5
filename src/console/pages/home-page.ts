import { count } from '../../count.ts';
import { elementId, type Markup, markup, outside } from '../../report/html/markup.ts';
import { renderRunLines } from '../../report/html/run-list.ts';
import type { RunSummary } from '../../report/report.ts';
import type { Notice } from '../notices.ts';
import { LINKS } from '../place.ts';
import type { PipelineStanding, TaskStanding } from '../read/read-home.ts';
import { renderButton } from './button.ts';
import type { ConsolePage } from './layout.ts';
import { renderNotices } from './notices.ts';

/** What the page shows. */
export interface Home {
  readonly pipelines: readonly ListedPipeline[];
  readonly notices: readonly Notice[];
  /** What the sample's mistake is; undefined where there is none. */
  readonly breakage: string | undefined;
  readonly isBroken: boolean;
  /** Name of a run that was asked for and is not there. */
  readonly gone?: string | undefined;
}

/** A pipeline and its runs, the newest first. */
interface ListedPipeline extends PipelineStanding {
  readonly runs: readonly RunSummary[];
}

/** The list of runs, with what can be done. */
export function homePage(home: Home): ConsolePage {
  return {
    title: 'Runs: local AWS',
    isLive: true,
    body: markup`${home.gone !== undefined && renderGone(home.gone)}
<h1 class="list-title">Runs</h1>
${home.pipelines.map(renderPipeline)}
${home.breakage !== undefined && renderBreakage(home.breakage, home.isBroken)}
${renderNotices(home.notices)}`,
  };
}

function renderGone(name: string): Markup {
  return markup`<p class="notice warn" id="gone">The run ${outside(name)} is gone: the local AWS was started again since, and keeps nothing when it ends.</p>`;
}

function renderPipeline({ name, tasks, held, runs }: ListedPipeline, index: number): Markup {
  const fields = { pipeline: name };
  const turn = held === undefined ? 'hold' : 'release';
  const id = elementId('pipeline', name, index);
  return markup`<section id="${id}" aria-labelledby="${id}-title">
<div class="standing">
<div>
<h2 id="${id}-title"><a href="${LINKS.pipeline(name)}">${outside(name)}</a></h2>
${tasks.map(renderTask)}
${held !== undefined && markup`<p class="held">Held: no run is started until it is released. Reason: ${outside(held)}</p>`}
</div>
<div class="actions">
${renderButton({ path: 'load', label: 'Load', about: name, fields, isMain: true })}
${renderButton({ path: turn, label: turn === 'hold' ? 'Hold' : 'Release', about: name, fields })}
</div>
</div>
${runs.length === 0 ? markup`<p class="empty">No run yet. Load it: DMS copies the source tables, and the end of its task starts a run.</p>` : renderRunLines(runs, LINKS, id)}
</section>`;
}

function renderTask({ identifier, status, rows, failure }: TaskStanding): Markup {
  const loaded = status === 'ready' ? 'has not loaded yet' : `${status}, ${count(rows, 'row')} loaded`;
  return markup`<p class="task">DMS task ${outside(identifier)}: ${loaded}${failure !== undefined && markup`. ${outside(failure)}`}</p>`;
}

function renderBreakage(breakage: string, isBroken: boolean): Markup {
  const text = isBroken
    ? 'The mistake is made: the next load fails at an audit. Repair it by applying sql/migrations again.'
    : 'See a load fail: make a mistake in a procedure of the sample.';
  return markup`<section class="standing" id="breakage" aria-labelledby="breakage-title">
<div>
<h2 id="breakage-title">A mistake to try</h2>
<p class="task">${text}</p>
<p class="task">${outside(breakage)}</p>
</div>
<div class="actions">
${isBroken ? renderButton({ path: 'repair', label: 'Repair', about: 'the procedures', fields: {}, isMain: true }) : renderButton({ path: 'break', label: 'Break it', fields: {} })}
</div>
</section>`;
}
