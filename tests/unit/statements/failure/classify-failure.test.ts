import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classifyFailure } from '../../../../src/statements/failure/classify-failure.ts';
import { FAILURE_CLASSES } from '../../../../src/steps/failure-class.ts';

/** Error texts as Redshift, its drivers and the Data API word them: class, text, who reports it, and why it is of that class. */
const table = (await readFile(new URL('error-texts.tsv', import.meta.url), 'utf8'))
  .trimEnd()
  .split('\n')
  .slice(1)
  .map((line) => line.split('\t'))
  .map(([failure = '', text = '', source = '', why = '']) => ({
    failure,
    text: text.replaceAll('\\n', '\n').replaceAll('\\t', '\t'),
    source,
    why,
  }));
const known = table.filter(({ failure }) => failure !== 'other');

describe('classifyFailure', () => {
  it.each(table)('takes for $failure, because $why: $text', ({ failure, text }) => {
    expect(classifyFailure(text)).toBe(failure);
  });

  it('is tried on at least sixty known texts, with source and reason, and on each class that an error can have', () => {
    expect(known.length).toBeGreaterThanOrEqual(60);
    expect(table.every(({ source, why }) => source !== '' && why !== '')).toBe(true);
    expect(FAILURE_CLASSES.filter((failure) => !table.some((row) => row.failure === failure))).toEqual([
      'lost',
    ]);
  });

  it('says the same of an error and of the batch that ended by it', () => {
    const alone = known.filter(({ text }) => !text.startsWith('Query #'));

    for (const { failure, text } of alone)
      expect(classifyFailure(`Query #3 failed with ${text}`), text).toBe(failure);
  });

  it('says nothing of a procedure’s own message, whatever known error stands in it', () => {
    const heads = fc.constantFrom('customer', 'Customer 7:', 'load failed:', '7', 'ELT_STALE:', '-', '"x"');
    const between = fc.constantFrom(' ', '\n', '\n  Detail: ', ' DETAIL: ', ', ');

    fc.assert(
      fc.property(heads, between, fc.constantFrom(...known), fc.string(), (head, join, { text }, rest) => {
        expect(classifyFailure(`ERROR: ${head}${join}${text}${rest}`)).toBe('other');
        expect(classifyFailure(`Query #3 failed with ERROR: ${head}${join}${text}${rest}`)).toBe('other');
      }),
    );
  });

  it('says nothing of a message that only begins as a known one, or of one that a RAISE has made', () => {
    const whole = known.filter(
      ({ text }) => /^ERROR: [^\n]*$/.test(text) && !/: .*(?::|Status|arn:)/.test(text),
    );

    for (const { text } of whole) {
      expect(classifyFailure(`${text} of customer 7`), text).toBe('other');
      expect(classifyFailure(`${text}\n  Where: PL/pgSQL function mart.sp() line 3 at RAISE`), text).toBe(
        'other',
      );
    }
  });
});
