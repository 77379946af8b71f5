-- Asked of the warehouse after each run of npm run soak: sales that production shows otherwise than they were staged.
WITH facts AS (
  SELECT fact.order_number, customer.cust_id, fact.order_amt
  FROM dbo.fact_sales AS fact JOIN dbo.dim_cust AS customer ON customer.cust_key = fact.cust_key
), staged AS (
  SELECT order_number, cust_id, order_amt FROM dbo.fact_sales_stg
)
(SELECT 'only in production' AS found, facts.* FROM facts EXCEPT ALL SELECT 'only in production', staged.* FROM staged)
UNION ALL
(SELECT 'not in production' AS found, staged.* FROM staged EXCEPT ALL SELECT 'not in production', facts.* FROM facts)
