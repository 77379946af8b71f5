import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock } from '../../../clock.ts';
import type { Session, SqlResult } from '../../contracts.ts';
import { WarehouseError } from '../../warehouse/warehouse-error.ts';
import { parametersOf } from './parameters.ts';
import { keepResult, type ResultLimits } from './result-set.ts';
import type { SessionPool, Slot } from './session-pool.ts';
import { advance, end, hasEnded, isBatch, type Part, type Progress, type Statement } from './statement.ts';

/** A query that runs for 24 hours is ended: https://docs.aws.amazon.com/redshift/latest/mgmt/data-api.html */
const QUERY_LIMIT_MS = 24 * 60 * 60 * 1000;

export interface RunnerOptions {
  readonly pool: SessionPool;
  readonly databases: readonly string[];
  readonly clock: Clock;
  /** Milliseconds of a clock that only moves forward; measures durations. */
  readonly elapsed: () => number;
  readonly limits: ResultLimits;
}

/** Runs a statement from SUBMITTED to its end. Never rejects: what goes wrong is the statement's error. */
export type Runner = (statement: Statement) => Promise<void>;

export function createRunner(options: RunnerOptions): Runner {
  return async (statement) => {
    try {
      await nextTurn();
      const slot = await options.pool.take();
      try {
        advance(statement.progress, 'PICKED', options.clock.now());
        await nextTurn();
        const session = await openSession(statement, slot, options.databases);
        await runOnSession(statement, session, options);
      } finally {
        statement.session = undefined;
        void slot.release(!statement.cancelRequested);
      }
    } catch (error) {
      endParts(statement, options.clock.now());
      end(statement.progress, failure(error), options.clock.now());
    }
  };
}

async function openSession(statement: Statement, slot: Slot, databases: readonly string[]): Promise<Session> {
  const { database, user } = statement.target;
  if (databases.includes(database)) return slot.open(database, user);
  throw new WarehouseError(`FATAL: database "${database}" does not exist`, { sqlState: '3D000' });
}

async function runOnSession(statement: Statement, session: Session, options: RunnerOptions): Promise<void> {
  const { clock } = options;
  const startedAt = options.elapsed();
  statement.session = session;
  statement.pid = session.pid;
  advance(statement.progress, 'STARTED', clock.now());
  const limit = limitDuration(statement, clock);
  try {
    if (statement.executionMode === 'TRANSACTION') await runTransaction(statement, session, options);
    else await runOneByOne(statement, session, options);
    const durationNs = nanoseconds(options.elapsed() - startedAt);
    const hasResultSet = statement.parts.some(({ progress }) => progress.hasResultSet);
    end(statement.progress, { status: 'FINISHED', durationNs, hasResultSet }, clock.now());
  } catch (error) {
    endParts(statement, clock.now());
    const durationNs = nanoseconds(options.elapsed() - startedAt);
    end(statement.progress, { ...failure(error), durationNs }, clock.now());
  } finally {
    limit.abort();
  }
}

/** All or nothing: the first failure rolls everything back. */
async function runTransaction(statement: Statement, session: Session, options: RunnerOptions): Promise<void> {
  try {
    await session.begin();
    for (const part of statement.parts) await runPart(part, statement, session, options);
    stopIfCancelled(statement);
    await session.commit();
  } catch (error) {
    // A session that cannot roll back is lost, and its transaction with it.
    await session.rollback().catch(() => {});
    throw error;
  }
}

/** Every SQL by itself; a failure does not keep the next one from running, cancelling does. */
async function runOneByOne(statement: Statement, session: Session, options: RunnerOptions): Promise<void> {
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
  part: Part,
  statement: Statement,
  session: Session,
  options: RunnerOptions,
): Promise<void> {
  const { clock, elapsed, limits } = options;
  const startedAt = elapsed();
  stopIfCancelled(statement);
  advance(part.progress, 'STARTED', clock.now());
  try {
    const result = await session.execute(part.sql, parametersOf(part.sql, statement.parameters));
    const outcome = readOutcome(result, limits);
    end(
      part.progress,
      { status: 'FINISHED', ...outcome, durationNs: nanoseconds(elapsed() - startedAt) },
      clock.now(),
    );
  } catch (error) {
    end(part.progress, { ...failure(error), durationNs: nanoseconds(elapsed() - startedAt) }, clock.now());
    throw isBatch(statement) ? partError(error, statement.parts.indexOf(part) + 1) : error;
  }
}

function readOutcome(result: SqlResult, limits: ResultLimits): Partial<Progress> {
  const { columns, rows, rowCount } = result;
  if (columns === undefined) {
    return { rows: rowCount, resultSize: rowCount < 0 ? -1 : 0, hasResultSet: false };
  }
  const kept = keepResult(columns, rows ?? [], limits);
  return { rows: rowCount, resultSize: kept.size, hasResultSet: true, result: kept };
}

/** What a batch shows as its own error. */
function partError(error: unknown, number: number): WarehouseError {
  const { message } = error as Error;
  return new WarehouseError(`Query #${number} failed with ${message}`, {
    cancelled: wasCancelled(error),
    cause: error,
  });
}

function failure(error: unknown): Pick<Progress, 'status'> & { error: string } {
  return { status: wasCancelled(error) ? 'ABORTED' : 'FAILED', error: (error as Error).message };
}

const wasCancelled = (error: unknown) => error instanceof WarehouseError && error.cancelled;

/** What a batch has not come to does not run any more. */
function endParts(statement: Statement, now: number): void {
  for (const { progress } of statement.parts) {
    if (progress !== statement.progress && !hasEnded(progress)) end(progress, { status: 'ABORTED' }, now);
  }
}

function stopIfCancelled(statement: Statement): void {
  if (statement.cancelRequested) {
    throw new WarehouseError("ERROR: Query cancelled on user's request", { cancelled: true });
  }
}

function limitDuration(statement: Statement, clock: Clock): AbortController {
  const stop = new AbortController();
  clock.sleep(QUERY_LIMIT_MS, stop.signal).then(
    () => {
      statement.cancelRequested = true;
      return statement.session?.cancel();
    },
    () => {},
  );
  return stop;
}

const nanoseconds = (milliseconds: number) => Math.round(milliseconds * 1e6);
