import { wrap } from './wrap.ts';

/** A message that was published to people. */
export interface Notification {
  readonly subject: string | undefined;
  readonly message: string;
}

/** A notification as those who subscribed get it: its subject, and its text with a bar before each line. */
export function notificationLines({ subject, message }: Notification, columns: number): readonly string[] {
  return [
    ...wrap(`notification ${subject ?? ''}`.trimEnd(), columns, { first: '', rest: '  ' }),
    ...message
      .trimEnd()
      .split('\n')
      .flatMap((line) => wrap(line, columns, barOf(line))),
  ];
}

/** Lines that are indented stay so: they are commands. */
function barOf(line: string) {
  const indent = `  │ ${/^ */.exec(line)?.[0] ?? ''}`;
  return { first: indent, rest: indent };
}
