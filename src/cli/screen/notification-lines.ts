import { indentJson } from '../../json-text.ts';
import { printableLines } from './text/printable.ts';
import { wrap } from './wrap.ts';

/** A message that was published to people. */
export interface Notification {
  readonly subject: string | undefined;
  readonly message: string;
  /** What other protocols get instead, where that is to be shown. */
  readonly forms?: Readonly<Record<string, string>> | undefined;
}

/** Lines of a notification that are shown: what it says at its end stands below, or is for another machine. */
const SHOWN_LINES = 8;

/** A notification as those who subscribed get it: its subject, and the beginning of its text with a bar before each line. */
export function notificationLines({ subject, message }: Notification, columns: number): readonly string[] {
  const lines = message
    .trimEnd()
    .split('\n')
    .flatMap((line) => wrap(line, columns, barOf(line)));
  const more = lines.length - SHOWN_LINES;
  return [
    '',
    ...wrap(`notification ${subject ?? ''}`.trimEnd(), columns, { first: '', rest: '  ' }),
    ...(more > 1 ? [...lines.slice(0, SHOWN_LINES), `  │ … ${more} more lines`] : lines),
    '',
  ];
}

/** A whole notification: its subject, and its text as it is, a bit to the right. No line is wrapped, so that commands can be copied. */
export function wholeNotification({ subject, message, forms = {} }: Notification): string {
  const others = Object.entries(forms).map(
    ([protocol, text]) => `for ${protocol}:\n${indent(indentJson(text))}\n`,
  );
  const title = `notification ${subject ?? ''}`.trimEnd();
  return printableLines(`\n${title}\n${indent(message.trimEnd())}\n${others.join('')}`);
}

function indent(text: string): string {
  return text.replaceAll(/^(?=.)/gm, '  ');
}

/** Lines that are indented stay so: they are commands. */
function barOf(line: string) {
  const indent = `  │ ${/^ */.exec(line)?.[0] ?? ''}`;
  return { first: indent, rest: indent };
}
