/*
The register of customer keys: every key that was ever given, and to whom.
It is a table of its own because the dimension shows only the customers of the last load, and a customer who left it
must not leave a key behind that another one gets: old facts, exports and bookmarks would then mean somebody else.
A customer who comes back finds the key that was always theirs.
Reads:  nothing
Writes: dbo.dim_cust_key
Safe to run again: no. The migration history has it run once.
*/
CREATE TABLE dbo.dim_cust_key (
  cust_id  varchar(10) ENCODE lzo  NOT NULL,
  cust_key integer     ENCODE az64 NOT NULL
)
DISTSTYLE AUTO;
