import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wrap } from '../../../../src/cli/screen/wrap.ts';
import '../../../fixtures/runner/seed.ts';

const words = fc.array(fc.stringMatching(/^[a-z:-]{1,50}$/), { minLength: 1 });

describe('wrapping', () => {
  it('keeps every word whole and in order, and no line longer than asked unless it is one word', () => {
    fc.assert(
      fc.property(words, fc.integer({ min: 20, max: 120 }), (all, columns) => {
        const lines = wrap(all.join(' '), columns, { first: '', rest: '    ' });

        expect(lines.flatMap((line) => line.trim().split(' '))).toEqual(all);
        for (const line of lines.filter((text) => text.length > columns))
          expect(line.trim()).not.toContain(' ');
      }),
    );
  });

  it('indents what continues a line, and keeps the text’s own line breaks', () => {
    expect(wrap('one two three\nfour', 9, { first: '- ', rest: '  ' })).toEqual([
      '- one two',
      '  three',
      '  four',
    ]);
  });
});
