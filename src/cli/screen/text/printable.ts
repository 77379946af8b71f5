/** Characters of one text that are shown; a message is longer only when something is wrong with it. */
const MOST_CHARACTERS = 4_000;

/**
 * What a terminal may act upon, or does not show: control characters, signs that turn the direction of writing, separators of
 * lines, halves of characters. Joiners stay: emoji and some scripts need them.
 */
const UNPRINTABLE = /(?![\u200C\u200D])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

const FIRST_PICTURE = 0x2400;
const PICTURE_OF_DELETE = '\u2421';

/**
 * A text from outside (an SQL error, a name, a log) as one line that can be written to a terminal: it shows the same on every
 * one, and nothing in it is a command. A long one is cut.
 */
export function printable(text: string): string {
  return shownControls(cut(text).replaceAll(/\s*\r?\n\s*/g, ' '));
}

/** The same for a text of several lines. Its line breaks and its length stay. */
export function printableLines(text: string): string {
  return text.split(/\r?\n/).map(shownControls).join('\n');
}

function shownControls(line: string): string {
  return line.replaceAll('\t', '    ').replaceAll(UNPRINTABLE, (character) => {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x20) return String.fromCodePoint(FIRST_PICTURE + code);
    return code === 0x7f ? PICTURE_OF_DELETE : `\\u{${code.toString(16)}}`;
  });
}

function cut(text: string): string {
  if (text.length <= MOST_CHARACTERS) return text;
  const rest = text.length - MOST_CHARACTERS;
  return `${text.slice(0, MOST_CHARACTERS).replace(/[\uD800-\uDBFF]$/, '')} … ${rest} more characters`;
}
