-- The format is described in tables.sql.

## O01 PostgreSQL only
SELECT CORR(x,y) FROM (SELECT 1.0 x, 2.0 y) t;
--> error ERROR: function corr(numeric, numeric) does not exist

## O03 PostgreSQL only
SELECT JUSTIFY_DAYS(INTERVAL '35 days');
--> error ERROR: function justify_days(interval) does not exist

## O04 PostgreSQL only
SELECT DIV(7,2);
--> error ERROR: function div(integer, integer) does not exist

## O09 PostgreSQL only
SELECT REGEXP_LIKE('abc','b');
--> error ERROR: function regexp_like(unknown, unknown) does not exist

## O12 PostgreSQL only
SELECT PG_TYPEOF(1);
--> error ERROR: function pg_typeof(integer) does not exist

## O15 PostgreSQL only
SELECT MAKE_TIME(1,2,3);
--> error ERROR: function make_time(integer, integer, integer) does not exist

## O16 PostgreSQL only
SELECT DATE_BIN('1 hour', '2024-01-01 10:30'::timestamp, '2024-01-01'::timestamp);
--> error ERROR: function date_bin(unknown, timestamp without time zone, timestamp without time zone) does not exist

## O18 PostgreSQL only
SELECT UNISTR('a');
--> error ERROR: function unistr(unknown) does not exist

## O20 PostgreSQL only
SELECT RANDOM(1,10);
--> error ERROR: function random(integer, integer) does not exist

## O36 PostgreSQL only
CREATE TABLE {s}.f(i int);
INSERT INTO {s}.f AS x VALUES(1);
--> error ERROR: syntax error at or near "AS"

## O37 PostgreSQL only
CREATE TABLE {s}.f(i int);
CREATE TABLE {s}.g(LIKE {s}.f INCLUDING ALL);
--> error ERROR: LIKE … INCLUDING of anything but DEFAULTS is not supported by Redshift: name the columns

## R04 Redshift
SHOW query_group;
--> runs

## R06 Redshift
-- Redshift has SUPER subscripts; the message says that Redshift has none
SELECT x[0] FROM (SELECT 'a' AS x) t;
--> error ERROR: "[" is not supported by the local warehouse: it asks for a part of a SUPER

## R02 Redshift
ALTER SCHEMA {s} QUOTA 50 GB;
--> runs

## R05 Redshift
SELECT MURMUR3_32_HASH('a');
--> runs

## X19 functions
CREATE FUNCTION {s}.f_key(varchar, varchar) RETURNS varchar STABLE AS $$ SELECT MD5(NVL($1,'') || '|' || NVL($2,'')) $$ LANGUAGE sql;
SELECT {s}.f_key('a','b') = MD5('a|b');
--> [[true]]

## Y03 TO_HEX
-- r_TO_HEX
SELECT TO_HEX(2147676847);
--> [["8002f2af"]]

## Y04 REGEXP_REPLACE with a position and parameters
-- REGEXP_REPLACE: every match from the position on
SELECT REGEXP_REPLACE('the fox', 'FOX', 'quick brown fox', 1, 'i'), REGEXP_REPLACE('aaaa', 'a', 'b', 3);
--> [["the quick brown fox", "aabb"]]

## Y05 REGEXP_REPLACE with a pattern of PCRE
SELECT REGEXP_REPLACE('a1', '(?=1)', 'b', 1, 'p');
--> error ERROR: REGEXP_REPLACE with a PCRE pattern is not supported by the local warehouse

## Y06 DATE_TRUNC with a time zone
-- r_DATE_TRUNC: two arguments
SELECT DATE_TRUNC('day', '2024-01-01'::timestamptz, 'UTC');
--> error ERROR: function date_trunc(unknown, timestamp with time zone, unknown) does not exist

## Y07 WINDOW
-- r_SELECT_synopsis: there is no such clause
SELECT SUM(a) OVER w FROM (SELECT 1 AS a) t WINDOW w AS (PARTITION BY a);
--> error ERROR: syntax error at or near "w"

## Y13 row constructors
-- c_unsupported-postgresql-features: value expressions
SELECT ROW(1, 2);
--> error ERROR: The function ROW is not supported by Redshift: compare the columns one by one

## Y14 lists of columns
SELECT 1 WHERE (1, 2) IN (SELECT 1, 2);
--> [[1]]

## Y15 a pattern in SUBSTRING
-- r_SUBSTRING: positions only
SELECT SUBSTRING('abc' FROM 'b');
--> error ERROR: invalid input syntax for type integer: "b"

## Y16 positions in SUBSTRING
-- r_SUBSTRING
SELECT SUBSTRING('caterpillar' FROM 6 FOR 4), SUBSTRING(12345, 2, 2), SUBSTR('abc', 2);
--> [["pill", "23", "bc"]]

## Y17 arrays
-- c_unsupported-postgresql-datatypes
SELECT 1 WHERE 1 = ANY('{1}');
--> error ERROR: = ANY '{1}' is not supported by Redshift: use IN

## Y29 parts from the right
-- SPLIT_PART: a position greater than zero
SELECT SPLIT_PART('a,b', ',', -1);
--> error ERROR: field position must not be zero

## Y30 functions of grouping
-- r_GROUP_BY_aggregation-extensions
SELECT a, GROUPING_ID(a) FROM (SELECT 1 AS a) t GROUP BY ROLLUP (a) ORDER BY 2;
--> [[1, 0], [null, 1]]

## Y31 OCTETINDEX, TIMEOFDAY
SELECT OCTETINDEX('q', 'ßq'), LEN(TIMEOFDAY()) > 20;
--> [[3, true]]
