import {
  BatchExecuteStatementCommand,
  ExecuteStatementCommand,
  type Field,
  GetStatementResultCommand,
} from '@aws-sdk/client-redshift-data';
import { MigrationFailed } from '../errors.ts';
import { toTypedError } from '../statements/api-error.ts';
import { type DataApi, type Description, describeStatement } from '../statements/describe.ts';
import { type Target, toTargetRequest } from '../statements/target.ts';

/** The Data API takes at most this many statements in one transaction. */
export const MAX_BATCH = 40;

/** The longest the Data API holds an answer back. */
const LONG_POLL_SECONDS = 30;

/** Where migrations run. */
export interface SqlRunner {
  /**
   * Runs statements in one transaction and waits for its end.
   * @param name what a failure is reported about, e.g. a file's name
   * @throws MigrationFailed with the SQL error and the statement it stands for
   */
  transaction(name: string, sqls: readonly string[]): Promise<void>;
  /** Runs one query and returns its rows, as text. */
  query(name: string, sql: string): Promise<readonly (readonly string[])[]>;
}

/** Runs SQL through the Data API, as it is done on AWS. */
export function createSqlRunner(api: DataApi, target: Target): SqlRunner {
  const common = toTargetRequest(target);

  const submit = async (name: string, sqls: readonly string[]): Promise<string> => {
    const [first = '', ...others] = sqls;
    const named = { ...common, StatementName: `migrate/${name}`, WaitTimeSeconds: LONG_POLL_SECONDS };
    const command =
      others.length === 0
        ? new ExecuteStatementCommand({ ...named, Sql: first })
        : new BatchExecuteStatementCommand({ ...named, Sqls: [...sqls] });
    try {
      const { Id } = await api.send(command as ExecuteStatementCommand);
      return Id ?? '';
    } catch (error) {
      throw toTypedError(`migrating ${name}`, error);
    }
  };

  const run = async (name: string, sqls: readonly string[]): Promise<Description> => {
    const ended = await untilEnded(api, await submit(name, sqls));
    if (ended.status !== 'FINISHED') throw failed(name, ended);
    return ended;
  };

  return {
    transaction: async (name, sqls) => {
      if (sqls.length > MAX_BATCH) {
        throw new MigrationFailed(
          `${name}: has ${sqls.length} statements, one transaction of the Data API takes ${MAX_BATCH}`,
        );
      }
      await run(name, sqls);
    },
    query: async (name, sql) => readRows(api, (await run(name, [sql])).id),
  };
}

async function untilEnded(api: DataApi, id: string): Promise<Description> {
  for (;;) {
    const description = await describeStatement(api, id, LONG_POLL_SECONDS);
    if (!['SUBMITTED', 'PICKED', 'STARTED'].includes(description.status)) return description;
  }
}

async function readRows(api: DataApi, id: string): Promise<readonly (readonly string[])[]> {
  const rows: string[][] = [];
  let token: string | undefined;
  do {
    const page = await api.send(
      new GetStatementResultCommand({ Id: id, ...(token === undefined ? {} : { NextToken: token }) }),
    );
    for (const record of page.Records ?? []) rows.push(record.map(fieldText));
    token = page.NextToken;
  } while (token !== undefined);
  return rows;
}

function fieldText({ stringValue, longValue, doubleValue, booleanValue }: Field): string {
  return String(stringValue ?? longValue ?? doubleValue ?? booleanValue ?? '');
}

function failed(name: string, { status, error, failedSql, id }: Description): MigrationFailed {
  const where = failedSql === undefined ? '' : ` in ${JSON.stringify(failedSql.slice(0, 200))}`;
  return new MigrationFailed(`${name}: ${error ?? `ended ${status}`}${where} (statement ${id})`);
}
