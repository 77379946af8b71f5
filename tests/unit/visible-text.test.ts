import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { visibleText } from '../../src/visible-text.ts';

describe('a text from outside, made visible', () => {
  it.each([
    ['\u001B[2J\u0007', '⟨U+001B⟩[2J⟨U+0007⟩'],
    ['one\r\ntwo\rthree\n\tfour', 'one\ntwo⟨U+000D⟩three\n\tfour'],
    ['\u202Egpj.exe', '⟨U+202E⟩gpj.exe'],
    ['half \uD800 of one', 'half ⟨U+D800⟩ of one'],
    ['👩‍👧 مرحبا שלום', '👩‍👧 مرحبا שלום'],
  ])('shows %j as %j', (text, shown) => {
    expect(visibleText(text)).toBe(shown);
  });

  it('has nothing left that a terminal obeys, and is the same when it is made visible again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const shown = visibleText(text);

        expect(shown).not.toMatch(/(?![\n\t])\p{Cc}|[\u202A-\u202E\u2066-\u2069]/u);
        expect(shown.isWellFormed()).toBe(true);
        expect(visibleText(shown)).toBe(shown);
      }),
    );
  });
});
