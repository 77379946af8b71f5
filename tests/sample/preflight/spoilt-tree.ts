import { definePipeline } from '../../../src/definition/define-pipeline.ts';
import { SAMPLE_LOAD } from '../sample-stack.ts';

/** What is deployed: two pipelines, each with a task. */
export const deployedPipelines = [
  definePipeline({ ...SAMPLE_LOAD, steps: { Load_Customer_Dim: { call: 'dbo.sp_load_cust_dim' } } }),
  definePipeline({
    name: 'ongoing',
    tasks: ['ongoing-task'],
    stagedTables: [{ table: 'dbo.customer_stg', source: 'dms_sample.customer' }],
    steps: { Load_Ongoing: { call: 'dbo.sp_load_cust_dim' } },
  }),
];

/** What the tree says meanwhile: the first pipeline is another one, and there is a third, with a task that nobody made. */
export const spoiltPipelines = [
  definePipeline({
    ...SAMPLE_LOAD,
    stagedTables: [
      { table: 'dbo.customer_stg', source: 'dms_sample.Customer' },
      { table: 'dbo.fact_sales_stg', source: 'dms_sample.sales' },
    ],
    steps: {
      Load_Customer_Dim: {
        call: 'dbo.sp_load_cust_dim',
        audit: [{ unique: 'dbo.dim_cust', columns: ['cust_id', 'cust_number'] }],
      },
      Load_Missing: { call: 'dbo.sp_missing' },
      Load_Sales_Fact: { call: { procedure: 'dbo.sp_load_fact_sales', args: [5] } },
      Load_Truncated: { call: 'dbo.sp_truncates' },
    },
  }),
  ...deployedPipelines.slice(1),
  definePipeline({
    name: 'third',
    tasks: ['missing-task'],
    stagedTables: [{ table: 'dbo.fact_sales_stg', source: 'dms_sample.sales' }],
    steps: { Load_Third: { call: 'dbo.sp_load_fact_sales' } },
  }),
];
