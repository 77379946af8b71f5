import { type Field, GetStatementResultCommand } from '@aws-sdk/client-redshift-data';
import { toTypedError } from './api-error.ts';
import type { DataApi } from './describe.ts';

/**
 * Rows of a query that has finished, over all pages, as text; NULL is an empty one.
 * @throws RedshiftUnavailable, InvalidConfig
 */
export async function readRows(api: DataApi, id: string): Promise<readonly (readonly string[])[]> {
  const rows: string[][] = [];
  let token: string | undefined;
  do {
    const { Records = [], NextToken } = await readPage(api, id, token);
    for (const record of Records) rows.push(record.map(fieldText));
    token = NextToken;
  } while (token !== undefined);
  return rows;
}

async function readPage(api: DataApi, id: string, token: string | undefined) {
  try {
    return await api.send(
      new GetStatementResultCommand({ Id: id, ...(token === undefined ? {} : { NextToken: token }) }),
    );
  } catch (error) {
    throw toTypedError('GetStatementResult', error);
  }
}

function fieldText({ stringValue, longValue, doubleValue, booleanValue }: Field): string {
  return String(stringValue ?? longValue ?? doubleValue ?? booleanValue ?? '');
}
