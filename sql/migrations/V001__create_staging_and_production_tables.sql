/*
Tables of the customer-sales sample: what DMS fills, and what the pipeline makes of it.
Reads:  nothing
Writes: schema dbo; dbo.customer_stg, dbo.fact_sales_stg (staging); dbo.dim_cust, dbo.fact_sales (production)
Safe to run again: no. The migration history has it run once.
*/
CREATE SCHEMA dbo;

CREATE TABLE dbo.customer_stg (
  cust_id   varchar(10)  ENCODE lzo NOT NULL,
  cust_name varchar(100) ENCODE lzo,
  cust_city varchar(50)  ENCODE lzo
)
DISTSTYLE AUTO;

CREATE TABLE dbo.fact_sales_stg (
  order_number varchar(20)   ENCODE lzo,
  cust_id      varchar(10)   ENCODE lzo,
  order_amt    numeric(18,2) ENCODE az64
)
DISTSTYLE AUTO;

CREATE TABLE dbo.dim_cust (
  cust_key     integer      ENCODE az64,
  cust_id      varchar(10)  ENCODE lzo,
  cust_name    varchar(100) ENCODE lzo,
  cust_city    varchar(50)  ENCODE lzo,
  cust_rev_flg varchar(1)   ENCODE lzo
)
DISTSTYLE AUTO;

CREATE TABLE dbo.fact_sales (
  order_number varchar(20)   ENCODE lzo,
  cust_key     integer       ENCODE az64,
  order_amt    numeric(18,2) ENCODE az64
)
DISTSTYLE AUTO;
