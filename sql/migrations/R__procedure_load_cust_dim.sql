/*
Builds the customer dimension from the staged customers.
Reads:  dbo.customer_stg, dbo.dim_cust, dbo.dim_cust_key
Writes: dbo.dim_cust_key (new keys are added, none is ever removed), dbo.dim_cust (replaced)
Safe to run again: yes. The same staged customers give the same rows and the same keys, and all of it happens in the
caller's one transaction: DELETE instead of TRUNCATE, which would commit half of the work.
*/
CREATE OR REPLACE PROCEDURE dbo.sp_load_cust_dim()
AS $$
DECLARE
  ambiguous_id varchar(10);
BEGIN
  -- Redshift enforces no key, so a customer staged twice would double that customer's facts.
  SELECT INTO ambiguous_id min(cust_id)
  FROM (
    SELECT cust_id
    FROM (SELECT DISTINCT cust_id, cust_name, cust_city FROM dbo.customer_stg) AS staged
    GROUP BY cust_id
    HAVING count(*) > 1
  ) AS ambiguous;
  IF ambiguous_id IS NOT NULL THEN
    RAISE EXCEPTION 'customer % is staged more than once, with different attributes', ambiguous_id;
  END IF;

  -- Keys that the dimension got in another way are taken, too.
  INSERT INTO dbo.dim_cust_key (cust_id, cust_key)
  SELECT DISTINCT dim.cust_id, dim.cust_key
  FROM dbo.dim_cust AS dim
  LEFT JOIN dbo.dim_cust_key AS register ON register.cust_id = dim.cust_id
  WHERE register.cust_id IS NULL;

  INSERT INTO dbo.dim_cust_key (cust_id, cust_key)
  SELECT staged.cust_id, highest.cust_key + row_number() OVER (ORDER BY staged.cust_id)
  FROM (SELECT DISTINCT cust_id FROM dbo.customer_stg) AS staged
  LEFT JOIN dbo.dim_cust_key AS register ON register.cust_id = staged.cust_id
  CROSS JOIN (SELECT coalesce(max(cust_key), 0) AS cust_key FROM dbo.dim_cust_key) AS highest
  WHERE register.cust_id IS NULL;

  DELETE FROM dbo.dim_cust;

  INSERT INTO dbo.dim_cust (cust_key, cust_id, cust_name, cust_city, cust_rev_flg)
  SELECT
    register.cust_key,
    staged.cust_id,
    staged.cust_name,
    staged.cust_city,
    CASE WHEN staged.cust_city = 'new york' THEN 'Y' ELSE 'N' END
  FROM (SELECT DISTINCT cust_id, cust_name, cust_city FROM dbo.customer_stg) AS staged
  JOIN dbo.dim_cust_key AS register ON register.cust_id = staged.cust_id;
END;
$$ LANGUAGE plpgsql;
