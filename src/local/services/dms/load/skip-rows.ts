import { once } from 'node:events';
import type { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { readLines } from './copy-text.ts';
import { isRowError, RowFault } from './load-errors.ts';

/** Rows that are sent at once: one that does not fit has the others sent again. */
const BATCH = 500;

/** A copy that leaves rows out. */
export interface SkippingCopy {
  readonly target: Client;
  /** The statement that takes the lines: COPY … FROM STDIN. */
  readonly sql: string;
  readonly signal: AbortSignal;
  readonly complete?: ((line: string) => string) | undefined;
  /** Returns where a row is left out for this error; what it throws ends the copy. */
  judge(error: unknown): void;
}

/**
 * Copies lines in one transaction, without those that the database refuses.
 * @returns the number of rows that arrived
 */
export async function copyFittingRows(
  chunks: AsyncIterable<Uint8Array>,
  copy: SkippingCopy,
): Promise<number> {
  const { target } = copy;
  await target.query('BEGIN');
  try {
    let rows = 0;
    for await (const lines of readLines(chunks)) {
      for (let start = 0; start < lines.length; start += BATCH) {
        rows += await copyBatch(completeLines(lines.slice(start, start + BATCH), copy), copy);
      }
    }
    await target.query('COMMIT');
    return rows;
  } catch (error) {
    await target.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

function completeLines(lines: readonly string[], { complete, judge }: SkippingCopy): readonly string[] {
  if (!complete) return lines;
  return lines.flatMap((line) => {
    try {
      return [complete(line)];
    } catch (error) {
      judge(new RowFault((error as Error).message));
      return [];
    }
  });
}

/** Sends the lines until they pass, each time without the one that was refused. */
async function copyBatch(lines: readonly string[], copy: SkippingCopy): Promise<number> {
  let rest = lines;
  while (rest.length > 0) {
    copy.signal.throwIfAborted();
    await copy.target.query('SAVEPOINT batch');
    try {
      const rows = await sendLines(rest, copy);
      await copy.target.query('RELEASE SAVEPOINT batch');
      return rows;
    } catch (error) {
      const line = lineOf(error);
      if (copy.signal.aborted || !isRowError(error) || line === undefined) throw error;
      await copy.target.query('ROLLBACK TO SAVEPOINT batch');
      copy.judge(error);
      rest = rest.toSpliced(line - 1, 1);
    }
  }
  return 0;
}

async function sendLines(lines: readonly string[], { target, sql }: SkippingCopy): Promise<number> {
  const stream = target.query(copyFrom(sql));
  stream.end(lines.map((line) => `${line}\n`).join(''));
  await once(stream, 'finish');
  return stream.rowCount;
}

/** The line that PostgreSQL names in the error of a COPY, counted from 1. */
function lineOf(error: unknown): number | undefined {
  const line = /\bCOPY .*?, line (\d+)/.exec(String(Object(error).where ?? ''))?.[1];
  return line === undefined ? undefined : Number(line);
}
