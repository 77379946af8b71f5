import { Client, type ClientConfig } from 'pg';
import type { PostgresConnection, Session, SqlParameter, SqlResult } from '../../contracts.ts';
import { translate } from '../dialect/translate.ts';
import { WarehouseError } from '../warehouse-error.ts';
import { sendCancelRequest } from './cancel-request.ts';
import { findOrigins, type OriginCache } from './column-origins.ts';
import { describeColumn } from './columns.ts';
import { toWarehouseError } from './session-error.ts';
import { createStatementQuery, type RawResult } from './statement-query.ts';

export interface SessionOptions {
  readonly origins: OriginCache;
  /** A number for each statement, as Redshift's query ids. */
  readonly nextQueryId: () => number;
  readonly maxResultBytes: number;
  /** Called when the session has ended, by whatever cause. */
  readonly onEnd: () => void;
}

/** Redshift reads backslashes in strings as escapes, and its transactions see one snapshot. */
const SERVER_OPTIONS = [
  'default_transaction_isolation=repeatable\\ read',
  'standard_conforming_strings=off',
  'backslash_quote=on',
  'escape_string_warning=off',
  'client_min_messages=notice',
]
  .map((setting) => `-c ${setting}`)
  .join(' ');

const RESEND_CANCEL_MS = 100;

interface Running {
  readonly queryId: number;
  cancelRequested: boolean;
}

/** Opens a session that speaks Redshift's dialect. @throws WarehouseError */
export async function openSession(connection: PostgresConnection, options: SessionOptions): Promise<Session> {
  const client = new Client({ ...connection, ssl: false, options: SERVER_OPTIONS } satisfies ClientConfig);
  client.on('error', () => {});
  client.once('end', options.onEnd);
  try {
    await client.connect();
  } catch (error) {
    throw toWarehouseError(error, { queryId: 0, pid: 0, cancelRequested: false });
  }
  return createSession(client, connection, options);
}

function createSession(client: Client, connection: PostgresConnection, options: SessionOptions): Session {
  const { processID: pid, secretKey: secret } = client as unknown as { processID: number; secretKey: number };
  let running: Running | undefined;
  let last: Promise<unknown> = Promise.resolve();

  const query = (text: string, values: readonly string[]) =>
    new Promise<RawResult>((resolve, reject) => {
      client.query(
        createStatementQuery(text, values, options.maxResultBytes, (error, result) =>
          error ? reject(error) : resolve(result),
        ),
      );
    });

  /** Runs `work` when everything asked for before has ended. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(async () => {
      const statement: Running = { queryId: options.nextQueryId(), cancelRequested: false };
      running = statement;
      try {
        return await work();
      } catch (error) {
        throw toWarehouseError(error, { ...statement, pid });
      } finally {
        running = undefined;
      }
    });
    last = turn.catch(() => {});
    return turn;
  };

  const run = async (sql: string, parameters: readonly SqlParameter[]): Promise<SqlResult> => {
    const statement = translate(sql, parameters);
    const raw = await query(statement.text, statement.values);
    if (statement.changesSchema) options.origins.clear();
    if (!raw.fields) return { command: statement.command, rowCount: affectedRows(raw.tag) };
    const origins = await findOrigins(raw.fields, options.origins, query);
    const columns = raw.fields.map((field, index) => describeColumn(field, origins[index]));
    return { command: statement.command, rowCount: raw.rows.length, columns, rows: raw.rows };
  };

  return {
    pid,
    execute: (sql, parameters = []) => inTurn(() => run(sql, parameters)),
    begin: () => inTurn(async () => void (await query('BEGIN ISOLATION LEVEL REPEATABLE READ', []))),
    commit: () =>
      inTurn(async () => {
        const { tag } = await query('COMMIT', []);
        if (tag === 'ROLLBACK') throw abortedTransaction();
      }),
    rollback: () => inTurn(async () => void (await query('ROLLBACK', []))),
    cancel: async () => {
      const target = running;
      if (!target) return;
      target.cancelRequested = true;
      while (running === target) {
        await sendCancelRequest(connection, pid, secret);
        await Promise.race([last, pause(RESEND_CANCEL_MS)]);
      }
    },
    reset: () =>
      inTurn(async () => {
        await query('ROLLBACK', []);
        await query('DISCARD ALL', []);
      }),
    close: () => client.end(),
  };
}

/** `INSERT 0 6` → 6; commands without a count → -1. */
function affectedRows(tag: string): number {
  const match = /^(?:INSERT \d+|UPDATE|DELETE|MERGE) (\d+)$/.exec(tag);
  return match ? Number(match[1]) : -1;
}

function abortedTransaction(): WarehouseError {
  return new WarehouseError(
    'ERROR: current transaction is aborted, commands ignored until end of transaction block',
    { sqlState: '25P02' },
  );
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}
