/** Rows of the sample's tables in production, in the order of their keys. */
export const FACTS =
  'SELECT order_number, cust_key::varchar, order_amt::varchar FROM dbo.fact_sales ORDER BY order_number';
export const CUSTOMERS =
  'SELECT cust_key::varchar, cust_id, cust_name, cust_city, cust_rev_flg FROM dbo.dim_cust ORDER BY cust_key';
export const KEYS = 'SELECT cust_id, cust_key::varchar FROM dbo.dim_cust_key ORDER BY cust_key';
