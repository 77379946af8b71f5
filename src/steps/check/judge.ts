import type { DataApi } from '../../data-api/describe.ts';
import { readNamedRows, readRows } from '../../data-api/result.ts';
import { DataCheckFailed } from '../../errors/errors.ts';
import type { CheckTerms } from './definition.ts';

/** A check that was run, and where. */
export interface CheckRun {
  readonly pipeline: string;
  readonly step: string;
  readonly statementId: string;
  /** The query that counts. */
  readonly sql: string | undefined;
  readonly terms: CheckTerms;
}

/**
 * Reads what a check has found.
 * @param assertSameLoad called when rows are wrong: they may belong to another load
 * @returns how many rows are wrong: 0, or more if the check only warns
 * @throws DataCheckFailed with the count, and the first rows if the step says showRows
 * @throws what assertSameLoad throws
 */
export async function judgeCheck(
  api: DataApi,
  { pipeline, step, statementId, sql, terms }: CheckRun,
  assertSameLoad: () => Promise<void>,
): Promise<number> {
  const [[count = 0] = []] = await readRows(api, `${statementId}:1`);
  const wrongRows = Number(count);
  if (wrongRows === 0 || terms.severity === 'warn') return wrongRows;
  await assertSameLoad();
  const rows = terms.showRows
    ? ` The first: ${JSON.stringify(await readNamedRows(api, `${statementId}:2`))}.`
    : '';
  const found = wrongRows === 1 ? '1 row is wrong' : `${wrongRows} rows are wrong`;
  const where = `step ${step} of ${pipeline}, statement ${statementId}`;
  throw new DataCheckFailed(
    `${found}: ${sentence(terms.description)}${rows} (${where}, query ${JSON.stringify(sql)})`,
  );
}

/** A comment, or a name, with a stop. */
function sentence(text: string): string {
  return /[.!?:;]$/.test(text) ? text : `${text}.`;
}
