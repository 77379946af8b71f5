/*
Breaks sp_load_fact_sales: a join without its condition writes each sale once for every customer.
Reads:  dbo.fact_sales_stg, dbo.dim_cust, dbo.customer_stg
Writes: procedure dbo.sp_load_fact_sales
Safe to run again: yes. The console of npm run local runs it on request, and repairs it by sql/migrations. Without this file it has no
such button.
*/
CREATE OR REPLACE PROCEDURE dbo.sp_load_fact_sales()
AS $$
BEGIN
  DELETE FROM dbo.fact_sales;

  INSERT INTO dbo.fact_sales (order_number, cust_key, order_amt)
  SELECT staged.order_number, dim.cust_key, staged.order_amt
  FROM dbo.customer_stg AS customer, dbo.fact_sales_stg AS staged
  JOIN dbo.dim_cust AS dim ON dim.cust_id = staged.cust_id;
END;
$$ LANGUAGE plpgsql;
