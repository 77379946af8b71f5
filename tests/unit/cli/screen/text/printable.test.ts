import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wholeNotification } from '../../../../../src/cli/screen/notification-lines.ts';
import { printable, printableLines } from '../../../../../src/cli/screen/text/printable.ts';

/** What a terminal acts upon, and what turns the direction of writing. */
const ACTS = /[\p{Cc}\u200E\u200F\u202A-\u202E\u2066-\u2069\u2028\u2029]/u;

/** Texts with many of the characters that do harm. */
const harmful = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        '\u001B[2J',
        '\u001B]0;title\u0007',
        '\r',
        '\n',
        '\r\n',
        '\t',
        '\u202E',
        '\u2066',
        '\u009B31m',
        '\uD800',
        '🙂',
        'é',
      ),
    ),
  )
  .map((parts) => parts.join(''));

describe('a text from outside', () => {
  it('has nothing in it that a terminal acts upon, whatever it was', () => {
    fc.assert(
      fc.property(harmful, (text) => {
        expect(printable(text)).not.toMatch(ACTS);
        expect(printable(text).isWellFormed()).toBe(true);
        expect(printable(printable(text))).toBe(printable(text));
      }),
    );
  });

  it('keeps its line breaks, and nothing else, where it may have several lines', () => {
    fc.assert(
      fc.property(harmful, (text) => {
        const lines = printableLines(text).split('\n');

        expect(lines).toHaveLength(text.split('\n').length);
        for (const line of lines) expect(line).not.toMatch(ACTS);
      }),
    );
  });

  it('stays as it is when there is nothing wrong with it', () => {
    const text = 'Łódź, 東京, العربية, 👩‍👩‍👧, नमस्ते: 12 % “rows”';

    expect(printable(text)).toBe(text);
  });

  it('shows what it does not pass', () => {
    expect(printable('a\u001B[31mb\u007Fc\u202Ed\te\nf')).toBe('a⟨U+001B⟩[31mb⟨U+007F⟩c⟨U+202E⟩d    e f');
  });

  it('is cut when it is endless, and says so', () => {
    const shown = printable('x'.repeat(30_000));

    expect(shown.length).toBeLessThan(4_100);
    expect(shown).toMatch(/x … 26000 more characters$/);
  });
});

describe('a notification that is printed whole', () => {
  it('passes no commands to the terminal', () => {
    const text = wholeNotification({
      subject: 'FAILED: \u001B[2J',
      message: 'Cause: \u001B]0;x\u0007\r\n  npm run migrate',
    });

    expect(text).toBe(
      '\nnotification FAILED: ⟨U+001B⟩[2J\n  Cause: ⟨U+001B⟩]0;x⟨U+0007⟩\n    npm run migrate\n',
    );
  });
});
