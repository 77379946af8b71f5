-- The format is described in queries.sql.

## Functions missing here
SELECT soundex('a')
--> error ERROR: The function SOUNDEX is not supported by the local warehouse: test it on Redshift

## Clauses missing here
SELECT * FROM (SELECT 1 AS a) AS t PIVOT (count(a) FOR a IN (1))
--> error ERROR: PIVOT is not supported by the local warehouse

## Other system views
SELECT * FROM stl_query
--> error ERROR: The system view stl_query is not supported by the local warehouse

## SUPER, HLLSKETCH, GEOMETRY, GEOGRAPHY, VARBYTE, INTERVAL columns
CREATE TABLE t (a super)
--> error ERROR: The type SUPER is not supported by the local warehouse

## PostgreSQL’s own statements
DO $$ BEGIN NULL; END $$
--> error ERROR: DO is not supported by Redshift: create a procedure and CALL it
CREATE UNIQUE INDEX i ON t (a)
--> error ERROR: CREATE UNIQUE is not supported by Redshift: it has no indexes; declare a SORTKEY
VALUES (1)
--> error ERROR: VALUES is not supported by Redshift: use SELECT
FROBNICATE t
--> error ERROR: syntax error at or near "FROBNICATE"
SELECT 1; SELECT 2
--> error ERROR: cannot insert multiple commands into a prepared statement

## PostgreSQL’s own functions
SELECT string_agg('a', ',')
--> error ERROR: The function STRING_AGG is not supported by Redshift: use LISTAGG
SELECT now()
--> error ERROR: The function NOW is not supported by Redshift: use GETDATE() or SYSDATE

## PostgreSQL’s own clauses
INSERT INTO t VALUES (1) ON CONFLICT DO NOTHING
--> error ERROR: ON CONFLICT is not supported by Redshift
WITH w AS (DELETE FROM t) SELECT 1
--> error ERROR: DELETE is not supported by Redshift: write a statement of its own
WITH w AS (SELECT 1 AS a) INSERT INTO t SELECT a FROM w
--> error ERROR: WITH before INSERT is not supported by Redshift
INSERT INTO t VALUES (1) RETURNING a
--> error ERROR: RETURNING is not supported by Redshift
SELECT DISTINCT ON (a) a FROM t
--> error ERROR: DISTINCT ON is not supported by Redshift
SELECT count(*) FILTER (WHERE true) FROM t
--> error ERROR: FILTER is not supported by Redshift
SELECT * FROM t, LATERAL (SELECT 1) AS l
--> error ERROR: LATERAL is not supported by Redshift
SELECT * FROM (VALUES (1)) AS v
--> error ERROR: VALUES is not supported by Redshift
SELECT ARRAY[1]
--> error ERROR: ARRAY is not supported by Redshift
SELECT a FROM t FOR UPDATE
--> error ERROR: FOR UPDATE is not supported by Redshift
SELECT '{}' ->> 'a'
--> error ERROR: "->>" is not supported by Redshift

SELECT 1 INTERSECT ALL SELECT 1
--> error ERROR: INTERSECT ALL is not supported by Redshift
INSERT INTO t AS x VALUES (1)
--> error ERROR: syntax error at or near "AS"
INSERT INTO t VALUES ((SELECT 1)), (2)
--> error ERROR: A subquery in several rows of VALUES is not supported by Redshift
WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE i < 5) SELECT * FROM n
--> error ERROR: WITH RECURSIVE without column names is not supported by Redshift

## PostgreSQL’s own types
CREATE TABLE t (a uuid)
--> error ERROR: The type UUID is not supported by Redshift: use VARCHAR(36)
