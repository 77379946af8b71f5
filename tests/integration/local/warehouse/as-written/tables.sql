-- SQL as people write it. A case: `## id kind`, statements that end with a semicolon at the end of a line, and behind `-->` what the last one
-- answers on Redshift: rows as JSON, `runs`, or `error` and how its text begins. `differs` stands before an answer
-- that is not Redshift's, of what docs/local-aws.md lists. {s} is a schema of its own. Statements below
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
--> error ERROR: value too long for type character varying(3)

## H62 CTAS types
CREATE TABLE {s}.x AS SELECT 1 AS a WITH NO DATA;
--> error ERROR: CREATE TABLE AS … WITH NO DATA is not supported by Redshift: write a condition that no row meets

## X03 catalog
SELECT COUNT(*) FROM svv_columns;
--> runs

## J19 catalog
SELECT COUNT(*) FROM pg_get_late_binding_view_cols() cols(view_schema name, view_name name, col_name name, col_type varchar, col_num int);
--> runs

## J16 ddl
-- doc: scale 37 at most
CREATE TABLE {s}.d(n numeric(38,38));
--> error ERROR: NUMERIC(38,38) is not supported by Redshift: the scale is 37 at most

## T05 ddl
CREATE TABLE {s}.f(id int, FOREIGN KEY (id) REFERENCES {s}.nowhere(id));
--> error ERROR: relation "

## T07 ddl
CREATE TABLE {s}.f(id int DISTKEY, b int DISTKEY);
--> error ERROR: A second DISTKEY is not supported by Redshift: name one column

## T08 ddl
CREATE TABLE {s}.f(id int) DISTSTYLE ALL DISTKEY(id);
--> error ERROR: DISTSTYLE ALL with a DISTKEY is not supported by Redshift: write DISTSTYLE KEY, or leave out the DISTKEY

## T15 ddl
-- doc r_ALTER_TABLE: ADD COLUMN NOT NULL needs a DEFAULT
CREATE TABLE {s}.f(id int);
ALTER TABLE {s}.f ADD COLUMN v int NOT NULL;
--> error ERROR: ALTER TABLE ADD COLUMN defined as NOT NULL must have a non-null default expression

## T36 ddl
-- CHAR is 4096 at most
CREATE TABLE {s}.f(v char(4097));
--> error ERROR: CHAR(4097) is not supported by Redshift: the length is from 1 to 4096 bytes

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
-- r_names: up to 127 bytes
CREATE TABLE {s}.a_very_long_name_of_a_table_that_says_all_about_it_and_then_more_one(i int);
CREATE TABLE {s}.a_very_long_name_of_a_table_that_says_all_about_it_and_then_more_two(i int);
SELECT COUNT(*) FROM {s}."A_very_long_name_of_a_table_that_says_all_about_it_and_then_more_two";
--> [[0]]

## J03 names of more than 127 bytes
-- r_CREATE_TABLE_NEW: they are cut
CREATE TABLE {s}.t (a_name_that_goes_on_and_on_and_on_and_on_and_on_and_on_and_on_and_on_and_on_and_on_and_on_and_on_and_on_and_on_and_on_and_on_and_one int);
SELECT a_name_that_goes_on_and_on_and_on_and_on_and_on_and_on_and_on_and_on_and_on_and_on_and_on_and_on_and_on_and_on_and_on_and_on_and_two FROM {s}.t;
--> []

## J04 long names in dynamic SQL and in errors
-- r_names
CREATE TABLE {s}.a_very_long_name_of_a_table_that_says_all_about_it_and_then_more_one(i int);
CREATE PROCEDURE {s}.p() AS $$ BEGIN EXECUTE 'INSERT INTO {s}.' || QUOTE_IDENT('a_very_long_name_of_a_table_that_says_all_about_it_and_then_more_one') || ' VALUES (1)'; END; $$ LANGUAGE plpgsql;
CALL {s}.p();
SELECT the_name_of_a_column_that_is_not_there_and_is_longer_than_sixty_three_bytes FROM {s}.a_very_long_name_of_a_table_that_says_all_about_it_and_then_more_one;
--> error ERROR: column "the_name_of_a_column_that_is_not_there_and_is_longer_than_sixty_three_bytes" does not exist

## K01 reserved words
-- column named tag
CREATE TABLE {s}.k(id int, tag varchar(10));
--> error ERROR: syntax error at or near "tag": Redshift reserves the word: write it in double quotes

## K02 reserved words
-- column named open
CREATE TABLE {s}.k(id int, open varchar(10));
--> error ERROR: syntax error at or near "open": Redshift reserves the word: write it in double quotes

## K04 reserved words
-- column named percent
CREATE TABLE {s}.k(id int, percent varchar(10));
--> error ERROR: syntax error at or near "percent": Redshift reserves the word: write it in double quotes

## K07 reserved words
-- column named partition
CREATE TABLE {s}.k(id int, partition varchar(10));
--> error ERROR: syntax error at or near "partition": Redshift reserves the word: write it in double quotes

## K10 reserved words
-- column named raw
CREATE TABLE {s}.k(id int, raw varchar(10));
--> error ERROR: syntax error at or near "raw": Redshift reserves the word: write it in double quotes

## K11 reserved words
-- column named top
CREATE TABLE {s}.k(id int, top varchar(10));
--> error ERROR: syntax error at or near "top": Redshift reserves the word: write it in double quotes

## K14 reserved words
-- column named identity
CREATE TABLE {s}.k(id int, identity varchar(10));
--> error ERROR: syntax error at or near "identity": Redshift reserves the word: write it in double quotes

## K16 reserved words
-- column named minus
CREATE TABLE {s}.k(id int, minus varchar(10));
--> error ERROR: syntax error at or near "minus": Redshift reserves the word: write it in double quotes

## K17 reserved words
-- column named oid
CREATE TABLE {s}.k(id int, oid varchar(10));
--> error ERROR: syntax error at or near "oid": Redshift reserves the word: write it in double quotes

## K18 reserved words
-- column named parallel
CREATE TABLE {s}.k(id int, parallel varchar(10));
--> error ERROR: syntax error at or near "parallel": Redshift reserves the word: write it in double quotes

## K21 reserved words
-- column named without
CREATE TABLE {s}.k(id int, without varchar(10));
--> error ERROR: syntax error at or near "without": Redshift reserves the word: write it in double quotes

## K22 reserved words
-- column named ignore
CREATE TABLE {s}.k(id int, ignore varchar(10));
--> error ERROR: syntax error at or near "ignore": Redshift reserves the word: write it in double quotes

## K32 reserved words
CREATE TABLE {s}.k(id int, array_x int, concurrently int, variadic int, tablesample int, symmetric int);
--> runs

## Y09 SVV_TABLES
-- r_SVV_TABLES
CREATE TABLE {s}.a(i int);
CREATE VIEW {s}.b AS SELECT i FROM {s}.a;
SELECT table_name, table_type FROM svv_tables WHERE table_schema = '{s}' ORDER BY 1;
--> [["a", "BASE TABLE"], ["b", "VIEW"]]

## Y10 keys of CREATE TABLE AS
-- r_CREATE_TABLE_AS: a key is a column of the table
CREATE TABLE {s}.x DISTKEY(a) SORTKEY(d) AS SELECT 1 AS a, 2 AS b;
--> error ERROR: column "d" does not exist

## Y11 keys of CREATE TABLE AS with names of its own
-- r_CREATE_TABLE_AS
CREATE TABLE {s}.x (c, d) DISTKEY(d) SORTKEY(c) AS WITH w AS (SELECT 1 AS a, 2 AS b) SELECT a, b FROM w ORDER BY a;
SELECT c, d FROM {s}.x;
--> [[1, 2]]

## Y12 storage of CREATE TABLE AS
CREATE TABLE {s}.x DISTSTYLE EVEN DISTKEY(a) AS SELECT 1 AS a;
--> error ERROR: DISTSTYLE EVEN with a DISTKEY is not supported by Redshift

## Y20 IDENTITY of an INT from zero
-- r_CREATE_TABLE_NEW: INT or BIGINT, any seed and step
CREATE TABLE {s}.t (a int IDENTITY(0,1), b int);
CREATE TABLE {s}.u (a bigint IDENTITY(-5,-2), b int);
INSERT INTO {s}.t (b) VALUES (1), (2);
INSERT INTO {s}.u (b) VALUES (1), (2);
SELECT t.a, u.a FROM {s}.t JOIN {s}.u ON t.b = u.b ORDER BY 1;
--> [[0, -5], [1, -7]]

## Y21 a value for an IDENTITY
CREATE TABLE {s}.t (a int IDENTITY(0,1), b int);
INSERT INTO {s}.t VALUES (1, 2);
--> error ERROR: cannot set an identity column to a value

## Y22 keys that a table is given later
-- r_ALTER_TABLE
CREATE TABLE {s}.t (a int, b int);
ALTER TABLE {s}.t ALTER COMPOUND SORTKEY (a, b);
ALTER TABLE {s}.t ALTER DISTSTYLE KEY DISTKEY b;
ALTER TABLE {s}.t ALTER SORTKEY NONE;
ALTER TABLE {s}.t ALTER SORTKEY (a), ALTER DISTKEY b;
ALTER TABLE {s}.t ALTER COLUMN a ENCODE az64, ALTER COLUMN b ENCODE zstd;
ALTER TABLE {s}.t ALTER COLUMN a ENCODE zstd;
ALTER TABLE {s}.t ALTER DISTKEY c;
--> error ERROR: column "c" of relation "t" does not exist

## Y39 CHAR(MAX)
-- r_CREATE_TABLE_NEW: 4096 bytes
CREATE TABLE {s}.t (a char(max), b varchar(max));
SELECT character_maximum_length FROM svv_columns WHERE table_schema = '{s}' ORDER BY ordinal_position;
--> [[4096], [65535]]
