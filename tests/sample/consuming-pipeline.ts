import { definePipeline } from '../../src/definition/define-pipeline.ts';
import type { Pipeline } from '../../src/definition/pipeline.ts';
import { SAMPLE_LOAD } from './sample-stack.ts';

/** The sample's pipeline with a step behind the facts, whose procedure the tests break and repair. */
export function pipelineWhere(consumes: readonly string[], facts: object = {}): Pipeline {
  return definePipeline({
    ...SAMPLE_LOAD,
    steps: {
      Load_Customer_Dim: { call: 'dbo.sp_load_cust_dim' },
      Note_Rows: { call: 'dbo.sp_note_rows', commits: true },
      Load_Sales_Fact: {
        call: 'dbo.sp_load_fact_sales',
        after: ['Load_Customer_Dim', 'Note_Rows'],
        consumes,
        ...facts,
      },
      Load_Totals: { call: 'dbo.sp_load_totals', after: ['Load_Sales_Fact'] },
    },
  });
}

/** Ways in which people get rid of what they have used. */
export const EMPTIES = 'DELETE FROM dbo.fact_sales_stg';
export const RENAMES = 'ALTER TABLE dbo.fact_sales_stg RENAME TO fact_sales_used';
export const DROPS = 'DROP TABLE dbo.fact_sales_stg';

export const loadFacts = (atTheEnd: string) => `CREATE OR REPLACE PROCEDURE dbo.sp_load_fact_sales() AS $$
BEGIN
  DELETE FROM dbo.fact_sales;
  INSERT INTO dbo.fact_sales SELECT s.order_number, d.cust_key, s.order_amt
  FROM dbo.fact_sales_stg s JOIN dbo.dim_cust d ON d.cust_id = s.cust_id;
  ${atTheEnd};
END;
$$ LANGUAGE plpgsql SECURITY DEFINER`;

export const loadTotals = (body: string) => `CREATE OR REPLACE PROCEDURE dbo.sp_load_totals() AS $$
BEGIN
  ${body};
END;
$$ LANGUAGE plpgsql SECURITY DEFINER`;
export const BOOM = "RAISE EXCEPTION 'boom'";
export const ADDS_TOTAL = 'INSERT INTO dbo.totals SELECT sum(order_amt) FROM dbo.fact_sales';

/** Commits by itself, and would take an empty table to production when it ran again. */
export const NOTE_ROWS = `CREATE OR REPLACE PROCEDURE dbo.sp_note_rows() AS $$
BEGIN
  DELETE FROM dbo.noted;
  INSERT INTO dbo.noted SELECT count(*) FROM dbo.fact_sales_stg;
END;
$$ LANGUAGE plpgsql SECURITY DEFINER`;
