import {
  GetStatementResultCommand,
  type GetStatementResultCommandOutput,
} from '@aws-sdk/client-redshift-data';
import { toTypedError } from '../data-api/api-error.ts';
import type { DataApi } from '../data-api/describe.ts';
import { DataCheckFailed } from '../errors/errors.ts';
import type { RunGuard } from './run-guard.ts';
import type { StepRequest } from './step-request.ts';

export interface CheckContext {
  readonly api: DataApi;
  readonly guard: RunGuard;
}

/**
 * Reads what a data check has found.
 * @returns how many rows are wrong: 0, or more where the check only warns
 * @throws DataCheckFailed with the count, and the first rows where they may be shown
 * @throws LoadChanged, ServiceUnavailable where the rows may be another load's
 */
export async function judgeCheck(
  { api, guard }: CheckContext,
  request: StepRequest,
  statementId: string,
): Promise<number> {
  const { Records = [] } = await readResult(api, `${statementId}:1`);
  const wrongRows = Records[0]?.[0]?.longValue ?? 0;
  if (wrongRows === 0 || request.check?.severity === 'warn') return wrongRows;
  await guard.assertSameLoad(request);
  const rows = request.check?.showRows ? ` The first: ${await firstRows(api, `${statementId}:2`)}.` : '';
  const found = wrongRows === 1 ? '1 row is wrong' : `${wrongRows} rows are wrong`;
  const where = `step ${request.step} of ${request.pipeline}, statement ${statementId}`;
  throw new DataCheckFailed(
    `${found}: ${sentence(request.check?.description)}${rows} (${where}, query ${JSON.stringify(request.sqls[0])})`,
  );
}

/** A comment, or a name, with a stop. */
function sentence(text = ''): string {
  return /[.!?:;]$/.test(text) ? text : `${text}.`;
}

async function firstRows(api: DataApi, subStatementId: string): Promise<string> {
  const { Records = [], ColumnMetadata = [] } = await readResult(api, subStatementId);
  const rows = Records.map((record) =>
    Object.fromEntries(
      record.map((field, index) => [ColumnMetadata[index]?.name ?? String(index), fieldValue(field)]),
    ),
  );
  return JSON.stringify(rows);
}

function fieldValue({
  stringValue,
  longValue,
  doubleValue,
  booleanValue,
}: {
  stringValue?: string;
  longValue?: number;
  doubleValue?: number;
  booleanValue?: boolean;
}) {
  return stringValue ?? longValue ?? doubleValue ?? booleanValue ?? null;
}

async function readResult(api: DataApi, id: string): Promise<GetStatementResultCommandOutput> {
  try {
    return await api.send(new GetStatementResultCommand({ Id: id }));
  } catch (error) {
    throw toTypedError('GetStatementResult', error);
  }
}
