import {
  CHECKED_BEHIND,
  consuming,
  EMPTYING_CUSTOMERS,
  insertFacts,
  procedure,
  repairProcedure,
  SALES,
  STRANGE_KEYS,
  WRONG_CHECK,
  withoutSales,
} from './breakages.ts';
import type { RepairCase } from './repair-case.ts';

/** What is found wrong in data: by a check, or before the steps. */
export const DATA_CASES: readonly RepairCase[] = [
  {
    error: 'DataCheckFailed',
    when: 'The source is wrong',
    breakIt: (night) => night.inSource("INSERT INTO dms_sample.sales VALUES ('900', '999', 1)"),
    repair: (night) => night.inSource("DELETE FROM dms_sample.sales WHERE order_number = '900'"),
  },
  {
    error: 'DataCheckFailed',
    when: 'The check or the audit is wrong, or too strict',
    breakIt: (night) => night.deploy(WRONG_CHECK),
  },
  {
    error: 'DataCheckFailed',
    when: 'An audit found what a procedure of its step wrote',
    breakIt: (night) => night.asOwner(procedure(insertFacts("s.order_number < '103'"))),
    repair: repairProcedure,
  },
  {
    error: 'DataCheckFailed',
    when: 'A step of this load wrote the wrong rows, and took effect',
    breakIt: async (night) => {
      await night.deploy(CHECKED_BEHIND);
      await night.asOwner(procedure(insertFacts("s.order_number < '103'")));
    },
    repair: repairProcedure,
  },
  {
    error: 'DataCheckFailed',
    when: 'The wrong rows are not from this load',
    breakIt: async (night) => {
      await night.deploy(STRANGE_KEYS);
      await night.asOwner("INSERT INTO dbo.dim_cust_key VALUES ('strange', 999)");
    },
    repair: (night) => night.asOwner("DELETE FROM dbo.dim_cust_key WHERE cust_id = 'strange'"),
  },
  {
    error: 'LoadIncomplete',
    when: 'DMS could not load a table',
    breakIt: (night) => night.asOwner('ALTER TABLE dbo.fact_sales_stg RENAME TO fact_sales_stg_away'),
    repair: (night) => night.asOwner('ALTER TABLE dbo.fact_sales_stg_away RENAME TO fact_sales_stg'),
  },
  {
    error: 'LoadIncomplete',
    when: 'Staging has too few or too many rows, or the source was empty',
    breakIt: (night) => night.inSource('DELETE FROM dms_sample.sales'),
    repair: (night) => night.inSource(`INSERT INTO dms_sample.sales VALUES ${SALES}`),
  },
  {
    error: 'LoadIncomplete',
    when: 'A procedure empties, drops or renames a staged table after it has used it',
    breakIt: (night) => night.asOwner('GRANT DELETE ON dbo.customer_stg TO runtime', EMPTYING_CUSTOMERS),
    deployed: consuming,
  },
  {
    error: 'LoadIncomplete',
    when: 'The pipeline expects too much: a table that may be empty, or that the task does not load',
    breakIt: (night) => night.inSource('DELETE FROM dms_sample.sales'),
    deployed: withoutSales,
  },
];
