import { definePipeline } from '../../../src/definition/define-pipeline.ts';
import type { Pipeline } from '../../../src/definition/pipeline.ts';
import { SAMPLE_LOAD } from '../sample-stack.ts';

/** The sample's pipeline with audits that its source can be made to fail. @param audited without it none has an audit */
export function auditedPipeline(publish: 'together' | undefined, audited = true): Pipeline {
  return definePipeline({
    ...SAMPLE_LOAD,
    ...(publish && { publish }),
    steps: {
      Load_Customer_Dim: {
        call: 'dbo.sp_load_cust_dim',
        audit: audited
          ? [
              { unique: 'dbo.dim_cust', columns: ['cust_id'] },
              { notNull: 'dbo.dim_cust', columns: ['cust_key', 'cust_name'] },
            ]
          : [],
      },
      Load_Sales_Fact: {
        call: 'dbo.sp_load_fact_sales',
        after: ['Load_Customer_Dim'],
        audit: audited
          ? [
              'fact_sales_count_differs',
              { unique: 'dbo.fact_sales', columns: ['order_number'] },
              { references: 'dbo.fact_sales', columns: ['cust_key'], to: 'dbo.dim_cust' },
              { rows: 'dbo.fact_sales', max: 8, change: '±50%' },
            ]
          : [],
      },
    },
  });
}

/** What makes a load fail an audit. */
export interface Breakage {
  readonly audit: string;
  /** What the cause says of it. */
  readonly found: string;
  readonly step: 'Load_Customer_Dim' | 'Load_Sales_Fact';
  /** SQL for the source, and what takes it back. */
  readonly breaks: string;
  readonly repairs: string;
}

/** A warehouse in which the names have been added to staging by hand passes the audit that they were missing for. */
export const REPAIRED_STAGING = "UPDATE dbo.customer_stg SET cust_name = 'known' WHERE cust_name IS NULL";
export const NAMELESS: Breakage = {
  audit: 'notNull dbo.dim_cust (cust_key, cust_name)',
  found: '2 wrong rows',
  step: 'Load_Customer_Dim',
  breaks: "UPDATE dms_sample.customer SET cust_name = NULL WHERE cust_id <> '102'",
  repairs: "UPDATE dms_sample.customer SET cust_name = 'known' WHERE cust_name IS NULL",
};

export const BREAKAGES: readonly Breakage[] = [
  {
    audit: 'unique dbo.fact_sales (order_number)',
    found: '2 wrong rows',
    step: 'Load_Sales_Fact',
    breaks:
      "INSERT INTO dms_sample.sales SELECT order_number, '102', order_amt FROM dms_sample.sales WHERE order_number IN ('100', '102')",
    repairs: "DELETE FROM dms_sample.sales WHERE order_number IN ('100', '102') AND cust_id = '102'",
  },
  NAMELESS,
  {
    audit: 'fact_sales_count_differs',
    found: '1 wrong row',
    step: 'Load_Sales_Fact',
    breaks: "UPDATE dms_sample.sales SET cust_id = '999' WHERE order_number = '105'",
    repairs: "UPDATE dms_sample.sales SET cust_id = '102' WHERE order_number = '105'",
  },
  {
    audit: 'rows dbo.fact_sales',
    found: '9 rows, 6 in the load before',
    step: 'Load_Sales_Fact',
    breaks:
      "INSERT INTO dms_sample.sales SELECT 'more ' || order_number, cust_id, order_amt FROM dms_sample.sales LIMIT 3",
    repairs: "DELETE FROM dms_sample.sales WHERE order_number LIKE 'more %'",
  },
];
