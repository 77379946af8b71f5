import { count, groupDigits } from '../../count.ts';
import { clockText, dateText, durationText } from '../figures.ts';
import type { Report, TimingPart } from '../report.ts';
import { headline, type Markup, markup, outside } from './markup.ts';
import { markOf, OUTCOME_LOOKS, SPAN_WORDS } from './state-look.ts';
import { swatchOf } from './timeline.ts';

/** What a person wants to know first: how the run ended, in a sentence. */
export function renderOutcome(report: Report, pipelineHref?: string): Markup {
  const { outcome, pipeline, stage, name, timing, warnings, madeAt, redrives } = report;
  const { tone, word } = OUTCOME_LOOKS[outcome.state];
  const shownName =
    pipelineHref === undefined
      ? outside(pipeline)
      : markup`<a href="${pipelineHref}">${outside(pipeline)}</a>`;
  const [from, to] = [clockText(timing.from, timing.from), clockText(timing.to, timing.from)];
  const hours =
    outcome.state === 'running'
      ? `since ${from} UTC, as of ${clockText(madeAt, timing.from)} UTC`
      : `${from} to ${to} UTC`;
  return markup`<header class="outcome ${tone}" id="outcome">
<p class="whereabouts">${shownName}<span>stage ${outside(stage)}</span><span class="id">${outside(name)}</span></p>
<p class="verdict">${markOf(tone, 26)} ${word}</p>
<h1>${headline(outcome.sentence)}</h1>
<p class="when"><time datetime="${new Date(timing.from).toISOString()}">${dateText(timing.from)}</time>, ${hours}${redrives > 0 && `, with ${count(redrives, 'redrive')}`}</p>
${warnings.length > 0 && markup`<ul class="warnings">${warnings.map((text) => markup`<li>${markOf('warn')} <span>Warning: ${outside(text)}</span></li>`)}</ul>`}
</header>`;
}

/** The figures that matter, and where the time went. */
export function renderKeyFigures(report: Report): Markup {
  const figures = figuresOf(report).map(
    ([label, value, note]) =>
      markup`<div><dt>${label}</dt><dd>${value}${note !== undefined && markup`<small>${note}</small>`}</dd></div>`,
  );
  return markup`<section id="figures" aria-labelledby="figures-title">
<h2 class="unseen" id="figures-title">Figures</h2>
<dl class="figures">${figures}</dl>
${renderParts(report.timing.parts)}
</section>`;
}

/** Where the time went, in the words of the figures, and whether it is told if it is nothing. They add up to the whole. */
const SHARES: readonly (readonly [label: string, kinds: readonly TimingPart['kind'][], isAlways: boolean])[] =
  [
    ['in Redshift', ['queued', 'running', 'failed'], true],
    ['the orchestrator', ['orchestrator', 'event', 'pause'], true],
    ['waiting for its turn', ['turn'], false],
    ['until the redrive', ['halted'], false],
  ];

type Figure = readonly [label: string, value: string, note?: string | undefined];

function figuresOf({ timing, load, rows, outcome }: Report): readonly Figure[] {
  const staged = sumOf(load.tables.flatMap((table) => table.rows ?? []));
  const written = rows.flatMap(({ step }) => step?.written ?? []);
  const ends = { published: 'published', running: 'now' } as Readonly<Record<string, string>>;
  const start = load.stoppedAt === undefined ? 'Start' : 'DMS stopped';
  const total = timing.to - timing.from;
  const shares = SHARES.flatMap(([label, kinds, isAlways]) => {
    const ms = timeOf(timing.parts, kinds);
    return figureIf(isAlways || ms > 0, [`of that ${label}`, durationText(ms), shareOf(ms, total)]);
  });
  return [
    [`${start} → ${ends[outcome.state] ?? 'end'}`, durationText(total)],
    ...shares,
    ...figureIf(
      load.tables.some((table) => table.rows !== undefined),
      ['Rows staged', groupDigits(staged), count(load.tables.length, 'table')],
    ),
    ...figureIf(written.length > 0, [
      'Rows written',
      groupDigits(sumOf(written.map(({ inserted }) => inserted))),
    ]),
  ];
}

const figureIf = (isKnown: boolean, figure: Figure): readonly Figure[] => (isKnown ? [figure] : []);

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0);

const timeOf = (parts: readonly TimingPart[], kinds: readonly TimingPart['kind'][]): number =>
  sumOf(parts.filter(({ kind }) => kinds.includes(kind)).map(({ ms }) => ms));

const shareOf = (part: number, total: number): string | undefined =>
  total <= 0 ? undefined : `${Math.round((part / total) * 100)} %`;

/** The parts of the time along the critical path as one bar, and in words. */
function renderParts(parts: readonly TimingPart[]): Markup {
  const shown = parts.filter(({ ms }) => ms > 0);
  const total = sumOf(shown.map(({ ms }) => ms));
  if (total === 0) return markup``;
  const bars = shown.map(({ kind, ms }, index) => {
    const before = sumOf(shown.slice(0, index).map((part) => part.ms));
    return markup`<rect class="span ${kind}" x="${percent(before, total)}%" width="${percent(ms, total)}%" height="14"><title>${SPAN_WORDS[kind]}: ${durationText(ms)}</title></rect>`;
  });
  return markup`<div class="parts"><svg class="bars" width="100%" height="14" aria-hidden="true">${bars}</svg>
<ul class="legend" role="list" aria-label="Where the time went, along the critical path">${shown.map(
    ({ kind, ms }) => markup`<li>${swatchOf(kind)} ${SPAN_WORDS[kind]} <b>${durationText(ms)}</b></li>`,
  )}</ul></div>`;
}

const percent = (part: number, total: number): number => Math.round((part / total) * 100_000) / 1000;
