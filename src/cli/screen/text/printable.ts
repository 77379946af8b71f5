import { visibleText } from '../../../visible-text.ts';

/** Characters of one text that are shown; a message is longer only when something is wrong with it. */
const MOST_CHARACTERS = 4_000;

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

/** Tabs would be as wide as the terminal likes. */
function shownControls(line: string): string {
  return visibleText(line.replaceAll('\t', '    '));
}

function cut(text: string): string {
  if (text.length <= MOST_CHARACTERS) return text;
  const rest = text.length - MOST_CHARACTERS;
  return `${text.slice(0, MOST_CHARACTERS).replace(/[\uD800-\uDBFF]$/, '')} … ${rest} more characters`;
}
