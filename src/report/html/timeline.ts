import type { Span, SpanKind } from '../../run-history/spans.ts';
import { clockText, durationText } from '../figures.ts';
import type { Report, ReportRow } from '../report.ts';
import { elementId, type Markup, markup, outside } from './markup.ts';
import { markOf, SPAN_WORDS, STATE_LOOKS } from './state-look.ts';
import { type TimeAxis, timeAxisOf } from './time-axis.ts';

const LANE_HEIGHT = 22;

/** Top and height of bars. Work in Redshift is the thickest, and a line says that there was nothing to do. */
const BAR_SHAPES: Partial<Readonly<Record<SpanKind, readonly [y: number, height: number]>>> = {
  running: [3, 14],
  failed: [3, 14],
  halted: [9, 2],
};

/** A row for each part of the run, with its bars along the time from DMS's stop to the end. */
export function renderTimeline(report: Report): Markup {
  const axis = timeAxisOf(report);
  const lanes = report.rows.map((row, index) => renderLane(row, index, axis));
  return markup`<section id="timeline" aria-labelledby="timeline-title">
<h2 id="timeline-title">Timeline</h2>
${renderLegend(report)}
<div class="lanes">
<div class="lane axis" aria-hidden="true"><span></span><span></span>${renderAxis(axis, report)}</div>
<ol role="list" aria-label="Parts of the run and their time">${lanes}</ol>
</div>
${axis.pauses.map(({ from, to }) => markup`<p class="hint">The ${durationText(to - from)} between the run's end and its redrive are drawn short.</p>`)}
</section>`;
}

/** The kinds of bars that this run has, in the order of a part's life. */
function renderLegend({ rows }: Report): Markup {
  const used = new Set(rows.flatMap(({ spans }) => spans.map(({ kind }) => kind)));
  const kinds = (Object.keys(SPAN_WORDS) as (SpanKind | 'event')[]).filter(
    (kind) => kind !== 'event' && used.has(kind),
  );
  return markup`<ul class="legend" role="list">${kinds.map(
    (kind) => markup`<li>${swatchOf(kind)} ${SPAN_WORDS[kind]}</li>`,
  )}<li><svg class="swatch" width="14" height="12" aria-hidden="true"><rect class="path-mark" width="14" height="3" y="9"/></svg> on the critical path</li></ul>`;
}

/** The colour of a kind of time, to stand beside its word. */
export function swatchOf(kind: SpanKind | 'event'): Markup {
  return markup`<svg class="swatch" width="14" height="12" aria-hidden="true"><rect class="span ${kind}" x="0.5" y="0.5" width="13" height="11" rx="2"/></svg>`;
}

function renderAxis(axis: TimeAxis, { timing, load }: Report): Markup {
  const stop = load.stoppedAt;
  const ticks = axis.ticks.map(
    (at, index) =>
      markup`<line class="tick" x1="${axis.place(at)}%" x2="${axis.place(at)}%" y1="30" y2="36"/><text${index % 2 === 1 && markup` class="between"`} x="${axis.place(at)}%" y="26" text-anchor="${axis.place(at) < 9 ? 'start' : 'middle'}">${clockText(at, timing.from, true)}</text>`,
  );
  const breaks = axis.pauses.map(
    (pause) =>
      markup`<text x="${(axis.place(pause.from) + axis.place(pause.to)) / 2}%" y="26" text-anchor="middle">⋯</text>`,
  );
  const stopped =
    stop !== undefined &&
    stop >= axis.from &&
    markup`<text class="stop" x="${axis.place(stop)}%" y="10">▾ DMS stopped ${clockText(stop, timing.from)}</text>`;
  return markup`<svg class="bars" width="100%" height="36">${stopped}${ticks}${breaks}</svg>`;
}

function renderLane(row: ReportRow, index: number, axis: TimeAxis): Markup {
  const { tone, word } = STATE_LOOKS[row.state];
  const lasted = row.from === undefined || row.to === undefined ? undefined : row.to - row.from;
  return markup`<li class="lane${row.isCritical ? ' critical' : ''}" id="${elementId('lane', row.name, index)}"><span class="lane-name">${markOf(tone)}<span>${outside(row.name)}</span></span><span class="lane-time">${lasted === undefined ? word : durationText(lasted)}</span>${renderBars(row, axis)}${renderSpoken(row, axis)}</li>`;
}

function renderBars({ spans, isCritical, from, to }: ReportRow, axis: TimeAxis): Markup {
  const grid = axis.ticks.map(
    (at) =>
      markup`<line class="grid" x1="${axis.place(at)}%" x2="${axis.place(at)}%" y1="0" y2="${LANE_HEIGHT}"/>`,
  );
  const path =
    isCritical &&
    from !== undefined &&
    to !== undefined &&
    markup`<rect class="path-mark" x="${axis.place(from)}%" width="${widthOf({ from, to }, axis)}%" y="${LANE_HEIGHT - 3}" height="2"/>`;
  return markup`<svg class="bars" width="100%" height="${LANE_HEIGHT}" aria-hidden="true">${grid}${spans.map((span) => renderBar(span, axis))}${path}</svg>`;
}

function renderBar(span: Span, axis: TimeAxis): Markup {
  const [y, height] = BAR_SHAPES[span.kind] ?? [6, 8];
  return markup`<rect class="span ${span.kind}" x="${axis.place(span.from)}%" width="${widthOf(span, axis)}%" y="${y}" height="${height}"><title>${spanText(span, axis)}</title></rect>`;
}

/** Percent of the width. What is very short is still seen. */
const widthOf = ({ from, to }: { readonly from: number; readonly to: number }, { place }: TimeAxis): number =>
  Math.max(0.15, Math.round((place(to) - place(from)) * 1000) / 1000);

function spanText({ kind, from, to, attempt }: Span, axis: TimeAxis): string {
  const which = attempt !== undefined && attempt > 1 ? `, attempt ${attempt}` : '';
  return `${SPAN_WORDS[kind]}${which}: ${durationText(to - from)} from ${clockText(from, axis.from)}`;
}

/** The bars in words, for who does not see them. */
function renderSpoken({ spans, isCritical, state }: ReportRow, axis: TimeAxis): Markup {
  const texts = spans.map((span) => spanText(span, axis));
  return markup`<span class="unseen">. ${STATE_LOOKS[state].word}${isCritical ? ', on the critical path' : ''}. ${texts.join('; ')}</span>`;
}
