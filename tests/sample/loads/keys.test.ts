import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Sample, startSample } from '../sample-stack.ts';
import { CUSTOMERS, FACTS, KEYS } from './production-tables.ts';

let sample: Sample;
const facts = () => sample.warehouse.query('facts', FACTS);
const customers = () => sample.warehouse.query('customers', CUSTOMERS);

describe('the procedures of the sample', () => {
  beforeAll(async () => {
    sample = await startSample();
  });
  afterEach(() => sample.renew());
  afterAll(() => sample.close());

  it('update the attributes of a known customer, whose key stays', async () => {
    await sample.load();
    await sample.source.transaction('source', [
      "UPDATE dms_sample.customer SET cust_city = 'new york', cust_name = 'abd' WHERE cust_id = '100'",
    ]);
    await sample.load('reload-target');

    expect((await customers())[0]).toEqual(['1', '100', 'abd', 'new york', 'Y']);
  });

  it('leave the key of a customer who was in the dimension before any load', async () => {
    await sample.warehouse.transaction('old', [
      "INSERT INTO dbo.dim_cust VALUES (42, '101', 'old', 'old', 'N')",
    ]);
    await sample.load();

    expect((await customers()).map(([key, id]) => [key, id])).toEqual([
      ['42', '101'],
      ['43', '100'],
      ['44', '102'],
    ]);
  });

  it('change nothing when a procedure runs twice for the same load', async () => {
    await sample.load();
    const before = [await customers(), await facts(), await sample.warehouse.query('keys', KEYS)];

    for (const procedure of ['sp_load_cust_dim', 'sp_load_fact_sales']) {
      await sample.warehouse.transaction(procedure, [`CALL dbo.${procedure}()`]);
    }

    expect([await customers(), await facts(), await sample.warehouse.query('keys', KEYS)]).toEqual(before);
  });
});
