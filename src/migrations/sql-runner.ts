import { randomUUID } from 'node:crypto';
import { type Clock, systemClock } from '../clock.ts';
import { cancelStatement } from '../data-api/cancel.ts';
import type { DataApi } from '../data-api/describe.ts';
import { type RunningStatement, runningStatements } from '../data-api/list-statements.ts';
import { readRows } from '../data-api/result.ts';
import { awaitEnd, type StatementEnd, statementFailure } from '../data-api/statement-end.ts';
import type { Target } from '../data-api/target.ts';
import { MigrationFailed } from '../errors/errors.ts';
import { type RepeatContext, repeatCall, repeatStatement } from './repeat.ts';
import { STATEMENT_PREFIX, submitSql } from './submit-sql.ts';

/** The Data API takes at most this many statements in one transaction. */
export const MAX_BATCH = 40;

/** Milliseconds between two tries to cancel: a statement that has not started cannot be cancelled. */
const CANCEL_PAUSE_MS = 1_000;

/**
 * Runs the SQL of migrations. Queries and transactions that fail by a temporary cause are submitted again, with the
 * attempts and pauses of a step. Statements outside a transaction are not.
 */
export interface SqlRunner {
  /**
   * Runs statements in one transaction and waits for its end. If it may have been applied, it is not submitted again.
   * @param name what a failure is reported about, e.g. a file's name
   * @throws MigrationFailed with the SQL error and the statement that failed
   */
  transaction(name: string, sqls: readonly string[]): Promise<void>;
  /** Runs one query and returns its rows as text. NULL becomes an empty text. */
  query(name: string, sql: string): Promise<readonly (readonly string[])[]>;
  /**
   * Runs statements in one transaction that notices whether it was applied, so it may be submitted twice. Returns how
   * it ended. With a key it is submitted once, for a statement without a transaction.
   * @param key for 8 hours, the same key on the same target stands for the statement that was submitted with it
   * @throws MigrationFailed when the runner was stopped before
   */
  execute(name: string, sqls: readonly string[], key?: string): Promise<StatementEnd>;
  /** Statements on the same database that a runner of any process has submitted and that have not ended. */
  running(): Promise<readonly RunningStatement[]>;
  /** Waits for one of them. */
  untilEnded(id: string): Promise<void>;
}

export interface SqlRunnerOptions {
  /** @default the machine's */
  readonly clock?: Clock;
  /** 0 up to, not including, 1. @default Math.random */
  readonly random?: () => number;
  /** Makes a unique key. @default randomUUID */
  readonly ids?: () => string;
  /** Aborted to stop. Running statements are cancelled, and nothing more is submitted. */
  readonly signal?: AbortSignal;
  /** Called before the pause after which a statement is submitted again. */
  readonly onRepeat?: RepeatContext['onRepeat'];
}

/** Runs SQL through the Data API, as it is done on AWS. */
export function createSqlRunner(api: DataApi, target: Target, options: SqlRunnerOptions = {}): SqlRunner {
  const { clock = systemClock, random = Math.random, ids = randomUUID, signal, onRepeat } = options;
  const context: RepeatContext = { clock, random, signal, ...(onRepeat && { onRepeat }) };
  const once = createExecute(api, target, context, ids);
  const repeat = (name: string, sqls: readonly string[], isHarmless: boolean) =>
    repeatStatement(context, name, isHarmless, () => once(name, sqls));

  return {
    execute: (name, sqls, key) => (key === undefined ? repeat(name, sqls, true) : once(name, sqls, key)),
    transaction: async (name, sqls) => void assertFinished(name, sqls, await repeat(name, sqls, false)),
    query: async (name, sql) => {
      const { id } = assertFinished(name, [sql], await repeat(name, [sql], true));
      const rows = await repeatCall(context, name, () => readRows(api, id));
      return rows.map((row) => row.map((value) => String(value ?? '')));
    },
    running: () =>
      repeatCall(context, 'running statements', () => runningStatements(api, target, STATEMENT_PREFIX)),
    untilEnded: async (id) => void (await awaitEnd({ api, clock, random, signal }, { id, since: 0 })),
  };
}

function assertFinished(name: string, sqls: readonly string[], end: StatementEnd): StatementEnd {
  if (end.status === 'FINISHED') return end;
  const failed = sqls[(end.failedPart ?? 1) - 1] ?? '';
  const where = sqls.length === 1 ? '' : ` ${JSON.stringify(failed.slice(0, 200))}:`;
  throw statementFailure(`${name}:${where}`, end);
}

function createExecute(
  api: DataApi,
  target: Target,
  context: RepeatContext,
  ids: () => string,
): SqlRunner['execute'] {
  const { clock, random, signal } = context;
  let since: number | undefined;
  // When a call with a key is repeated because no answer came, the answer is the same statement.
  return async (name, sqls, key = ids()) => {
    if (signal?.aborted) throw new MigrationFailed(`${name}: was not started`);
    const submit = () => submitSql(api, target, name, sqls, key);
    const { id, createdAt } = await repeatCall(context, name, submit);
    since ??= createdAt;
    const ended = new AbortController();
    const stop = () => void cancel(api, id, clock, ended.signal);
    if (signal?.aborted) stop();
    signal?.addEventListener('abort', stop, { signal: ended.signal });
    try {
      return await awaitEnd({ api, clock, random }, { id, since });
    } finally {
      ended.abort();
    }
  };
}

/** Tries until it is cancelled or has ended. */
async function cancel(api: DataApi, id: string, clock: Clock, ended: AbortSignal): Promise<void> {
  try {
    while (!(await cancelStatement(api, id))) await clock.sleep(CANCEL_PAUSE_MS, ended);
  } catch {
    // It has ended, or it cannot be cancelled. The caller that waits for it sees how it ends.
  }
}
