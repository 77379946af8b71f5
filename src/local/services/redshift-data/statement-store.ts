import type { Clock } from '../../../clock.ts';
import { AwsError } from '../../aws-error.ts';
import { isBatch, type Progress, type Statement } from './statement.ts';

export interface StoreLimits {
  /** Milliseconds that an ended statement and its result are kept. */
  readonly retentionMs: number;
  /** Bytes of results kept at once; the newest is kept whatever its size. */
  readonly keptResultBytes: number;
  /** Characters of SQL and parameters kept at once. */
  readonly keptTextLength: number;
}

/** AWS keeps 24 hours and has room; here the oldest make room for the newest. */
export const STORE_LIMITS: StoreLimits = {
  retentionMs: 24 * 60 * 60 * 1000,
  keptResultBytes: 48 * 1024 * 1024,
  keptTextLength: 24 * 1024 * 1024,
};

/** Ids of forgotten statements that are still told apart from ids that never were. */
const TOMBSTONES = 20_000;

export interface StatementStore {
  add(statement: Statement): void;
  /** To be called when a statement has ended: from here on it ages. */
  markEnded(statement: Statement): void;
  /** What an id names: a statement, or one SQL of a batch. @throws AwsError ResourceNotFoundException, ValidationException */
  find(id: string): Located;
  /** Statements that have not ended, on one target. */
  countActive(targetKey: string): number;
  /** Newest first. */
  list(): Statement[];
}

interface Located {
  readonly statement: Statement;
  readonly progress: Progress;
  /** Index of the SQL that the id's suffix names. */
  readonly part?: number;
}

export function createStatementStore(clock: Pick<Clock, 'now'>, limits: StoreLimits): StatementStore {
  const statements = new Map<string, Statement>();
  /** In the order they ended. */
  const ended = new Map<string, Statement>();
  const withResult = new Map<string, Statement>();
  const tombstones = new Map<string, number>();
  const active = new Map<string, number>();
  let resultBytes = 0;
  let textLength = 0;

  const dropResult = (statement: Statement) => {
    if (withResult.delete(statement.id)) resultBytes -= resultBytesOf(statement);
    for (const { progress } of statement.parts) progress.result = undefined;
  };

  const forget = (statement: Statement) => {
    dropResult(statement);
    statements.delete(statement.id);
    ended.delete(statement.id);
    textLength -= textLengthOf(statement);
    tombstones.set(statement.id, expiryOf(statement));
    if (tombstones.size > TOMBSTONES) tombstones.delete(first(tombstones.keys()) as string);
  };

  const expiryOf = ({ progress }: Statement) => Math.floor((progress.updatedAt + limits.retentionMs) / 1000);

  const makeRoom = () => {
    const oldest = clock.now() - limits.retentionMs;
    for (const statement of ended.values()) {
      if (statement.progress.updatedAt > oldest && textLength <= limits.keptTextLength) break;
      forget(statement);
    }
    for (const statement of withResult.values()) {
      if (resultBytes <= limits.keptResultBytes || withResult.size === 1) break;
      dropResult(statement);
    }
  };

  const count = ({ target }: Statement, step: 1 | -1) =>
    active.set(target.key, (active.get(target.key) ?? 0) + step);

  return {
    add: (statement) => {
      statements.set(statement.id, statement);
      textLength += textLengthOf(statement);
      count(statement, 1);
      makeRoom();
    },
    markEnded: (statement) => {
      ended.set(statement.id, statement);
      count(statement, -1);
      const bytes = resultBytesOf(statement);
      if (bytes > 0) withResult.set(statement.id, statement);
      resultBytes += bytes;
      makeRoom();
    },
    find: (id) => {
      makeRoom();
      const [whole = '', suffix] = id.split(':');
      const statement = statements.get(whole);
      if (statement === undefined) throw notFound(id, tombstones.get(whole));
      if (suffix === undefined) return { statement, progress: statement.progress };
      const part = Number(suffix) - 1;
      const progress = isBatch(statement) && suffix !== '' ? statement.parts[part]?.progress : undefined;
      if (progress === undefined) throw notFound(id);
      return { statement, progress, part };
    },
    countActive: (targetKey) => active.get(targetKey) ?? 0,
    list: () => {
      makeRoom();
      return [...statements.values()].reverse();
    },
  };
}

function notFound(id: string, expiredAt?: number): AwsError {
  if (expiredAt !== undefined) return expired(expiredAt);
  return new AwsError('ResourceNotFoundException', 'Query does not exist.', 400, { ResourceId: id });
}

/** For a statement or a result that is not kept any more. @param at epoch seconds */
export const expired = (at: number) =>
  new AwsError('ValidationException', `Could not retrieve the query result as it has expired after ${at}.`);

const resultBytesOf = ({ parts }: Statement) =>
  parts.reduce((sum, { progress }) => sum + pageBytes(progress), 0);

const pageBytes = ({ result }: Progress) => result?.pages.reduce((sum, page) => sum + page.length, 0) ?? 0;

const textLengthOf = ({ parts, parameters }: Statement) =>
  parts.reduce((sum, { sql }) => sum + sql.length, 0) +
  parameters.reduce((sum, { name, value }) => sum + name.length + value.length, 0);

const first = <T>(values: Iterable<T>): T | undefined => {
  for (const value of values) return value;
  return undefined;
};
