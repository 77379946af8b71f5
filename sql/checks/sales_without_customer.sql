/*
Staged sales whose customer was not staged: the join with the dimension would drop them without a word.
Reads: dbo.fact_sales_stg, dbo.customer_stg
*/
SELECT sale.order_number, sale.cust_id
FROM dbo.fact_sales_stg AS sale
LEFT JOIN dbo.customer_stg AS customer ON customer.cust_id = sale.cust_id
WHERE customer.cust_id IS NULL
