import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Session, Warehouse } from '../../../../src/local/contracts.ts';
import { createWarehouse } from '../../../../src/local/warehouse/create-warehouse.ts';

let warehouse: Warehouse;
let session: Session;
beforeAll(async () => {
  warehouse = await createWarehouse();
  session = await warehouse.open('dev', 'owner');
});
afterAll(() => warehouse.close());

const rowsOf = async (sql: string) => (await session.execute(sql, [])).rows ?? [];

/** A table of one column for the values. */
async function fill(type: string, values: readonly string[]): Promise<void> {
  await session.execute(`CREATE TABLE filled (place int IDENTITY(1,1), value ${type})`, []);
  for (const value of values) await session.execute(`INSERT INTO filled (value) VALUES (${value})`, []);
}

const decimal = fc
  .tuple(fc.boolean(), fc.integer({ min: 0, max: 99_999 }), fc.integer({ min: 0, max: 9_999 }))
  .map(([isNegative, whole, fraction]) => ({
    text: `${isNegative ? '-' : ''}${whole}.${String(fraction).padStart(4, '0')}`,
    /** In ten-thousandths. */
    units: (isNegative ? -1n : 1n) * (BigInt(whole) * 10_000n + BigInt(fraction)),
  }));

/** A decimal with `scale` digits of units of 10^-4: cut, or rounded half up. */
function shorten(units: bigint, scale: number, how: 'cut' | 'rounded'): string {
  const step = 10n ** BigInt(4 - scale);
  const size = units < 0n ? -units : units;
  const kept = (how === 'cut' ? size : size + step / 2n) / step;
  const digits = kept.toString().padStart(scale + 1, '0');
  const text = scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
  return units < 0n && kept !== 0n ? `-${text}` : text;
}

describe('values of a table', () => {
  beforeEach(async () => {
    await session.execute('DROP TABLE IF EXISTS filled', []);
  });

  it('are cut when they are cast to fewer digits, and rounded when they are written into a column of fewer', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(decimal, { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 0, max: 3 }),
        async (values, scale) => {
          await session.execute('DROP TABLE IF EXISTS filled', []);
          await session.execute('DROP TABLE IF EXISTS short', []);
          await fill(
            'numeric(12,4)',
            values.map(({ text }) => text),
          );
          await session.execute(`CREATE TABLE short (place int, value numeric(12,${scale}))`, []);
          await session.execute('INSERT INTO short SELECT place, value FROM filled', []);

          const cast = await rowsOf(
            `SELECT value::numeric(12,${scale}), value::int FROM filled ORDER BY place`,
          );
          const written = await rowsOf('SELECT value FROM short ORDER BY place');

          expect(cast).toEqual(
            values.map(({ units }) => [shorten(units, scale, 'cut'), shorten(units, 0, 'cut')]),
          );
          expect(written).toEqual(values.map(({ units }) => [shorten(units, scale, 'rounded')]));
        },
      ),
      { numRuns: 15 },
    );
  });

  it('are one group, one key and one place in an order where they differ in blanks at their ends', async () => {
    const text = fc.stringMatching(/^[ab ]{0,3} {0,2}$/);
    await fc.assert(
      fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 12 }), async (values) => {
        await session.execute('DROP TABLE IF EXISTS filled', []);
        await fill(
          'varchar(10)',
          values.map((value) => `'${value}'`),
        );
        const trimmed = values.map((value) => value.replace(/ +$/, ''));
        const groups = Map.groupBy(trimmed, (value) => value);

        const [distinct] = await rowsOf('SELECT count(DISTINCT value) FROM filled');
        const sizes = await rowsOf('SELECT count(*) FROM filled GROUP BY value ORDER BY value');
        const [pairs] = await rowsOf('SELECT count(*) FROM filled a JOIN filled b ON a.value = b.value');

        expect(distinct).toEqual([String(groups.size)]);
        const inOrder = [...groups].toSorted(([a], [b]) => (a < b ? -1 : 1));
        expect(sizes).toEqual(inOrder.map(([, group]) => [String(group.length)]));
        const squares = [...groups.values()].reduce((sum, group) => sum + group.length ** 2, 0);
        expect(pairs).toEqual([String(squares)]);
      }),
      { numRuns: 15 },
    );
  });

  it('that are numbers are compared with texts as texts', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 6 }),
        fc.constantFrom('smallint', 'int', 'bigint'),
        async (values, type) => {
          await session.execute('DROP TABLE IF EXISTS filled', []);
          await fill(type, values.map(String));
          const wanted = String(values[0]);

          const found = await rowsOf(
            `SELECT count(*) FROM filled WHERE value = '${wanted}'::varchar AND value LIKE '${wanted}'`,
          );
          const padded = await rowsOf("SELECT lpad(value, 4, '0') || '' FROM filled ORDER BY place");

          expect(found).toEqual([[String(values.filter((value) => String(value) === wanted).length)]]);
          expect(padded).toEqual(values.map((value) => [String(value).padStart(4, '0')]));
        },
      ),
      { numRuns: 10 },
    );
  });
});
