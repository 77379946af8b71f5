/*
Replaces the sales facts by the staged sales, each with the key of its customer.
Reads:  dbo.fact_sales_stg, dbo.dim_cust (sp_load_cust_dim must have run for the same load)
Writes: dbo.fact_sales (replaced)
Safe to run again: yes. A full load is the whole truth: all facts go and those of the load come, in the caller's one
transaction, so that a reader sees either the last load or this one.
*/
CREATE OR REPLACE PROCEDURE dbo.sp_load_fact_sales()
AS $$
BEGIN
  DELETE FROM dbo.fact_sales;

  INSERT INTO dbo.fact_sales (order_number, cust_key, order_amt)
  SELECT staged.order_number, dim.cust_key, staged.order_amt
  FROM dbo.fact_sales_stg AS staged
  JOIN dbo.dim_cust AS dim ON dim.cust_id = staged.cust_id;
END;
$$ LANGUAGE plpgsql;
