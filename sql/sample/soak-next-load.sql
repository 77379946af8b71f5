-- Run on the source before each load of npm run soak: rows, amounts and customers' cities differ from load to load.
INSERT INTO dms_sample.sales VALUES ('soak-${load}', '101', ${load});
UPDATE dms_sample.sales SET order_amt = order_amt + 1 WHERE order_number = '100';
UPDATE dms_sample.customer SET cust_city = CASE ${load} % 2 WHEN 0 THEN 'new york' ELSE 'boston' END WHERE cust_id = '100';
