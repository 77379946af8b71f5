import { createHash } from 'node:crypto';
import { BatchExecuteStatementCommand, ExecuteStatementCommand } from '@aws-sdk/client-redshift-data';
import { type Clock, systemClock } from '../clock.ts';
import { MigrationFailed } from '../errors/errors.ts';
import { toTypedError } from '../statements/api-error.ts';
import { cancelStatement } from '../statements/cancel.ts';
import type { DataApi } from '../statements/describe.ts';
import { type Target, toTargetRequest } from '../statements/target.ts';
import { readRows } from './read-rows.ts';
import { type RunningStatement, runningStatements } from './running-statements.ts';
import { type StatementEnd, statementFailure, untilEnded } from './statement-end.ts';

/** The Data API takes at most this many statements in one transaction. */
export const MAX_BATCH = 40;

/** What the names of all statements of a migrate begin with. */
const PREFIX = 'migrate/';

/** Seconds that a submission waits: the shortest the API has, so that the statement's id is known when it must be cancelled. */
const SUBMIT_WAIT_SECONDS = 1;

/** Between two tries to cancel: what has not started yet cannot be. */
const CANCEL_PAUSE_MS = 1_000;

/** Where migrations run. */
export interface SqlRunner {
  /**
   * Runs statements in one transaction and waits for its end.
   * @param name what a failure is reported about, e.g. a file's name
   * @throws MigrationFailed with the SQL error and the statement it stands for
   */
  transaction(name: string, sqls: readonly string[]): Promise<void>;
  /** Runs one query and returns its rows, as text; NULL is an empty one. */
  query(name: string, sql: string): Promise<readonly (readonly string[])[]>;
  /**
   * Runs statements in one transaction, or a single one by itself, and says how that ended.
   * @param key for 8 hours, the same one on the same target means the statement that was submitted with it
   * @throws MigrationFailed when the runner was stopped before
   */
  execute(name: string, sqls: readonly string[], key?: string): Promise<StatementEnd>;
  /** Statements that a runner has submitted to the same database and that have not ended, whichever process it was of. */
  running(): Promise<readonly RunningStatement[]>;
  /** Waits for one of them. */
  untilEnded(id: string): Promise<void>;
}

export interface SqlRunnerOptions {
  /** @default the machine's */
  readonly clock?: Clock;
  /** Aborted to stop: what runs is cancelled, and nothing more is submitted. */
  readonly signal?: AbortSignal;
}

/** Runs SQL through the Data API, as it is done on AWS. */
export function createSqlRunner(api: DataApi, target: Target, options: SqlRunnerOptions = {}): SqlRunner {
  const { clock = systemClock, signal } = options;
  const execute = createExecute(api, target, clock, signal);
  const finish = async (name: string, sqls: readonly string[]): Promise<StatementEnd> => {
    const end = await execute(name, sqls);
    if (end.status === 'FINISHED') return end;
    const failed = sqls[(end.failedPart ?? 1) - 1] ?? '';
    const where = sqls.length === 1 ? '' : ` ${JSON.stringify(failed.slice(0, 200))}:`;
    throw statementFailure(`${name}:${where}`, end);
  };

  return {
    execute,
    transaction: async (name, sqls) => void (await finish(name, sqls)),
    query: async (name, sql) => readRows(api, (await finish(name, [sql])).id),
    running: () => runningStatements(api, target, PREFIX),
    untilEnded: async (id) => void (await untilEnded(api, { id, since: 0 }, clock, signal)),
  };
}

function createExecute(
  api: DataApi,
  target: Target,
  clock: Clock,
  signal: AbortSignal | undefined,
): SqlRunner['execute'] {
  let since: number | undefined;
  return async (name, sqls, key) => {
    if (signal?.aborted) throw new MigrationFailed(`${name}: was not begun`);
    const { id, createdAt } = await submit(api, target, name, sqls, key);
    since ??= createdAt;
    const ended = new AbortController();
    const stop = () => void cancel(api, id, clock, ended.signal);
    if (signal?.aborted) stop();
    signal?.addEventListener('abort', stop, { signal: ended.signal });
    try {
      return await untilEnded(api, { id, since }, clock);
    } finally {
      ended.abort();
    }
  };
}

async function submit(
  api: DataApi,
  target: Target,
  name: string,
  sqls: readonly string[],
  key: string | undefined,
): Promise<{ readonly id: string; readonly createdAt: number }> {
  const common = {
    ...toTargetRequest(target),
    ...(key === undefined ? {} : { ClientToken: tokenOf(target, key) }),
    StatementName: `${PREFIX}${name}`,
    WaitTimeSeconds: SUBMIT_WAIT_SECONDS,
  };
  const [first = '', ...others] = sqls;
  try {
    const { Id = '', CreatedAt } = await (others.length === 0
      ? api.send(new ExecuteStatementCommand({ ...common, Sql: first }))
      : api.send(new BatchExecuteStatementCommand({ ...common, Sqls: [...sqls] })));
    return { id: Id, createdAt: CreatedAt?.getTime() ?? 0 };
  } catch (error) {
    throw toTypedError(`migrating ${name}`, error);
  }
}

/** The API takes 64 characters, and knows a token whatever the target. */
function tokenOf(target: Target, key: string): string {
  return createHash('sha256')
    .update(JSON.stringify([target, key]))
    .digest('hex');
}

/** Tries until it is cancelled or has ended. */
async function cancel(api: DataApi, id: string, clock: Clock, ended: AbortSignal): Promise<void> {
  try {
    while (!(await cancelStatement(api, id))) await clock.sleep(CANCEL_PAUSE_MS, ended);
  } catch {
    // It has ended, or cannot be cancelled: how it ends is seen by who waits for it.
  }
}
