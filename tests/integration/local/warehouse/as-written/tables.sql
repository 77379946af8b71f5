-- SQL as people write it. A case: `## id kind`, statements that end with a semicolon at the end of a line, and behind `-->` what the last one
-- answers on Redshift: rows as JSON, `runs`, or `error` and how its text begins. {s} is a schema of its own. Statements below
-- `-- in one transaction` are sent as one batch.

## H01 #temp tables
-- in one transaction
CREATE TEMP TABLE #s (id bigint, v varchar(5));
INSERT INTO #s (id, v) VALUES (1,'a');
SELECT id FROM #s;
--> [[1]]

## H04 #temp tables
-- in one transaction
SELECT 1 AS id INTO #s;
CREATE TABLE #t (LIKE #s);
INSERT INTO #t SELECT * FROM #s;
SELECT COUNT(*) FROM #t;
--> [[1]]

## H60 CTAS types
-- value too long for type character varying(3); from experience, no doc page found
CREATE TABLE {s}.x AS SELECT 'abc' AS s;
INSERT INTO {s}.x VALUES('abcdef');
--> error

## H62 CTAS types
CREATE TABLE {s}.x AS SELECT 1 AS a WITH NO DATA;
--> error

## X03 catalog
SELECT COUNT(*) FROM svv_columns;
--> runs

## J19 catalog
SELECT COUNT(*) FROM pg_get_late_binding_view_cols() cols(view_schema name, view_name name, col_name name, col_type varchar, col_num int);
--> runs

## J16 ddl
-- doc: scale 37 at most
CREATE TABLE {s}.d(n numeric(38,38));
--> error

## T05 ddl
CREATE TABLE {s}.f(id int, FOREIGN KEY (id) REFERENCES {s}.nowhere(id));
--> error

## T07 ddl
CREATE TABLE {s}.f(id int DISTKEY, b int DISTKEY);
--> error

## T08 ddl
CREATE TABLE {s}.f(id int) DISTSTYLE ALL DISTKEY(id);
--> error

## T15 ddl
-- doc r_ALTER_TABLE: ADD COLUMN NOT NULL needs a DEFAULT
CREATE TABLE {s}.f(id int);
ALTER TABLE {s}.f ADD COLUMN v int NOT NULL;
--> error

## T36 ddl
-- CHAR is 4096 at most
CREATE TABLE {s}.f(v char(4097));
--> error

## M25 insert
-- doc r_INSERT_30: not supported as expressions for multiple-row INSERT VALUES
CREATE TABLE {s}.d(id int);
INSERT INTO {s}.d VALUES ((SELECT 1)),((SELECT 2));
--> error ERROR: A subquery in several rows of VALUES is not supported by Redshift

## H20 keys in the catalog
CREATE TABLE {s}.k(a int PRIMARY KEY, b int);
SELECT kcu.column_name FROM information_schema.table_constraints tco JOIN information_schema.key_column_usage kcu ON kcu.constraint_name = tco.constraint_name AND kcu.constraint_schema = tco.constraint_schema WHERE tco.table_schema = '{s}' AND tco.table_name = 'k' AND tco.constraint_type = 'PRIMARY KEY';
--> [["a"]]

## J02 names
-- r_names: up to 127 bytes; PostgreSQL takes 63, and more are refused, so that two names never become one
CREATE TABLE {s}.a_very_long_name_of_a_table_that_says_all_about_it_and_then_more_one(i int);
--> error ERROR: A name of more than 63 bytes

## K01 reserved words
-- column named tag
CREATE TABLE {s}.k(id int, tag varchar(10));
--> error

## K02 reserved words
-- column named open
CREATE TABLE {s}.k(id int, open varchar(10));
--> error

## K04 reserved words
-- column named percent
CREATE TABLE {s}.k(id int, percent varchar(10));
--> error

## K07 reserved words
-- column named partition
CREATE TABLE {s}.k(id int, partition varchar(10));
--> error

## K10 reserved words
-- column named raw
CREATE TABLE {s}.k(id int, raw varchar(10));
--> error

## K11 reserved words
-- column named top
CREATE TABLE {s}.k(id int, top varchar(10));
--> error

## K14 reserved words
-- column named identity
CREATE TABLE {s}.k(id int, identity varchar(10));
--> error

## K16 reserved words
-- column named minus
CREATE TABLE {s}.k(id int, minus varchar(10));
--> error

## K17 reserved words
-- column named oid
CREATE TABLE {s}.k(id int, oid varchar(10));
--> error

## K18 reserved words
-- column named parallel
CREATE TABLE {s}.k(id int, parallel varchar(10));
--> error

## K21 reserved words
-- column named without
CREATE TABLE {s}.k(id int, without varchar(10));
--> error

## K22 reserved words
-- column named ignore
CREATE TABLE {s}.k(id int, ignore varchar(10));
--> error

## K32 reserved words
CREATE TABLE {s}.k(id int, array_x int, concurrently int, variadic int, tablesample int, symmetric int);
--> runs
