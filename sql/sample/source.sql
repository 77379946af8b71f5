/*
The sample's source database: what DMS copies into staging.
Reads:  nothing
Writes: schema dms_sample; dms_sample.customer, dms_sample.sales
Safe to run again: no. The local stack runs it once, in a fresh database "source".
*/
CREATE SCHEMA dms_sample;

CREATE TABLE dms_sample.customer (
  cust_id   varchar(10) NOT NULL,
  cust_name varchar(100),
  cust_city varchar(50)
);

CREATE TABLE dms_sample.sales (
  order_number varchar(20) NOT NULL,
  cust_id      varchar(10),
  order_amt    numeric(18,2)
);

INSERT INTO dms_sample.customer (cust_id, cust_name, cust_city) VALUES
  ('100', 'abc', 'chicago'),
  ('101', 'xyz', 'dallas'),
  ('102', 'yrt', 'new york');

INSERT INTO dms_sample.sales (order_number, cust_id, order_amt) VALUES
  ('100', '100', 200),
  ('101', '100', 300),
  ('102', '101', 25),
  ('103', '101', 35),
  ('104', '102', 80),
  ('105', '102', 45);

GRANT USAGE ON SCHEMA dms_sample TO dms;
GRANT SELECT ON dms_sample.customer, dms_sample.sales TO dms;
