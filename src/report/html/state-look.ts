import type { StepState } from '../../run-history/run.ts';
import type { SpanKind } from '../../run-history/spans.ts';
import type { OutcomeState, TimingPart } from '../report.ts';
import { type Markup, markup, trusted } from './markup.ts';

/** Tone of a state: a colour of the style sheet, and with it always a mark and a word. */
export type Tone = 'good' | 'bad' | 'busy' | 'warn' | 'idle';

interface Look {
  readonly tone: Tone;
  readonly word: string;
}

export const OUTCOME_LOOKS: Readonly<Record<OutcomeState, Look>> = {
  published: { tone: 'good', word: 'Published' },
  running: { tone: 'busy', word: 'Running' },
  superseded: { tone: 'idle', word: 'Superseded' },
  failed: { tone: 'bad', word: 'Failed' },
  stopped: { tone: 'warn', word: 'Stopped' },
  'timed-out': { tone: 'bad', word: 'Timed out' },
};

export const STATE_LOOKS: Readonly<Record<StepState, Look>> = {
  done: { tone: 'good', word: 'done' },
  running: { tone: 'busy', word: 'running' },
  failed: { tone: 'bad', word: 'failed' },
  aborted: { tone: 'warn', word: 'aborted' },
  'not-started': { tone: 'idle', word: 'not started' },
};

/** What a part of the time is called. */
export const SPAN_WORDS: Readonly<Record<SpanKind | TimingPart['kind'], string>> = {
  event: 'from DMS to the run',
  turn: 'waiting for its turn',
  orchestrator: 'orchestrator',
  queued: 'queued in Redshift',
  running: 'running in Redshift',
  failed: 'failed attempt in Redshift',
  pause: 'pause before the next attempt',
  halted: 'ended, until the redrive',
};

/** Strokes of the marks, in a box of 16 by 16. */
const STROKES: Readonly<Record<Tone, string>> = {
  good: 'M4 8.5 7 11.5 12.2 5',
  bad: 'M5 5 11 11M11 5 5 11',
  busy: 'M8 4.2V8L10.6 9.8',
  warn: 'M5.5 5.5H10.5V10.5H5.5Z',
  idle: 'M5 8H11',
};

/** The mark of a tone, as part of a drawing. @param x left of it @param y top of it */
export function markAt(tone: Tone, x: number, y: number): Markup {
  return markup`<g class="mark ${tone}" transform="translate(${x} ${y})"><circle cx="8" cy="8" r="7"/><path d="${STROKES[tone]}"/></g>`;
}

/** The mark as a picture in a line of text. The word stands beside it, so that it needs no name. */
export function markOf(tone: Tone, size = 16): Markup {
  return markup`<svg class="icon" width="${size}" height="${size}" viewBox="0 0 16 16" aria-hidden="true">${markAt(tone, 0, 0)}</svg>`;
}

/** A state in a line of text: mark and word. */
export function stateMark({ tone, word }: Look): Markup {
  return markup`<span class="state ${tone}">${markOf(tone)} ${word}</span>`;
}

/** In a table, for what is not known or is not there. */
export const NOTHING = trusted('<span class="none">–</span>');
