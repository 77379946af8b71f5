import { definePipeline } from '../definition/define-pipeline.ts';

/** The sample: customers and their sales, from staging into a dimension and a fact table. */
export const customerSales = definePipeline({
  name: 'redshift-elt-load-customer-sales',
  tasks: ['dms-full-dump-task'],
  stagedTables: [
    { table: 'dbo.customer_stg', source: 'dms_sample.customer' },
    { table: 'dbo.fact_sales_stg', source: 'dms_sample.sales' },
  ],
  steps: {
    Check_Staged_Sales: { check: 'sales_without_customer' },
    Load_Customer_Dim: {
      call: 'dbo.sp_load_cust_dim',
      after: ['Check_Staged_Sales'],
      audit: [{ unique: 'dbo.dim_cust', columns: ['cust_id'] }],
    },
    Load_Sales_Fact: {
      call: 'dbo.sp_load_fact_sales',
      after: ['Load_Customer_Dim'],
      audit: [
        'fact_sales_count_differs',
        { references: 'dbo.fact_sales', columns: ['cust_key'], to: 'dbo.dim_cust' },
        { rows: 'dbo.fact_sales', change: '±50%', severity: 'warn' },
      ],
    },
  },
});
