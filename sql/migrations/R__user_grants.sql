/*
Who may do what. ${runtime} runs the pipelines, ${dms} fills staging; all objects belong to the user who migrates.
Reads:  nothing
Writes: grants on schemas dbo and elt. Each step's fence table carries its own grant.
Safe to run again: yes.
*/
GRANT USAGE ON SCHEMA dbo TO ${runtime}, ${dms};
GRANT USAGE ON SCHEMA elt TO ${runtime};

GRANT SELECT, INSERT, TRUNCATE ON dbo.customer_stg, dbo.fact_sales_stg TO ${dms};

GRANT SELECT ON dbo.customer_stg, dbo.fact_sales_stg TO ${runtime};
GRANT SELECT, INSERT, DELETE ON dbo.dim_cust, dbo.fact_sales TO ${runtime};
GRANT SELECT, INSERT ON dbo.dim_cust_key TO ${runtime};

GRANT EXECUTE ON PROCEDURE dbo.sp_load_cust_dim() TO ${runtime};
GRANT EXECUTE ON PROCEDURE dbo.sp_load_fact_sales() TO ${runtime};
GRANT EXECUTE ON PROCEDURE elt.sp_fence(varchar, varchar, varchar, varchar, varchar) TO ${runtime};
GRANT EXECUTE ON PROCEDURE elt.sp_audit(varchar, varchar, varchar) TO ${runtime};
