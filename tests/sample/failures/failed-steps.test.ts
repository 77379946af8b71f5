import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Sample, startSample } from '../sample-stack.ts';

const TRUNCATING = `CREATE OR REPLACE PROCEDURE dbo.sp_load_fact_sales() AS $$
BEGIN
  TRUNCATE dbo.fact_sales;
END;
$$ LANGUAGE plpgsql`;

let sample: Sample;

describe('the cause of a step that failed', () => {
  beforeAll(async () => {
    sample = await startSample();
  });
  afterEach(() => sample.renew());
  afterAll(() => sample.close());

  it.each([
    [
      'the procedure that was dropped',
      'DROP PROCEDURE dbo.sp_load_fact_sales()',
      /dbo\.sp_load_fact_sales.*missing-object/,
    ],
    [
      'DELETE and `commits` for a TRUNCATE in the fenced transaction',
      TRUNCATING,
      /TRUNCATE cannot be invoked.*Use DELETE.*`commits: true`/,
    ],
    [
      'the table that may not be read, and where that is granted',
      'REVOKE SELECT ON dbo.customer_stg FROM runtime',
      /database user runtime may not read dbo\.customer_stg.*R__user_grants\.sql/,
    ],
    [
      'the table that may not be written',
      'REVOKE INSERT ON dbo.fact_sales FROM runtime',
      /permission denied for .*fact_sales.*failure class permission/,
    ],
  ])('names %s', async (_, breakage, cause) => {
    await sample.warehouse.transaction('change', [breakage]);
    await sample.load();

    const failed = await sample.lastRun();
    expect(failed).toMatchObject({ status: 'FAILED', error: 'StatementFailed' });
    expect(failed.cause).toMatch(cause);
  });
});
