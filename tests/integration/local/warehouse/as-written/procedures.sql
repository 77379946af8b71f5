-- The format is described in tables.sql.

## H70 OUT parameters
-- doc: OUT arguments are optional
CREATE TABLE {s}.log(id int IDENTITY(1,1), msg varchar(500));
CREATE TABLE {s}.t(id int, v varchar(20));
INSERT INTO {s}.t VALUES(1,'a'),(2,'b');
CREATE OR REPLACE PROCEDURE {s}.p(a int, OUT b int) AS $$ BEGIN b := 1; END; $$ LANGUAGE plpgsql;
GRANT EXECUTE ON PROCEDURE {s}.p(int) TO runtime;
--> runs

## H12 VARCHAR(MAX) in procedures
CREATE TABLE {s}.log(id int IDENTITY(1,1), msg varchar(500));
CREATE TABLE {s}.t(id int, v varchar(20));
INSERT INTO {s}.t VALUES(1,'a'),(2,'b');
CREATE OR REPLACE PROCEDURE {s}.p(q VARCHAR(65535)) AS $$ BEGIN NULL; END; $$ LANGUAGE plpgsql;
GRANT EXECUTE ON PROCEDURE {s}.p(VARCHAR(MAX)) TO runtime;
DROP PROCEDURE {s}.p(q VARCHAR(MAX));
--> runs

## H15 VARCHAR(MAX) in procedures
CREATE TABLE {s}.log(id int IDENTITY(1,1), msg varchar(500));
CREATE TABLE {s}.t(id int, v varchar(20));
INSERT INTO {s}.t VALUES(1,'a'),(2,'b');
CREATE OR REPLACE PROCEDURE {s}.p() AS $$ DECLARE q CHARACTER VARYING(MAX); r NVARCHAR(MAX); BEGIN NULL; END; $$ LANGUAGE plpgsql;
CALL {s}.p();
--> runs

## F12 control flow
-- stored-procedure-constraints: one open cursor in a session
CREATE TABLE {s}.log(id int IDENTITY(1,1), msg varchar(500));
CREATE TABLE {s}.t(id int, v varchar(20));
INSERT INTO {s}.t VALUES(1,'a'),(2,'b');
CREATE OR REPLACE PROCEDURE {s}.p() AS $$ DECLARE c1 CURSOR FOR SELECT * FROM {s}.t; c2 CURSOR FOR SELECT * FROM {s}.t; r RECORD; BEGIN OPEN c1; OPEN c2; FETCH c1 INTO r; FETCH c2 INTO r; CLOSE c1; CLOSE c2; END; $$ LANGUAGE plpgsql;
CALL {s}.p();
--> error ERROR: opening multiple cursors

## F21 control flow
-- stored-procedure-constraints: at most 16 levels
CREATE TABLE {s}.log(id int IDENTITY(1,1), msg varchar(500));
CREATE TABLE {s}.t(id int, v varchar(20));
INSERT INTO {s}.t VALUES(1,'a'),(2,'b');
CREATE OR REPLACE PROCEDURE {s}.p(n int) AS $$ BEGIN IF n > 0 THEN CALL {s}.p(n - 1); END IF; END; $$ LANGUAGE plpgsql;
CALL {s}.p(17);
--> error ERROR: stored procedure nesting limit exceeded

## Y06 dynamic SQL
-- r_names: ASCII letters of quoted names are folded
CREATE TABLE {s}.log(id int IDENTITY(1,1), msg varchar(500));
CREATE TABLE {s}.t(id int, v varchar(20));
INSERT INTO {s}.t VALUES(1,'a'),(2,'b');
CREATE OR REPLACE PROCEDURE {s}.p(sc varchar(50)) AS $$ BEGIN EXECUTE 'INSERT INTO ' || quote_ident(sc) || '.log(msg) VALUES (' || quote_literal(5) || ')'; END; $$ LANGUAGE plpgsql;
CALL {s}.p(UPPER('{s}'));
SELECT msg FROM {s}.log ORDER BY id;
--> [["5"]]

## E04 exceptions
-- c_PLpgSQL-statements: valid in NONATOMIC only
CREATE TABLE {s}.log(id int IDENTITY(1,1), msg varchar(500));
CREATE TABLE {s}.t(id int, v varchar(20));
INSERT INTO {s}.t VALUES(1,'a'),(2,'b');
CREATE OR REPLACE PROCEDURE {s}.p() AS $$ DECLARE n int; BEGIN n := 1/0; EXCEPTION WHEN OTHERS THEN RAISE; END; $$ LANGUAGE plpgsql;
--> error ERROR: RAISE without anything in the default mode

## E13 exceptions
-- stored-procedure-transaction-management: COMMIT closes any open cursor, also that of a FOR loop
CREATE TABLE {s}.log(id int IDENTITY(1,1), msg varchar(500));
CREATE TABLE {s}.t(id int, v varchar(20));
INSERT INTO {s}.t VALUES(1,'a'),(2,'b');
CREATE OR REPLACE PROCEDURE {s}.p() AS $$ DECLARE r RECORD; BEGIN FOR r IN SELECT id FROM {s}.t LOOP INSERT INTO {s}.log(msg) VALUES(r.id); COMMIT; END LOOP; END; $$ LANGUAGE plpgsql;
CALL {s}.p();
--> error ERROR: cursor does not exist

## E18 exceptions
CREATE OR REPLACE PROCEDURE {s}.p(a int, OUT b int) AS $$ BEGIN NULL; END; $$ LANGUAGE plpgsql;
DROP PROCEDURE {s}.p(a int);
--> runs

## G02 grants
CREATE GROUP analysts_{s};
GRANT USAGE ON SCHEMA {s} TO GROUP analysts_{s};
--> runs

## G05 grants
ALTER DEFAULT PRIVILEGES IN SCHEMA {s} GRANT SELECT ON TABLES TO runtime;
ALTER DEFAULT PRIVILEGES IN SCHEMA {s} GRANT EXECUTE ON PROCEDURES TO runtime;
--> runs

## G06 grants
CREATE GROUP analysts;
ALTER DEFAULT PRIVILEGES IN SCHEMA {s} GRANT SELECT ON TABLES TO GROUP analysts;
--> runs

## H77 parameters
-- stored-procedure-constraints: at most 32
CREATE OR REPLACE PROCEDURE {s}.p(a0 int, a1 int, a2 int, a3 int, a4 int, a5 int, a6 int, a7 int, a8 int, a9 int, a10 int, a11 int, a12 int, a13 int, a14 int, a15 int, a16 int, a17 int, a18 int, a19 int, a20 int, a21 int, a22 int, a23 int, a24 int, a25 int, a26 int, a27 int, a28 int, a29 int, a30 int, a31 int, a32 int) AS $$ BEGIN NULL; END; $$ LANGUAGE plpgsql;
--> error ERROR: A procedure with more than 32 IN parameters

## H84 plpgsql
-- stored-procedure-transaction-management: TRUNCATE closes an implicit cursor
CREATE TABLE {s}.log(id int IDENTITY(1,1), msg varchar(500));
CREATE TABLE {s}.t(id int, v varchar(20));
INSERT INTO {s}.t VALUES(1,'a'),(2,'b');
CREATE OR REPLACE PROCEDURE {s}.p() AS $$ DECLARE r RECORD; BEGIN FOR r IN SELECT id FROM {s}.t LOOP TRUNCATE TABLE {s}.log; END LOOP; END; $$ LANGUAGE plpgsql;
CALL {s}.p();
--> error ERROR: cursor does not exist

## H80 plpgsql
-- c_PLpgSQL-statements knows a FOR loop over integers and over a query
CREATE TABLE {s}.log(id int IDENTITY(1,1), msg varchar(500));
CREATE TABLE {s}.t(id int, v varchar(20));
INSERT INTO {s}.t VALUES(1,'a'),(2,'b');
CREATE OR REPLACE PROCEDURE {s}.p() AS $$ DECLARE c1 CURSOR FOR SELECT * FROM {s}.t; BEGIN FOR r IN c1 LOOP NULL; END LOOP; END; $$ LANGUAGE plpgsql;
--> error ERROR: FOR over a cursor variable

## P12 procedures: load
CREATE TABLE {s}.log(id int IDENTITY(1,1), msg varchar(500));
CREATE TABLE {s}.t(id int, v varchar(20));
INSERT INTO {s}.t VALUES(1,'a'),(2,'b');
CREATE OR REPLACE PROCEDURE {s}.p() AS $$ BEGIN IF TRUE THEN TRUNCATE TABLE {s}.t; END IF; INSERT INTO {s}.t VALUES(9,'z'); EXCEPTION WHEN OTHERS THEN RAISE EXCEPTION 'failed: %', SQLERRM; END; $$ LANGUAGE plpgsql;
CALL {s}.p();
SELECT id FROM {s}.t;
--> [[9]]

## J01 time in procedures
-- GETDATE is the time of the statement that calls it; a procedure runs several
CREATE TABLE {s}.log(id int IDENTITY(1,1), msg varchar(500));
CREATE TABLE {s}.t(id int, v varchar(20));
INSERT INTO {s}.t VALUES(1,'a'),(2,'b');
CREATE OR REPLACE PROCEDURE {s}.p() AS $$ DECLARE a timestamp; b timestamp; BEGIN a := GETDATE(); b := GETDATE(); INSERT INTO {s}.log(msg) SELECT pg_sleep(2)::varchar || 'x'; b := GETDATE(); INSERT INTO {s}.log(msg) VALUES(DATEDIFF(second, a, b)::varchar); END; $$ LANGUAGE plpgsql;
CALL {s}.p();
SELECT MAX(msg) >= '1' FROM {s}.log WHERE id = 2;
--> [[true]]

## P21 variables
-- Redshift: the variable wins (NULL); here?
CREATE TABLE {s}.log(id int IDENTITY(1,1), msg varchar(500));
CREATE TABLE {s}.t(id int, v varchar(20));
INSERT INTO {s}.t VALUES(1,'a'),(2,'b');
CREATE OR REPLACE PROCEDURE {s}.p() AS $$ DECLARE id int; BEGIN SELECT MAX(id) INTO id FROM {s}.t; INSERT INTO {s}.log(msg) VALUES(id::varchar); END; $$ LANGUAGE plpgsql;
CALL {s}.p();
SELECT msg FROM {s}.log ORDER BY id;
--> runs

## P33 variables
CREATE TABLE {s}.log(id int IDENTITY(1,1), msg varchar(500));
CREATE TABLE {s}.t(id int, v varchar(20));
INSERT INTO {s}.t VALUES(1,'a'),(2,'b');
CREATE OR REPLACE PROCEDURE {s}.p(day date) AS $$ DECLARE current_date date; BEGIN current_date := day; INSERT INTO {s}.log(msg) VALUES(current_date::varchar); END; $$ LANGUAGE plpgsql;
CALL {s}.p('2024-01-02');
SELECT msg FROM {s}.log ORDER BY id;
--> [["2024-01-02"]]

## P36 variables
CREATE TABLE {s}.log(id int IDENTITY(1,1), msg varchar(500));
CREATE TABLE {s}.t(id int, v varchar(20));
INSERT INTO {s}.t VALUES(1,'a'),(2,'b');
CREATE OR REPLACE PROCEDURE {s}.p() AS $$ DECLARE x varchar(max);  BEGIN x := 'q'; END; $$ LANGUAGE plpgsql;
CALL {s}.p();
--> runs

## Y10 CASE and loops in a block with EXCEPTION
CREATE TABLE {s}.t(id int);
CREATE OR REPLACE PROCEDURE {s}.p() AS $$ DECLARE i int := 0; BEGIN WHILE CASE WHEN i < 3 THEN TRUE ELSE FALSE END LOOP i := i + 1; CASE i WHEN 2 THEN BEGIN INSERT INTO {s}.t VALUES (i); END; ELSE NULL; END CASE; END LOOP; BEGIN IF i = 3 THEN INSERT INTO {s}.t VALUES (i); END IF; END; EXCEPTION WHEN OTHERS THEN RAISE INFO 'failed'; END; $$ LANGUAGE plpgsql;
CALL {s}.p();
SELECT id FROM {s}.t ORDER BY 1;
--> [[2], [3]]

## Y18 FETCH with a direction in a procedure
-- c_PLpgSQL-statements: FETCH cursor INTO target
CREATE PROCEDURE {s}.p() AS $$ DECLARE c CURSOR FOR SELECT 1; x int; BEGIN OPEN c; FETCH NEXT FROM c INTO x; CLOSE c; END; $$ LANGUAGE plpgsql;
--> error ERROR: This FETCH is not supported by Redshift: write FETCH cursor INTO variables in a procedure

## Y19 FETCH backwards
-- fetch: NEXT, ALL and FORWARD
-- in one transaction
DECLARE c CURSOR FOR SELECT 1;
FETCH FORWARD 1 FROM c;
FETCH FIRST FROM c;
--> error Query #3 failed with ERROR: FETCH FIRST is not supported by Redshift: use FETCH NEXT, FORWARD or ALL

## Y33 named arguments
-- r_CALL_procedure: values by their places
CREATE PROCEDURE {s}.p(x int) AS $$ BEGIN NULL; END; $$ LANGUAGE plpgsql;
CALL {s}.p(x => 1);
--> error ERROR: "=>" is not supported by Redshift: it has no named arguments
