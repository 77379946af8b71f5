-- The format is described in tables.sql.

## W07 QUALIFY
CREATE TABLE {s}.e(id int, grp varchar(5), val int, ts timestamp);
INSERT INTO {s}.e VALUES (1,'a',10,'2024-01-01'),(2,'a',20,'2024-01-02'),(3,'b',5,'2024-01-03'),(4,'b',NULL,'2024-01-04');
SELECT id FROM {s}.e QUALIFY ROW_NUMBER() OVER (PARTITION BY grp ORDER BY ts DESC) = 1 ORDER BY id;
--> [[2], [4]]

## J06 correlated subqueries
CREATE TABLE {s}.e(id int, grp varchar(5), val int, ts timestamp);
INSERT INTO {s}.e VALUES (1,'a',10,'2024-01-01'),(2,'a',20,'2024-01-02'),(3,'b',5,'2024-01-03'),(4,'b',NULL,'2024-01-04');
-- r_correlated_subqueries: an error
SELECT id FROM {s}.e x WHERE NOT EXISTS (SELECT * FROM {s}.e y WHERE NOT EXISTS (SELECT * FROM {s}.e z WHERE z.id = x.id));
--> differs runs

## J08 correlated subqueries
CREATE TABLE {s}.e(id int, grp varchar(5), val int, ts timestamp);
INSERT INTO {s}.e VALUES (1,'a',10,'2024-01-01'),(2,'a',20,'2024-01-02'),(3,'b',5,'2024-01-03'),(4,'b',NULL,'2024-01-04');
-- r_correlated_subqueries: an error
SELECT id FROM {s}.e x WHERE val NOT IN (SELECT SUM(y.val) OVER () FROM {s}.e y WHERE y.grp = x.grp);
--> differs runs

## Q01 lateral alias
SELECT 1 AS a, a + 1 AS b, b * 2 AS c;
--> [[1, 2, 4]]

## Q12 select
-- doc r_WITH_clause: column names are required
WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE i < 5) SELECT SUM(i) FROM n;
--> error ERROR: WITH RECURSIVE without column names is not supported by Redshift

## Q13 select
-- doc UNION/EXCEPT: ALL with EXCEPT is not supported
SELECT 1 EXCEPT ALL SELECT 2;
--> error ERROR: EXCEPT ALL is not supported by Redshift

## M03 update/delete
-- r_UPDATE, c_Examples_of_UPDATE_statements
CREATE TABLE {s}.t(id int, v varchar(10), n int);
INSERT INTO {s}.t VALUES (1,'a',1),(2,'b',2),(3,'c',3);
CREATE TABLE {s}.st(id int, v varchar(10));
INSERT INTO {s}.st VALUES (2,'B'),(4,'D');
UPDATE {s}.t SET v = 'x' FROM {s}.st s LEFT JOIN {s}.t x ON s.id = x.id WHERE x.id IS NULL;
--> error ERROR: Target table must be part of an equijoin predicate

## M04 update/delete
-- r_UPDATE
CREATE TABLE {s}.t(id int, v varchar(10), n int);
INSERT INTO {s}.t VALUES (1,'a',1),(2,'b',2),(3,'c',3);
CREATE TABLE {s}.st(id int, v varchar(10));
INSERT INTO {s}.st VALUES (2,'B'),(4,'D');
UPDATE {s}.t SET v = s.v FROM {s}.st s WHERE {s}.t.id < s.id;
--> error ERROR: Target table must be part of an equijoin predicate

## M12 update/delete
-- SET (a, b) = … is not in r_UPDATE
CREATE TABLE {s}.t(id int, v varchar(10), n int);
INSERT INTO {s}.t VALUES (1,'a',1),(2,'b',2),(3,'c',3);
CREATE TABLE {s}.st(id int, v varchar(10));
INSERT INTO {s}.st VALUES (2,'B'),(4,'D');
UPDATE {s}.t SET (v, n) = ('q', 9) WHERE id = 1;
--> error ERROR: syntax error at or near "("

## W03 window functions
CREATE TABLE {s}.e(id int, grp varchar(5), val int, ts timestamp);
INSERT INTO {s}.e VALUES (1,'a',10,'2024-01-01'),(2,'a',20,'2024-01-02'),(3,'b',5,'2024-01-03'),(4,'b',NULL,'2024-01-04');
SELECT FIRST_VALUE(val) OVER (PARTITION BY grp ORDER BY ts) FROM {s}.e;
--> error ERROR: Aggregate window functions with an ORDER BY clause require a frame clause

## W09 window functions
CREATE TABLE {s}.e(id int, grp varchar(5), val int, ts timestamp);
INSERT INTO {s}.e VALUES (1,'a',10,'2024-01-01'),(2,'a',20,'2024-01-02'),(3,'b',5,'2024-01-03'),(4,'b',NULL,'2024-01-04');
SELECT DISTINCT PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY val) OVER (PARTITION BY grp) FROM {s}.e WHERE grp='a';
--> [[15.0]]

## W14 window functions
-- Redshift has ROWS frames only (doc
CREATE TABLE {s}.e(id int, grp varchar(5), val int, ts timestamp);
INSERT INTO {s}.e VALUES (1,'a',10,'2024-01-01'),(2,'a',20,'2024-01-02'),(3,'b',5,'2024-01-03'),(4,'b',NULL,'2024-01-04');
SELECT SUM(val) OVER (ORDER BY ts RANGE UNBOUNDED PRECEDING) FROM {s}.e;
--> error ERROR: A frame of RANGE is not supported by Redshift

## Q20 an alias that a column of the table has, too
-- r_SELECT_list: the column comes first
CREATE TABLE {s}.r(a int, b int);
INSERT INTO {s}.r VALUES (1, 10), (2, 20);
SELECT a + 100 AS b, b + 1 AS c, c * 2 AS d FROM {s}.r ORDER BY 1;
--> [[101, 11, 22], [102, 21, 42]]

## Q21 aliases of aggregates and windows
CREATE TABLE {s}.r(g varchar(5), n int);
INSERT INTO {s}.r VALUES ('a', 1), ('a', 2), ('b', 5);
SELECT g AS k, SUM(n) AS total, COUNT(*) AS c, total / c AS mean, RANK() OVER (ORDER BY total DESC) AS place, place + 1 AS next FROM {s}.r GROUP BY k ORDER BY k;
--> [["a", 3, 2, 1, 2, 3], ["b", 5, 1, 5, 1, 2]]

## W20 QUALIFY in a procedure, by an alias
CREATE TABLE {s}.e(id int, grp varchar(5), v int);
INSERT INTO {s}.e VALUES (1,'a',10),(1,'a',20),(2,'b',5);
CREATE PROCEDURE {s}.p() AS $$ BEGIN CREATE TABLE {s}.d AS SELECT id, v, ROW_NUMBER() OVER (PARTITION BY id ORDER BY v DESC) AS rn FROM {s}.e AS e WHERE v > 0 QUALIFY rn = 1; END; $$ LANGUAGE plpgsql;
CALL {s}.p();
SELECT id, v FROM {s}.d ORDER BY id;
--> [[1, 20], [2, 5]]

## W21 the last value that is not NULL
CREATE TABLE {s}.e(id int, v int);
INSERT INTO {s}.e VALUES (1,10),(2,NULL),(3,NULL),(4,7);
SELECT LAST_VALUE(v IGNORE NULLS) OVER (ORDER BY id ROWS UNBOUNDED PRECEDING) AS last, LAG(v) IGNORE NULLS OVER (ORDER BY id) AS lag FROM {s}.e ORDER BY id;
--> [[10, null], [10, 10], [10, 10], [7, 10]]

## Y32 a join by (+)
-- r_WHERE_oracle_outer
SELECT a.i FROM (SELECT 1 AS i) a, (SELECT 2 AS i) b WHERE a.i = b.i(+);
--> error ERROR: (+) is not supported by the local warehouse: use LEFT JOIN
