import type { PostgresConnection, Session, SqlParameter, SqlResult } from '../../contracts.ts';
import { type Dialect, translate } from '../dialect/translate.ts';
import { describeColumn, findOrigins, type OriginCache } from './columns.ts';
import { connect, type ServerConnection, sendCancelRequest } from './connect.ts';
import { LETTER_STATE, type Letters } from './letters.ts';
import { logStatement, readsLog } from './log-statement.ts';
import type { QueryLog } from './query-log.ts';
import { beginReading, refuseEndingSessions } from './read-only.ts';
import { toWarehouseError } from './session-error.ts';
import { beginBlock, commitBlock, runControlled } from './transaction.ts';
import { createTurns, type Turn, type Turns } from './turns.ts';

export interface SessionOptions {
  readonly dialect: Dialect;
  readonly origins: OriginCache;
  readonly letters: Letters;
  /** Absent for a database that is no Redshift. */
  readonly log: QueryLog | undefined;
  /** A number for each statement, as Redshift's query ids. */
  readonly nextQueryId: () => number;
  readonly maxResultBytes: number;
  readonly isReadOnly: boolean;
  /** Called when the session has ended, by whatever cause. */
  readonly onEnd: () => void;
}

/** What the session has set about names. */
interface NameRules {
  isCaseSensitive: boolean;
}

interface OpenOptions extends SessionOptions {
  readonly names: NameRules;
}

const CASE_SETTING =
  /^\s*(?:re)?set\s+(?:session\s+)?enable_case_sensitive_identifier\s*(?:to|=)?\s*'?(\w*)/i;
const RESEND_CANCEL_MS = 100;

/** Opens a session that speaks Redshift's dialect. @throws WarehouseError */
export async function openSession(connection: PostgresConnection, options: SessionOptions): Promise<Session> {
  const { dialect, maxResultBytes, isReadOnly } = options;
  const names: NameRules = { isCaseSensitive: false };
  const server = await connect(
    connection,
    { isRedshift: dialect === 'redshift', maxResultBytes, isReadOnly },
    {
      onEnd: options.onEnd,
      onMessage: ({ code, message, detail }) => {
        if (code === LETTER_STATE) options.letters.answer(detail ?? '', message ?? '', names.isCaseSensitive);
      },
    },
  );
  return createSession(server, connection, { ...options, names });
}

function createSession(
  server: ServerConnection,
  connection: PostgresConnection,
  options: OpenOptions,
): Session {
  const { send, pid } = server;
  const { log, isReadOnly } = options;
  const turns = createTurns();
  let queryId = 0;
  const inTurn = <T>(work: (convert: Convert) => Promise<T>): Promise<T> =>
    turns.run((turn) => {
      queryId = options.nextQueryId();
      const statement = { queryId, pid };
      return work((running) =>
        running.catch((error) => {
          throw toWarehouseError(error, { ...statement, cancelRequested: turn.cancelRequested });
        }),
      );
    });
  return {
    pid,
    get queryId() {
      return queryId;
    },
    execute: (sql, parameters = []) =>
      inTurn((convert) => {
        const run = () => convert(runStatement(sql, parameters, queryId, server, options));
        return log ? logStatement(log, { queryId, user: connection.user, pid, sql }, run) : run();
      }),
    begin: () => inTurn((convert) => convert(isReadOnly ? beginReading(send) : beginBlock(send))),
    commit: () => inTurn((convert) => convert(commitBlock(send))),
    rollback: () => inTurn((convert) => convert(send('ROLLBACK').then(() => {}))),
    cancel: () => cancelRunning(turns, server, connection),
    reset: () =>
      inTurn((convert) => {
        options.names.isCaseSensitive = false;
        return convert(send('ROLLBACK').then(() => send('DISCARD ALL').then(() => {})));
      }),
    close: async () => {
      await cancelRunning(turns, server, connection);
      await server.close();
    },
  };
}

/** Turns what the driver rejects with into Redshift's words. */
type Convert = <T>(running: Promise<T>) => Promise<T>;

async function runStatement(
  sql: string,
  parameters: readonly SqlParameter[],
  queryId: number,
  server: ServerConnection,
  options: OpenOptions,
): Promise<SqlResult> {
  const translated = translate(sql, parameters, options.dialect, options.names.isCaseSensitive);
  // What the statement changes is noted under its number.
  const statement = options.log ? { ...translated, text: `/* ${queryId} */ ${translated.text}` } : translated;
  const { command } = statement;
  if (options.isReadOnly) refuseEndingSessions(sql);
  if (options.log && readsLog(sql)) await options.log.written();
  const raw = statement.control
    ? await runControlled(statement, server.isInBlock(), server.send)
    : await server.send(statement.text, statement.values);
  if (/^(SET|RESET)$/.test(command)) noteSetting(sql, options.names);
  if (/^(CREATE|ALTER|DROP|CALL)/.test(command)) options.origins.clear();
  if (!raw.fields) return { command, rowCount: affectedRows(raw.tag) };
  const origins = await findOrigins(raw.fields, options.origins, server.send);
  const columns = raw.fields.map((field, index) => describeColumn(field, origins[index]));
  return { command, rowCount: raw.rows.length, columns, rows: raw.rows };
}

function noteSetting(sql: string, names: NameRules): void {
  const value = CASE_SETTING.exec(sql)?.[1];
  if (value !== undefined) names.isCaseSensitive = /^(true|on|1|yes)$/i.test(value);
}

/** `INSERT 0 6` → 6; commands without a count → -1. */
function affectedRows(tag: string): number {
  const match = /^(?:INSERT \d+|UPDATE|DELETE|MERGE) (\d+)$/.exec(tag);
  return match ? Number(match[1]) : -1;
}

/**
 * A cancel request may overtake the statement it is for: it is sent until that has ended. The next statement waits for
 * the last request, so that it is not the one that is cancelled.
 */
async function cancelRunning(
  turns: Turns,
  server: ServerConnection,
  connection: PostgresConnection,
): Promise<void> {
  const turn = turns.current();
  if (!turn || turn.isOver) return;
  turn.cancelRequested = true;
  turn.hold ??= sendCancelRequests(turn, server, connection);
  await turn.hold;
}

async function sendCancelRequests(
  turn: Turn,
  server: ServerConnection,
  connection: PostgresConnection,
): Promise<void> {
  while (!turn.isOver) {
    await sendCancelRequest(connection, server.pid, server.secret);
    await Promise.race([turn.over, pause(RESEND_CANCEL_MS)]);
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}
