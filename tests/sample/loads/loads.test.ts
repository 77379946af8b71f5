import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Sample, startSample } from '../sample-stack.ts';
import { CUSTOMERS, FACTS, KEYS } from './production-tables.ts';

const JOINED_SOURCE =
  'SELECT order_number, cust_id, order_amt::varchar FROM dms_sample.sales ORDER BY order_number';
const JOINED_FACTS = `SELECT f.order_number, d.cust_id, f.order_amt::varchar
  FROM dbo.fact_sales f JOIN dbo.dim_cust d ON d.cust_key = f.cust_key ORDER BY f.order_number`;

let sample: Sample;
const facts = () => sample.warehouse.query('facts', FACTS);
const customers = () => sample.warehouse.query('customers', CUSTOMERS);
const changeSource = (...sqls: string[]) => sample.source.transaction('source', sqls);

/** Facts equal the join of the last load, and no key means two customers. */
async function expectFactsOfLastLoad(): Promise<void> {
  expect(await sample.warehouse.query('facts', JOINED_FACTS)).toEqual(
    await sample.source.query('sales', JOINED_SOURCE),
  );
  const keys = await sample.warehouse.query('keys', KEYS);
  expect(new Set(keys.map(([, key]) => key)).size).toBe(keys.length);
  expect(new Set(keys.map(([id]) => id)).size).toBe(keys.length);
}

describe('full loads of the sample', () => {
  beforeAll(async () => {
    sample = await startSample();
  });
  afterEach(() => sample.renew());
  afterAll(() => sample.close());

  it('become three customers and six facts with their keys and amounts', async () => {
    await sample.load();

    expect(await customers()).toEqual([
      ['1', '100', 'abc', 'chicago', 'N'],
      ['2', '101', 'xyz', 'dallas', 'N'],
      ['3', '102', 'yrt', 'new york', 'Y'],
    ]);
    expect(await facts()).toEqual([
      ['100', '1', '200.00'],
      ['101', '1', '300.00'],
      ['102', '2', '25.00'],
      ['103', '2', '35.00'],
      ['104', '3', '80.00'],
      ['105', '3', '45.00'],
    ]);
    expect(await sample.executions()).toMatchObject([{ status: 'SUCCEEDED' }]);
  });

  it('keep every key with its customer while customers go, come and return', async () => {
    await sample.load();
    await changeSource(
      "DELETE FROM dms_sample.customer WHERE cust_id = '102'",
      "DELETE FROM dms_sample.sales WHERE cust_id = '102'",
    );
    await sample.load('reload-target');

    expect((await customers()).map(([key, id]) => [key, id])).toEqual([
      ['1', '100'],
      ['2', '101'],
    ]);
    await expectFactsOfLastLoad();

    await changeSource(
      "INSERT INTO dms_sample.customer VALUES ('103', 'new', 'boston')",
      "INSERT INTO dms_sample.sales VALUES ('106', '103', 7.5)",
    );
    await sample.load('reload-target');

    expect((await customers()).map(([key, id]) => [key, id])).toEqual([
      ['1', '100'],
      ['2', '101'],
      ['4', '103'],
    ]);
    await expectFactsOfLastLoad();

    await changeSource("INSERT INTO dms_sample.customer VALUES ('102', 'back', 'new york')");
    await sample.load('reload-target');

    expect((await customers()).map(([key, id]) => [key, id])).toEqual([
      ['1', '100'],
      ['2', '101'],
      ['3', '102'],
      ['4', '103'],
    ]);
    await expectFactsOfLastLoad();
    expect((await sample.executions()).map(({ status }) => status)).toEqual(Array(4).fill('SUCCEEDED'));
  });

  it('fail, and change nothing, when a customer is staged twice with different attributes', async () => {
    await sample.load();
    await changeSource("INSERT INTO dms_sample.customer VALUES ('101', 'double', 'austin')");
    await sample.load('reload-target');

    expect(await sample.endOfLastRun()).toMatchObject({
      status: 'FAILED',
      error: 'StatementFailed',
      cause: expect.stringContaining('customer 101 is staged more than once'),
    });
    expect(await customers()).toHaveLength(3);
    expect(await facts()).toHaveLength(6);
  });

  it('fail before production is touched when sales have no customer', async () => {
    await sample.load();
    await changeSource('UPDATE dms_sample.sales SET cust_id = (cust_id::integer - 99)::varchar');
    await sample.load('reload-target');

    expect(await sample.endOfLastRun()).toMatchObject({
      error: 'DataCheckFailed',
      cause: expect.stringContaining('6 rows are wrong'),
    });
    expect(await facts()).toHaveLength(6);
  });
});
