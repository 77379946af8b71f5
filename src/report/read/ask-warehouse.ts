import { ExecuteStatementCommand } from '@aws-sdk/client-redshift-data';
import type { Clock } from '../../clock.ts';
import { toTypedError } from '../../data-api/api-error.ts';
import type { DataApi } from '../../data-api/describe.ts';
import { type ResultValue, readRows } from '../../data-api/result.ts';
import { awaitEnd } from '../../data-api/statement-end.ts';
import { type Target, toTargetRequest } from '../../data-api/target.ts';
import { StatementFailed } from '../../errors/errors.ts';

/** Whom to ask. */
export interface WarehouseQuestion {
  readonly api: DataApi;
  readonly target: Target;
  readonly clock: Clock;
}

/**
 * Runs a query that changes nothing, and reads its rows.
 * @param about the statement's name, and what it does, for messages
 * @throws RedshiftUnavailable, InvalidConfig, StatementFailed
 */
export async function askWarehouse(
  { api, target, clock }: WarehouseQuestion,
  { name, what }: { readonly name: string; readonly what: string },
  sql: string,
): Promise<readonly (readonly ResultValue[])[]> {
  const command = new ExecuteStatementCommand({
    ...toTargetRequest(target),
    Sql: sql,
    StatementName: name,
  });
  const { Id = '' } = await api.send(command).catch((error: unknown) => {
    throw toTypedError(what, error);
  });
  const { status, error } = await awaitEnd({ api, clock, random: Math.random }, { id: Id, since: 0 });
  if (status !== 'FINISHED') throw new StatementFailed(`${what}: ${error ?? status} (statement ${Id})`);
  return readRows(api, Id);
}
