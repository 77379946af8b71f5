import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Session, SqlResult, Warehouse } from '../../../../src/local/contracts.ts';
import { createWarehouse } from '../../../../src/local/warehouse/create-warehouse.ts';
import { LOCAL_GAPS } from '../../../../src/local/warehouse/dialect/refused/refused-statements.ts';
import { WAREHOUSE_SUPPORT } from '../../../../src/local/warehouse/support.ts';
import { readCorpus } from './read-corpus.ts';

const corpus = readCorpus();

describe('the corpus of statements', () => {
  let warehouse: Warehouse;
  let number = 0;
  beforeAll(async () => {
    warehouse = await createWarehouse();
  });
  afterAll(() => warehouse.close());

  it.each(corpus)('$file: $feature', async ({ steps }) => {
    const session = await warehouse.open('dev', 'owner');
    const schema = `case_${++number}`;
    await session.execute(`CREATE SCHEMA ${schema}`);
    await session.execute(`SET search_path TO ${schema}`);

    for (const { sql, expected } of steps)
      expect({ sql, answer: await answer(session, sql, expected) }).toEqual({ sql, answer: expected });
    await session.close();
  });

  it('holds at least 60 statements', () => {
    expect(corpus.flatMap(({ steps }) => steps).length).toBeGreaterThan(60);
  });
});

/** The answer in the corpus' words; an error is cut to the length of the expected one. */
async function answer(
  session: Session,
  sql: string,
  expected: readonly string[],
): Promise<readonly string[]> {
  try {
    return describeResult(await session.execute(sql));
  } catch (error) {
    const line = `error ${(error as Error).message.split('\n')[0]}`;
    const [wanted = ''] = expected;
    return [line.startsWith(wanted) ? wanted : line];
  }
}

function describeResult({ rows, rowCount }: SqlResult): readonly string[] {
  if (rows?.length === 0) return ['rows none'];
  if (rows) return rows.map((row) => row.map((value) => value ?? 'null').join(' | '));
  return [rowCount < 0 ? 'ok' : `count ${rowCount}`];
}

describe('the table of what is supported', () => {
  const tested = new Set(corpus.map(({ feature }) => feature));
  /** Features that need more than one session, or a batch: tested beside this file. */
  const elsewhere = new Set([
    'Snapshot isolation',
    'Writers of one table wait for each other',
    'Error 1023',
    'Error 1018',
    ...Object.keys(LOCAL_GAPS).map((name) => name.toUpperCase()),
  ]);

  it.each(WAREHOUSE_SUPPORT)('has statements for "$feature"', ({ feature }) => {
    expect(tested.has(feature) || elsewhere.has(feature)).toBe(true);
  });

  it.each([...tested])('has a row for "%s"', (feature) => {
    expect(WAREHOUSE_SUPPORT.map((row) => row.feature)).toContain(feature);
  });
});
