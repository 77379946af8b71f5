import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Session, Warehouse } from '../../../../src/local/contracts.ts';
import { createWarehouse } from '../../../../src/local/warehouse/create-warehouse.ts';

let warehouse: Warehouse;
let session: Session;
beforeAll(async () => {
  warehouse = await createWarehouse();
  session = await warehouse.open('dev', 'owner');
  for (const sql of ['CREATE SCHEMA rewritten', 'SET search_path TO rewritten']) await session.execute(sql);
  await session.execute('CREATE TABLE t (id int, g int, v int)');
  await session.execute('CREATE TABLE s (id int, v int)');
});
afterAll(() => warehouse.close());

interface Row {
  readonly id: number;
  readonly g: number;
  readonly v: number | null;
}

const value = fc.option(fc.integer({ min: -3, max: 3 }), { nil: null });
/** Rows whose ids are their places. */
const rows = fc
  .array(fc.record({ g: fc.integer({ min: 0, max: 2 }), v: value }), { minLength: 1, maxLength: 8 })
  .map((made): readonly Row[] => made.map((row, id) => ({ id, ...row })));

async function fill(made: readonly Row[]): Promise<void> {
  await session.execute('DELETE FROM t');
  await session.execute(
    `INSERT INTO t VALUES ${made.map(({ id, g, v }) => `(${id}, ${g}, ${v})`).join(', ')}`,
  );
}

const read = async (sql: string) =>
  (await session.execute(sql)).rows?.map((row) => row.map((cell) => (cell === null ? null : Number(cell))));

const check = (test: (made: readonly Row[]) => Promise<void>) =>
  fc.assert(
    fc.asyncProperty(rows, async (made) => {
      await fill(made);
      await test(made);
    }),
    { numRuns: 25 },
  );

describe('a rewritten query', () => {
  it('keeps with QUALIFY what a subquery keeps', () =>
    check(async () => {
      const window = 'ROW_NUMBER() OVER (PARTITION BY g ORDER BY v DESC, id)';
      const plain = `SELECT id, n FROM (SELECT *, ${window} AS n FROM t WHERE id > 0) AS q WHERE n < 3 ORDER BY id`;
      const qualified = `SELECT id, ${window} AS n FROM t AS t WHERE id > 0 QUALIFY n < 3 ORDER BY id`;
      expect(await read(qualified)).toEqual(await read(plain));
      expect(await read(`SELECT DISTINCT g FROM t QUALIFY ${window} = 2 ORDER BY g`)).toEqual(
        await read(`SELECT DISTINCT g FROM (SELECT *, ${window} AS n FROM t) AS q WHERE n = 2 ORDER BY g`),
      );
    }));

  it('takes the name of a column of the table before that of the select list', () =>
    check(async (made) => {
      expect(await read('SELECT id * 2 AS v, v + 1 AS a, a + g AS b FROM t ORDER BY id')).toEqual(
        made.map(({ id, g, v }) => [id * 2, v === null ? null : v + 1, v === null ? null : v + 1 + g]),
      );
    }));

  it('finds the last value that is not NULL', () =>
    check(async (made) => {
      const last = (before: readonly Row[]) => before.findLast(({ v }) => v !== null)?.v ?? null;
      const sql = `SELECT LAST_VALUE(v IGNORE NULLS) OVER (ORDER BY id ROWS UNBOUNDED PRECEDING), LAG(v) IGNORE NULLS OVER (ORDER BY id),
        LEAD(v) IGNORE NULLS OVER (ORDER BY id) FROM t ORDER BY id`;
      expect(await read(sql)).toEqual(
        made.map((_, at) => [
          last(made.slice(0, at + 1)),
          last(made.slice(0, at)),
          last(made.slice(at + 1).toReversed()),
        ]),
      );
    }));

  it('computes a median over a window as over a group', () =>
    check(async () => {
      expect(await read('SELECT DISTINCT g, MEDIAN(v) OVER (PARTITION BY g) FROM t ORDER BY g')).toEqual(
        await read('SELECT g, MEDIAN(v) FROM t GROUP BY g ORDER BY g'),
      );
    }));
});

describe('a rewritten change', () => {
  it('updates the rows that are joined, where FROM has the target once more', () =>
    check(async (made) => {
      await session.execute('DELETE FROM s');
      await session.execute('INSERT INTO s SELECT id, 9 FROM t WHERE g = 1');
      await session.execute('UPDATE t SET v = s.v FROM s JOIN t x ON s.id = x.id');
      expect(await read('SELECT id, v FROM t ORDER BY id')).toEqual(
        made.map(({ id, g, v }) => [id, g === 1 ? 9 : v]),
      );
    }));

  it('merges with REMOVE DUPLICATES what deletes and inserts do', () =>
    check(async (made) => {
      await session.execute('CREATE TABLE d AS SELECT g AS id, v FROM t WHERE v > 0');
      await session.execute('CREATE TABLE target AS SELECT id, v FROM t');
      await session.execute('MERGE INTO target USING d ON target.id = d.id REMOVE DUPLICATES');
      const source = made.flatMap(({ g, v }) => (v !== null && v > 0 ? [`${g} ${v}`] : []));
      const kept = made.filter(({ id }) => !source.some((row) => row.startsWith(`${id} `)));
      const merged = [...kept.map(({ id, v }) => `${id} ${v}`), ...new Set(source)];
      const found = await session.execute('SELECT id, v FROM target');
      expect(found.rows?.map(([id, v]) => `${id} ${v}`).toSorted()).toEqual(merged.toSorted());
      for (const table of ['d', 'target']) await session.execute(`DROP TABLE ${table}`);
    }));
});
