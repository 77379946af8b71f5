import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock } from '../../../clock.ts';
import type { Session } from '../../contracts.ts';
import { WarehouseError } from '../../warehouse/warehouse-error.ts';
import { parametersOf } from './operation/parameters.ts';
import type { ResultLimits } from './result/result-set.ts';
import type { SessionPool, Slot } from './session-pool.ts';
import {
  end,
  isBatch,
  type Progress,
  reachStatus,
  type StatementPart,
  type StoredStatement,
} from './statement.ts';
import {
  abortRemaining,
  batchError,
  failureOutcome,
  readOutcome,
  stopIfCancelled,
  wasCancelled,
} from './statement-outcome.ts';

/** A query that runs for 24 hours is ended: https://docs.aws.amazon.com/redshift/latest/mgmt/data-api.html */
const QUERY_LIMIT_MS = 24 * 60 * 60 * 1000;

/** Stands in a statement's way. Each is given the statement's name, or its id where it has none. */
export interface StatementDisturbance {
  /** While this goes on, the statement is SUBMITTED. */
  beforeStart(name: string): Promise<void>;
  /** While this goes on, the transaction that failed or was cancelled holds its locks. */
  beforeRollback(name: string): Promise<void>;
}

export interface RunnerOptions {
  readonly disturbance?: StatementDisturbance | undefined;
  readonly pool: SessionPool;
  readonly databases: readonly string[];
  readonly clock: Clock;
  /** Milliseconds of a clock that only moves forward; measures durations. */
  readonly elapsed: () => number;
  readonly limits: ResultLimits;
}

/** Runs a statement from SUBMITTED to its end. Never rejects: what goes wrong is the statement's error. */
export type Runner = (statement: StoredStatement) => Promise<void>;

export function createRunner(options: RunnerOptions): Runner {
  return async (statement) => {
    try {
      await nextTurn();
      await options.disturbance?.beforeStart(statement.name ?? statement.id);
      const slot = await options.pool.take();
      try {
        reachStatus(statement.progress, 'PICKED', options.clock.now());
        await nextTurn();
        const session = await openSession(statement, slot, options.databases);
        await runOnSession(statement, session, options);
      } finally {
        statement.session = undefined;
        void slot.release(!statement.cancelRequested);
      }
    } catch (error) {
      abortRemaining(statement, options.clock.now());
      end(statement.progress, failureOutcome(error), options.clock.now());
    }
  };
}

async function openSession(
  statement: StoredStatement,
  slot: Slot,
  databases: readonly string[],
): Promise<Session> {
  const { database, user } = statement.target;
  if (databases.includes(database)) return slot.open(database, user);
  throw new WarehouseError(`FATAL: database "${database}" does not exist`, { sqlState: '3D000' });
}

async function runOnSession(
  statement: StoredStatement,
  session: Session,
  options: RunnerOptions,
): Promise<void> {
  const { clock } = options;
  const startedAt = options.elapsed();
  statement.session = session;
  statement.pid = session.pid;
  reachStatus(statement.progress, 'STARTED', clock.now());
  const limit = limitDuration(statement, clock);
  const finish = (outcome: Pick<Progress, 'status'>) => {
    const durationNs = nanoseconds(options.elapsed() - startedAt);
    const hasResultSet = statement.parts.some(({ progress }) => progress.hasResultSet);
    end(statement.progress, { ...outcome, durationNs, hasResultSet }, clock.now());
  };
  try {
    if (statement.executionMode === 'TRANSACTION') await runTransaction(statement, session, options);
    else await runOneByOne(statement, session, options);
    finish({ status: 'FINISHED' });
  } catch (error) {
    abortRemaining(statement, clock.now());
    finish(failureOutcome(error));
  } finally {
    limit.abort();
  }
}

/** All or nothing: the first failure rolls everything back. */
async function runTransaction(
  statement: StoredStatement,
  session: Session,
  options: RunnerOptions,
): Promise<void> {
  try {
    await session.begin();
    for (const part of statement.parts) await runPart(part, statement, session, options);
    stopIfCancelled(statement);
    await session.commit();
  } catch (error) {
    await options.disturbance?.beforeRollback(statement.name ?? statement.id);
    // A session that cannot roll back is lost, and its transaction with it.
    await session.rollback().catch(() => {});
    throw error;
  }
}

/** Every SQL by itself; a failure does not keep the next one from running, cancelling does. */
async function runOneByOne(
  statement: StoredStatement,
  session: Session,
  options: RunnerOptions,
): Promise<void> {
  let first: unknown;
  for (const part of statement.parts) {
    try {
      await runPart(part, statement, session, options);
    } catch (error) {
      if (wasCancelled(error)) throw error;
      first ??= error;
    }
  }
  if (first !== undefined) throw first;
}

async function runPart(
  part: StatementPart,
  statement: StoredStatement,
  session: Session,
  options: RunnerOptions,
): Promise<void> {
  const { clock, elapsed, limits } = options;
  const startedAt = elapsed();
  stopIfCancelled(statement);
  reachStatus(part.progress, 'STARTED', clock.now());
  const finish = (outcome: Partial<Progress> & Pick<Progress, 'status'>) => {
    const durationNs = nanoseconds(elapsed() - startedAt);
    end(part.progress, { ...outcome, durationNs, queryId: session.queryId }, clock.now());
  };
  try {
    const result = await session.execute(part.sql, parametersOf(part.sql, statement.parameters));
    finish({ status: 'FINISHED', ...readOutcome(result, limits) });
  } catch (error) {
    finish(failureOutcome(error));
    throw isBatch(statement) ? batchError(error, statement.parts.indexOf(part) + 1) : error;
  }
}

function limitDuration(statement: StoredStatement, clock: Clock): AbortController {
  const stop = new AbortController();
  const cancel = () => {
    statement.cancelRequested = true;
    return statement.session?.cancel();
  };
  // Rejects when the statement ended in time, or when its session is lost and it ends by that.
  clock
    .sleep(QUERY_LIMIT_MS, stop.signal)
    .then(cancel)
    .catch(() => {});
  return stop;
}

const nanoseconds = (milliseconds: number) => Math.round(milliseconds * 1e6);
