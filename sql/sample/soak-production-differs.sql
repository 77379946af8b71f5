-- Asked of the warehouse after each run of npm run soak: sales that production shows otherwise than they were staged.
SELECT
  CASE WHEN SUM(rows_in_production) > 0 THEN 'only in production' ELSE 'not in production' END AS found,
  order_number, cust_id, order_amt
FROM (
  SELECT fact.order_number, customer.cust_id, fact.order_amt, 1 AS rows_in_production
  FROM dbo.fact_sales AS fact JOIN dbo.dim_cust AS customer ON customer.cust_key = fact.cust_key
  UNION ALL
  SELECT order_number, cust_id, order_amt, -1 FROM dbo.fact_sales_stg
)
GROUP BY order_number, cust_id, order_amt
HAVING SUM(rows_in_production) <> 0
