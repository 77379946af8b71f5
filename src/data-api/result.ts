import {
  type ColumnMetadata,
  type Field,
  GetStatementResultCommand,
  type GetStatementResultCommandOutput,
} from '@aws-sdk/client-redshift-data';
import { toTypedError } from './api-error.ts';
import type { DataApi } from './describe.ts';

/** A value of a result, as far as the API tells types apart. */
export type ResultValue = string | number | boolean | null;

/**
 * Rows of a query that has finished, over all pages.
 * @param id of the statement, or of one of a batch, `ID:N`
 * @throws RedshiftUnavailable, InvalidConfig
 */
export async function readRows(api: DataApi, id: string): Promise<readonly (readonly ResultValue[])[]> {
  const { rows } = await readTable(api, id);
  return rows;
}

/** The same, each row with its columns' names. @throws as {@link readRows} */
export async function readNamedRows(
  api: DataApi,
  id: string,
): Promise<readonly Readonly<Record<string, ResultValue>>[]> {
  const { columns, rows } = await readTable(api, id);
  return rows.map((row) =>
    Object.fromEntries(row.map((value, index) => [columns[index]?.name ?? String(index), value])),
  );
}

async function readTable(api: DataApi, id: string) {
  const rows: ResultValue[][] = [];
  let columns: readonly ColumnMetadata[] = [];
  let token: string | undefined;
  do {
    const { Records = [], ColumnMetadata = [], NextToken } = await readPage(api, id, token);
    columns = ColumnMetadata;
    for (const record of Records) rows.push(record.map(fieldValue));
    token = NextToken;
  } while (token !== undefined);
  return { columns, rows };
}

async function readPage(
  api: DataApi,
  id: string,
  token: string | undefined,
): Promise<GetStatementResultCommandOutput> {
  try {
    return await api.send(
      new GetStatementResultCommand({ Id: id, ...(token === undefined ? {} : { NextToken: token }) }),
    );
  } catch (error) {
    throw toTypedError('GetStatementResult', error);
  }
}

function fieldValue({ stringValue, longValue, doubleValue, booleanValue }: Field): ResultValue {
  return stringValue ?? longValue ?? doubleValue ?? booleanValue ?? null;
}
