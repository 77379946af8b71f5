import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type AuditedWarehouse, startAuditedWarehouse } from './audited-step.ts';

let mart: AuditedWarehouse;
let load = 0;

const BOUNDS = { rows: 'mart.sale', min: 1, max: 3 } as const;

/** A procedure that fills the table with so many rows. */
const rowsInSale = (rows: number) => `CREATE OR REPLACE PROCEDURE mart.sp_load() AS $$
BEGIN
  DELETE FROM mart.sale;
  ${Array.from({ length: rows }, (_, row) => `INSERT INTO mart.sale VALUES (${row});`).join('\n  ')}
END;
$$ LANGUAGE plpgsql`;

describe('an audit of a number of rows', () => {
  beforeAll(async () => {
    mart = await startAuditedWarehouse();
    await mart.run(
      'CREATE TABLE mart.sale (number integer)',
      'CREATE TABLE mart.customer (id integer)',
      'INSERT INTO mart.customer VALUES (7), (8)',
    );
  });
  afterAll(() => mart.redshift.close());
  beforeEach(() => {
    load += 1;
  });

  it('counts a table against its bounds, and against the load before', async () => {
    const audit = [
      { ...BOUNDS, change: '±50%' },
      { rows: 'mart.customer', change: '-10%' },
    ] as const;
    await mart.run(rowsInSale(2));
    await mart.load(audit, load);
    expect(await mart.findings(load)).toEqual([
      ['rows mart.customer', 0, 2, null],
      ['rows mart.sale', 0, 2, null],
    ]);

    await mart.run(rowsInSale(3));
    await mart.load(audit, load + 1);
    expect(await mart.findings(load + 1)).toEqual([
      ['rows mart.customer', 0, 2, 2],
      ['rows mart.sale', 0, 3, 2],
    ]);

    await mart.run(rowsInSale(1));
    await expect(mart.load(audit, load + 2)).rejects.toMatchObject({
      name: 'DataCheckFailed',
      message: expect.stringContaining('"rows mart.sale": 1 rows, 3 in the load before;'),
    });
    await mart.run(rowsInSale(0));
    await expect(mart.load([BOUNDS], load + 2)).rejects.toMatchObject({
      message: expect.stringContaining('"rows mart.sale": 0 rows, 3 in the load before;'),
    });
    load += 2;
  });

  it('compares with no empty load', async () => {
    const audit = [{ rows: 'mart.sale', change: '±10%', name: 'after nothing' }] as const;
    await mart.run(rowsInSale(0));
    await mart.load(audit, load);
    await mart.run(rowsInSale(2));

    await mart.load(audit, load + 1);

    expect(await mart.findings(load + 1)).toEqual([['after nothing', 0, 2, 0]]);
    load += 1;
  });
});
