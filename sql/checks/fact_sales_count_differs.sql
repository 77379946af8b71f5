/*
One row when there are not as many facts as sales were staged.
Reads: dbo.fact_sales, dbo.fact_sales_stg
*/
SELECT facts.amount AS facts, staged.amount AS staged_sales
FROM (SELECT count(*) AS amount FROM dbo.fact_sales) AS facts
CROSS JOIN (SELECT count(*) AS amount FROM dbo.fact_sales_stg) AS staged
WHERE facts.amount <> staged.amount
