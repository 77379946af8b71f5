/** The parts of a SQL error's text. Only the head says which error it is; the rest is detail. */
export interface ErrorText {
  /**
   * Where the message comes from. `statement`: the server, about a statement, or a procedure's RAISE EXCEPTION.
   * `session`: the server, when it refuses or ends a connection. `driver`: the client, when it could not reach the
   * server or lost it.
   */
  readonly speaker: 'statement' | 'session' | 'driver';
  /** The message itself: the first line, without severity and without detail. */
  readonly head: string;
  /** Everything behind the head. */
  readonly detail: string;
  /** Whether the context says that a RAISE of a procedure made the message. */
  readonly isRaised: boolean;
}

/** The text that the Data API puts before a batch's failure. */
const BATCH = /^Query #\d+ failed with\s+/;

/**
 * Prefixes of JDBC drivers 1.x: 500310 passes on what the server said, 500150 and others are the driver's own
 * messages.
 */
const OLD_DRIVER = /^\[Amazon\]\((\d+)\)\s*/;
const SERVER_SAID = /^Invalid operation:\s*/;

/** `ERROR:1023 DETAIL: …` and `ERROR:  Query (1) …` are Redshift's, too. */
const SEVERITY = /^(ERROR|FATAL|PANIC):\s*/;

/** Where a message ends: at its line's end, or where the details begin on the same line. */
const HEAD_END = /\r?\n|\s+(?=(?:DETAIL|Details?|HINT|Hint|CONTEXT|Where):)/;

/** What a driver puts behind the message. */
const TAIL = /\s*(?:\(SQLSTATE \w{5}\)|\[SQL State=\w{5}[^\]]*\])?\s*;?\s*$/;

/** The innermost line of the context, as PL/pgSQL writes it. */
const RAISED = /(?:^|\s)(?:CONTEXT|Where):[^\n]* at RAISE\s*$/im;

/** Splits an error into its parts, in the forms of the Data API, of Redshift and of its drivers. */
export function parseErrorText(error: string): ErrorText {
  const text = error.trim().replace(BATCH, '');
  const [oldDriver] = OLD_DRIVER.exec(text) ?? [''];
  const unwrapped = text.slice(oldDriver.length);
  const severity = SEVERITY.exec(unwrapped)?.[1];
  const isServers = severity === 'ERROR' || (oldDriver !== '' && SERVER_SAID.test(unwrapped));
  const message = unwrapped.replace(SERVER_SAID, '').replace(SEVERITY, '');
  const end = HEAD_END.exec(message);
  const [head, detail] = end
    ? [message.slice(0, end.index), message.slice(end.index + end[0].length)]
    : [message, ''];
  return {
    speaker: isServers ? 'statement' : severity === undefined ? 'driver' : 'session',
    head: head.replace(TAIL, ''),
    detail,
    isRaised: RAISED.test(detail),
  };
}
