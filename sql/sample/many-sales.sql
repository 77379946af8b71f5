/*
As many sales as wanted, shared evenly among the sample's customers. Runs in the source database, which is PostgreSQL
and stands for the relational database that DMS reads; it is no Redshift SQL.
Reads:  dms_sample.customer
Writes: dms_sample.sales (replaced)
Safe to run again: yes.
*/
DELETE FROM dms_sample.sales;

INSERT INTO dms_sample.sales (order_number, cust_id, order_amt)
SELECT
  (99 + sale)::varchar,
  (ARRAY(SELECT cust_id FROM dms_sample.customer ORDER BY cust_id))[1 + sale % (SELECT count(*) FROM dms_sample.customer)],
  (sale % 100000) / 100.0
FROM generate_series(1, ${rows}) AS sale;
