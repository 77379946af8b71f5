import {
  BatchExecuteStatementCommand,
  DescribeStatementCommand,
  type DescribeStatementCommandOutput,
  ExecuteStatementCommand,
} from '@aws-sdk/client-redshift-data';
import type { Clock } from '../clock.ts';
import { toTypedError } from '../data-api/api-error.ts';
import { cancelUntilEnded } from '../data-api/cancel.ts';
import type { DataApi } from '../data-api/describe.ts';
import { type ResultValue, readRows } from '../data-api/result.ts';
import { awaitEnd } from '../data-api/statement-end.ts';
import { type Target, toTargetRequest } from '../data-api/target.ts';
import { StatementFailed } from '../errors/errors.ts';

/** What the Data API says of a statement, as it says it. */
export type Described = DescribeStatementCommandOutput;

export interface Parameter {
  readonly name: string;
  readonly value: string;
}

/** One user's way into the warehouse. */
export interface WarehouseSession {
  readonly api: DataApi;
  readonly target: Target;
  /** Submits statements as one transaction, or one by itself. @throws RedshiftUnavailable, InvalidConfig */
  submit(sqls: readonly string[], parameters?: readonly Parameter[]): Promise<string>;
  describe(id: string): Promise<Described>;
  /** Waits for the end of a statement, however it ends. */
  end(id: string): Promise<Described>;
  run(sqls: readonly string[], parameters?: readonly Parameter[]): Promise<Described>;
  /** The same; its end must be a success. @throws StatementFailed */
  must(sqls: readonly string[]): Promise<Described>;
  /** @throws StatementFailed */
  rows(sql: string): Promise<readonly (readonly ResultValue[])[]>;
  /** Rows of a statement that has finished, or of one of a batch: `ID:N`. @throws InvalidConfig where there are none */
  result(id: string): Promise<readonly (readonly ResultValue[])[]>;
  /** Cancels what is still running, and waits for its end. */
  cancelAll(): Promise<void>;
}

export interface SessionParts {
  readonly api: DataApi;
  readonly target: Target;
  /** Names all its statements. */
  readonly name: string;
  readonly clock: Clock;
  /** Aborted to stop: nothing more is submitted, and nothing more is waited for. */
  readonly signal?: AbortSignal;
}

/** Of about two seconds each. */
const CANCEL_TURNS = 30;

export function createSession({ api, target, name, clock, signal }: SessionParts): WarehouseSession {
  const running = new Set<string>();
  const submit = async (sqls: readonly string[], parameters: readonly Parameter[] = []) => {
    signal?.throwIfAborted();
    const common = {
      ...toTargetRequest(target),
      StatementName: name,
      ...(parameters.length === 0 ? {} : { Parameters: [...parameters] }),
    };
    const [first = '', ...others] = sqls;
    // Not aborted on its way: what runs must be known, so that it can be cancelled.
    const sent =
      others.length === 0
        ? api.send(new ExecuteStatementCommand({ ...common, Sql: first }))
        : api.send(new BatchExecuteStatementCommand({ ...common, Sqls: [...sqls] }));
    const { Id = '' } = await sent.catch((error: unknown) => {
      throw toTypedError('submitting a statement', error);
    });
    running.add(Id);
    return Id;
  };
  const describe = (id: string) =>
    api.send(new DescribeStatementCommand({ Id: id })).catch((error: unknown) => {
      throw toTypedError('DescribeStatement', error);
    });
  const end = async (id: string) => {
    await awaitEnd({ api, clock, random: Math.random, ...(signal && { signal }) }, { id, since: 0 });
    running.delete(id);
    return describe(id);
  };
  const run: WarehouseSession['run'] = async (sqls, parameters) => end(await submit(sqls, parameters));
  const must = async (sqls: readonly string[]) => {
    const described = await run(sqls);
    if (described.Status === 'FINISHED') return described;
    throw new StatementFailed(`${sqlError(described)} (${statementOf(described)})`);
  };
  return {
    ...{ api, target, submit, describe, end, run, must },
    rows: async (sql) => readRows(api, (await must([sql])).Id ?? ''),
    result: (id) => readRows(api, id),
    cancelAll: async () => {
      for (const id of running) await cancelUntilEnded(api, id, CANCEL_TURNS);
      running.clear();
    },
  };
}

/** The error of a statement, wherever the API says it. */
export function sqlError({ Error: ofParent, SubStatements = [], Status }: Described): string {
  return (
    SubStatements.find(({ Error: ofPart }) => ofPart !== undefined)?.Error ?? ofParent ?? `ended ${Status}`
  );
}

/** Names a statement as evidence. */
export function statementOf({ Id }: Pick<Described, 'Id'>): string {
  return `statement ${Id}`;
}
