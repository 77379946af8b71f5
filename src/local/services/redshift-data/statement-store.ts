import type { Clock } from '../../../clock.ts';
import { AwsError } from '../../aws-error.ts';
import { createRetention, type RetentionLimits } from './retention.ts';
import { isBatch, type Progress, type StoredStatement } from './statement.ts';

/** Ids of forgotten statements that are still told apart from ids that never were. */
const TOMBSTONES = 20_000;

export interface StatementStore {
  add(statement: StoredStatement): void;
  /** To be called when a statement has ended: from here on it ages. */
  markEnded(statement: StoredStatement): void;
  /** What an id names: a statement, or one SQL of a batch. @throws AwsError ResourceNotFoundException, ValidationException */
  find(id: string): Located;
  /** Statements that have not ended, on one target. */
  countActive(targetKey: string): number;
  /** Newest first. @param unended only those that have not ended, which are few among the many of a day */
  list(unended: boolean): StoredStatement[];
  /** For a result that is not kept any more, though its statement is. */
  resultExpired(progress: Progress): AwsError;
}

interface Located {
  readonly statement: StoredStatement;
  readonly progress: Progress;
  /** Index of the SQL that the id's suffix names. */
  readonly part?: number;
}

/** Every statement that the service knows, by id and in the order of submission. */
export function createStatementStore(clock: Pick<Clock, 'now'>, limits: RetentionLimits): StatementStore {
  const statements = new Map<string, StoredStatement>();
  /** Id of a forgotten statement to the time it expired, in epoch seconds. */
  const tombstones = new Map<string, number>();
  const active = new Map<string, number>();
  const unended = new Set<StoredStatement>();

  const retention = createRetention(clock, limits, ({ id, progress }) => {
    statements.delete(id);
    tombstones.set(id, retention.expiryOf(progress));
    if (tombstones.size > TOMBSTONES) tombstones.delete(tombstones.keys().next().value ?? '');
  });
  const countActive = (key: string) => active.get(key) ?? 0;

  return {
    add: (statement) => {
      statements.set(statement.id, statement);
      unended.add(statement);
      active.set(statement.target.key, countActive(statement.target.key) + 1);
      retention.add(statement);
    },
    markEnded: (statement) => {
      unended.delete(statement);
      active.set(statement.target.key, countActive(statement.target.key) - 1);
      retention.age(statement);
    },
    find: (id) => {
      retention.makeRoom();
      const [whole = '', suffix] = id.split(':');
      const statement = statements.get(whole);
      if (statement === undefined) throw notFound(id, tombstones.get(whole));
      return locate(id, statement, suffix);
    },
    countActive,
    list: (onlyUnended) => {
      retention.makeRoom();
      return [...(onlyUnended ? unended : statements.values())].reverse();
    },
    resultExpired: (progress) => expired(retention.expiryOf(progress)),
  };
}

function locate(id: string, statement: StoredStatement, suffix: string | undefined): Located {
  if (suffix === undefined) return { statement, progress: statement.progress };
  const part = Number(suffix) - 1;
  const progress = isBatch(statement) && suffix !== '' ? statement.parts[part]?.progress : undefined;
  if (progress === undefined) throw notFound(id);
  return { statement, progress, part };
}

function notFound(id: string, expiredAt?: number): AwsError {
  if (expiredAt !== undefined) return expired(expiredAt);
  return new AwsError('ResourceNotFoundException', 'Query does not exist.', 400, { ResourceId: id });
}

const expired = (at: number) =>
  new AwsError('ValidationException', `Could not retrieve the query result as it has expired after ${at}.`);
