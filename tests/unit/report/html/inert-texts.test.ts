import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderPipeline } from '../../../../src/report/html/pipeline-page.ts';
import { renderIndex } from '../../../../src/report/html/run-list.ts';
import { renderReport } from '../../../../src/report/html/run-page.ts';
import { visibleText } from '../../../../src/visible-text.ts';
import { HOSTILE_TEXTS, hostileReport } from '../../../fixtures/report/hostile-runs.ts';
import { PAGE_LINKS, SUMMARIES } from '../../../fixtures/report/run-summaries.ts';

/** A date, or a number with its unit, which a headline keeps in one line. */
const WHOLE = /<span class="whole">([^<]*)<\/span>/g;

/** The names of tags and attributes of a page, in their order. Values of attributes stand in double quotes everywhere. */
const skeletonOf = (html: string): string =>
  [...html.replaceAll(WHOLE, '$1').matchAll(/<(\/?[^\s>]+)([^>]*)>/g)]
    .map(([, name, attributes = '']) => `${name} ${attributes.replaceAll(/"[^"]*"/g, '""')}`)
    .join('\n');

const TEXTS = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }),
  fc.constantFrom(...HOSTILE_TEXTS),
  fc
    .array(fc.constantFrom(...HOSTILE_TEXTS, '<', '>', '"', "'", '&', '\n'), { minLength: 1, maxLength: 8 })
    .map((parts) => parts.join('')),
);

/** Texts that are drawn, one for each place of a page. */
const PLACES = fc.array(TEXTS, { minLength: 9, maxLength: 9 });

const cycle = (texts: readonly string[]) => (index: number) => texts[index % texts.length] ?? '';

describe('a text from outside', () => {
  it('adds no tag and no attribute to a report', () => {
    const plain = skeletonOf(renderReport(hostileReport((index) => `text ${index}`)));

    fc.assert(
      fc.property(PLACES, (texts) => {
        expect(skeletonOf(renderReport(hostileReport(cycle(texts))))).toBe(plain);
      }),
      { numRuns: 30 },
    );
  });

  it('adds no tag and no attribute to a list of runs, nor to the page of a pipeline', () => {
    const pagesOf = (text: (index: number) => string) => {
      const runs = SUMMARIES.slice(0, 6).map((run, index) => ({
        ...run,
        ...{ pipeline: text(0), name: text(index), executionArn: text(index) },
        outcome: { ...run.outcome, sentence: text(index + 1) },
        stepMs: { [`${text(2)}2`]: 1200 },
      }));
      const links = { ...PAGE_LINKS, run: text.bind(null, 3), pipeline: text.bind(null, 4) };
      return skeletonOf(renderIndex(text(5), runs, links) + renderPipeline(text(0), runs, links));
    };
    const plain = pagesOf((index) => `text ${index}`);

    fc.assert(
      fc.property(PLACES, (texts) => {
        expect(pagesOf(cycle(texts))).toBe(plain);
      }),
    );
  });

  it('shows what cannot be seen, and keeps what can', () => {
    expect(visibleText('a\u202Eb\u0000c\u001B[0m')).toBe('a⟨U+202E⟩b⟨U+0000⟩c⟨U+001B⟩[0m');
    expect(visibleText('line\r\nnext\tcolumn مرحبا 👩‍👩‍👧 \uD800')).toBe(
      'line\nnext\tcolumn مرحبا 👩‍👩‍👧 ⟨U+D800⟩',
    );
  });
});
