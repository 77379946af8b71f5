import { html, raw } from 'hono/html';
import { visibleText } from '../../visible-text.ts';

/** Text of a page that needs no escaping any more. Only `markup` makes it, and `trusted` from constants of ours. */
export type Markup = ReturnType<typeof raw>;

/** What may stand in a template: text and numbers are shown as text; what is undefined or false is left out. */
type Value = string | number | Markup | undefined | false | readonly Value[];

/** A template of HTML. Every text in it is shown as text, whatever stands in it, and none changes how others are read. */
export function markup(strings: TemplateStringsArray, ...values: readonly Value[]): Markup {
  // Only a promise among the values would make it one.
  return html(strings, ...values.map(toInert)) as Markup;
}

/** Text that is HTML already: style, script and numbers of ours, never a text from outside. */
export const trusted = (text: string): Markup => raw(text);

/** A text from outside. It may be written from right to left, and does not turn the words around it. */
export const outside = (text: string): Markup => markup`<bdi>${text}</bdi>`;

/** Dates, and numbers with their units. */
const WHOLE =
  /(\d{4}-\d\d-\d\d(?: \d\d:\d\d(?::\d\d)?)?(?: UTC)?|\d[\d,.:]* (?:ms|s|min|h|d|rows?|UTC|[A-Z][a-z]+ \d{4})\b)/;

/** A sentence from outside for large letters: no line breaks within a date, nor between a number and its unit. */
export function headline(sentence: string): Markup {
  const parts = sentence.split(WHOLE);
  return markup`<bdi>${parts.map((part, index) => (index % 2 === 0 ? part : markup`<span class="whole">${part}</span>`))}</bdi>`;
}

function toInert(value: Value): unknown {
  if (typeof value === 'string') return visibleText(value);
  return Array.isArray(value) ? value.map(toInert) : value;
}

/** The ID of a thing with a name. Names that could not stand in an address get their number instead. */
export function elementId(prefix: string, name: string, index: number): string {
  return /^[\w-]{1,200}$/.test(name) ? `${prefix}-${name}` : `${prefix}.${index}`;
}
