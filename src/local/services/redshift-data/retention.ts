import type { Clock } from '../../../clock.ts';
import type { Progress, StoredStatement } from './statement.ts';

export interface RetentionLimits {
  /** Milliseconds that an ended statement and its result are kept. */
  readonly retentionMs: number;
  /** Bytes of results kept at once; the newest is kept whatever its size. */
  readonly keptResultBytes: number;
  /** Characters of SQL and parameters kept at once. */
  readonly keptTextLength: number;
}

/** AWS keeps 24 hours and has room; here the oldest make room for the newest. */
export const RETENTION_LIMITS: RetentionLimits = {
  retentionMs: 24 * 60 * 60 * 1000,
  keptResultBytes: 48 * 1024 * 1024,
  keptTextLength: 24 * 1024 * 1024,
};

export interface Retention {
  /** Counts a statement that came in. */
  add(statement: StoredStatement): void;
  /** From here on the statement ages. */
  age(statement: StoredStatement): void;
  /** Drops results, and forgets statements, that are too old or too much. */
  makeRoom(): void;
  /** When a statement that has ended is forgotten at the latest, in epoch seconds. */
  expiryOf(progress: Progress): number;
}

/** @param forget called for every statement that is not kept any longer */
export function createRetention(
  clock: Pick<Clock, 'now'>,
  limits: RetentionLimits,
  forget: (statement: StoredStatement) => void,
): Retention {
  /** Both in the order in which the statements ended. */
  const ended = new Set<StoredStatement>();
  const withResult = new Set<StoredStatement>();
  let resultBytes = 0;
  let textLength = 0;

  const dropResult = (statement: StoredStatement) => {
    if (withResult.delete(statement)) resultBytes -= resultBytesOf(statement);
    for (const { progress } of statement.parts) progress.result = undefined;
  };

  const drop = (statement: StoredStatement) => {
    dropResult(statement);
    ended.delete(statement);
    textLength -= textLengthOf(statement);
    forget(statement);
  };

  const makeRoom = () => {
    const oldest = clock.now() - limits.retentionMs;
    for (const statement of ended) {
      if (statement.progress.updatedAt > oldest && textLength <= limits.keptTextLength) break;
      drop(statement);
    }
    for (const statement of withResult) {
      if (resultBytes <= limits.keptResultBytes || withResult.size === 1) break;
      dropResult(statement);
    }
  };

  return {
    add: (statement) => {
      textLength += textLengthOf(statement);
      makeRoom();
    },
    age: (statement) => {
      const bytes = resultBytesOf(statement);
      ended.add(statement);
      if (bytes > 0) withResult.add(statement);
      resultBytes += bytes;
      makeRoom();
    },
    makeRoom,
    expiryOf: ({ updatedAt }) => Math.floor((updatedAt + limits.retentionMs) / 1000),
  };
}

const resultBytesOf = ({ parts }: StoredStatement) =>
  parts.reduce((sum, { progress }) => sum + pageBytes(progress), 0);

const pageBytes = ({ result }: Progress) => result?.pages.reduce((sum, page) => sum + page.length, 0) ?? 0;

const textLengthOf = ({ parts, parameters }: StoredStatement) =>
  parts.reduce((sum, { sql }) => sum + sql.length, 0) +
  parameters.reduce((sum, { name, value }) => sum + name.length + value.length, 0);
