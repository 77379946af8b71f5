/*
The sales as they were published: their customers are 1, 2 and 3, but there are only 100, 101 and 102, so the join
finds nothing and no fact arrives.
Reads:  nothing
Writes: dms_sample.sales (replaced)
Safe to run again: yes.
*/
DELETE FROM dms_sample.sales;

INSERT INTO dms_sample.sales (order_number, cust_id, order_amt) VALUES
  ('100', '1', 200),
  ('101', '1', 300),
  ('102', '2', 25),
  ('103', '2', 35),
  ('104', '3', 80),
  ('105', '3', 45);
