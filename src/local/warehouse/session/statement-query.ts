import type { Submittable } from 'pg';

/** A result column as the server describes it. */
export interface Field {
  readonly name: string;
  readonly tableID: number;
  readonly columnID: number;
  readonly dataTypeID: number;
  readonly dataTypeModifier: number;
}

export interface RawResult {
  /** The server's own tag, e.g. `INSERT 0 6`. */
  readonly tag: string;
  readonly fields: readonly Field[] | undefined;
  readonly rows: (string | null)[][];
}

/** What the driver's connection offers a query; its published types lack most of it. */
interface Wire {
  readonly stream: { cork(): void; uncork(): void };
  parse(message: { text: string; name: string; types: readonly number[] }): void;
  bind(message: { portal: string; statement: string; values: readonly string[] }): void;
  describe(message: { type: 'P'; name: string }): void;
  execute(message: { portal: string; rows: number }): void;
  sync(): void;
  sendCopyFail(message: string): void;
}

/** About what one value costs in memory beside its characters. */
const CELL_BYTES = 32;

/**
 * One statement in the extended protocol: parameters without types, values in their text form, and no more of them
 * than `maxBytes`. `settled` is called when it has ended.
 */
export function createStatementQuery(
  text: string,
  values: readonly string[],
  maxBytes: number,
  settled: (error: Error | undefined, result: RawResult) => void,
): Submittable {
  let tag = '';
  let fields: readonly Field[] | undefined;
  let bytes = 0;
  const rows: (string | null)[][] = [];
  const handlers = {
    submit(connection: unknown) {
      sendStatement(connection as Wire, text, values);
    },
    handleRowDescription(message: { fields: readonly Field[] }) {
      fields = message.fields;
    },
    handleDataRow(message: { length: number; fields: (string | null)[] }) {
      bytes += message.length + message.fields.length * CELL_BYTES;
      if (bytes <= maxBytes) rows.push(message.fields);
      else rows.length = 0;
    },
    handleCommandComplete(message: { text: string }) {
      tag = message.text;
    },
    handleEmptyQuery() {},
    handlePortalSuspended() {},
    handleCopyData() {},
    handleCopyInResponse(connection: Wire) {
      connection.sendCopyFail('COPY is not supported here');
    },
    /** The driver takes a query that failed for ended, and starts the next when the server is ready. */
    handleError(error: Error) {
      settled(error, { tag, fields, rows });
    },
    handleReadyForQuery() {
      settled(bytes > maxBytes ? new ResultTooLarge(maxBytes) : undefined, { tag, fields, rows });
    },
  };
  return handlers;
}

function sendStatement(wire: Wire, text: string, values: readonly string[]): void {
  wire.stream.cork();
  try {
    wire.parse({ text, name: '', types: [] });
    wire.bind({ portal: '', statement: '', values });
    wire.describe({ type: 'P', name: '' });
    wire.execute({ portal: '', rows: 0 });
    wire.sync();
  } finally {
    wire.stream.uncork();
  }
}

/** The result would not fit: Redshift's Data API has such a limit too. */
export class ResultTooLarge extends Error {
  override readonly name = 'ResultTooLarge';

  constructor(maxBytes: number) {
    super(`Query result size exceeds the maximum of ${Math.round(maxBytes / 2 ** 20)} MB`);
  }
}
