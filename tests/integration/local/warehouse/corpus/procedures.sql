-- The format is described in queries.sql.

## CREATE PROCEDURE
CREATE OR REPLACE PROCEDURE p(a IN int, INOUT b varchar(10), c OUT int) LANGUAGE plpgsql AS $body$
DECLARE
  suffix nvarchar(5) := nvl(NULL, '!');
BEGIN
  b := b || suffix;
  c = a + len(b);
END
$body$
--> ok
CALL p(2, 'ab')
--> ab! | 5
CREATE PROCEDURE q(OUT a int, b int) AS $$ BEGIN a := b; END; $$ LANGUAGE plpgsql
--> error ERROR: An OUT parameter before "b" is not supported by the local warehouse
CREATE PROCEDURE q(a int DEFAULT 1) AS $$ BEGIN NULL; END; $$ LANGUAGE plpgsql
--> error ERROR: A default value of a parameter is not supported by Redshift
CREATE PROCEDURE q() AS $$ BEGIN NULL; END; $$ LANGUAGE sql
--> error ERROR: LANGUAGE sql of a procedure is not supported by Redshift
CREATE PROCEDURE q() AS 'BEGIN NULL; END;' LANGUAGE plpgsql
--> error ERROR: A procedure whose body is no dollar-quoted string is not supported by Redshift
CREATE PROCEDURE q() AS $$ BEGIN INSERT INTO t VALUES (1) ON CONFLICT DO NOTHING; END; $$ LANGUAGE plpgsql
--> error ERROR: ON CONFLICT is not supported by Redshift
CREATE PROCEDURE q() AS $$ BEGIN RETURN QUERY SELECT 1; END; $$ LANGUAGE plpgsql
--> error ERROR: RETURN QUERY is not supported by Redshift
CREATE PROCEDURE q() AS $$ BEGIN IF true THEN NULL; END; $$ LANGUAGE plpgsql
--> error ERROR: syntax error at or near "END"
DROP PROCEDURE IF EXISTS p(int, varchar)
--> error ERROR: DROP PROCEDURE IF EXISTS is not supported by Redshift
DROP PROCEDURE p
--> error ERROR: DROP PROCEDURE without parameters is not supported by Redshift
CREATE PROCEDURE p(x int, y varchar(10)) AS $$ BEGIN NULL; END; $$ LANGUAGE plpgsql
--> error ERROR: procedure "p" already exists with same argument types
CREATE OR REPLACE PROCEDURE p(x int, y inout varchar(10)) AS $$ BEGIN NULL; END; $$ LANGUAGE plpgsql
--> error ERROR: cannot change return type of existing procedure
CREATE OR REPLACE PROCEDURE p(x int, y inout varchar(10), z out int) AS $$ BEGIN z := x + 1; END; $$ LANGUAGE plpgsql
--> ok
CALL p(2, 'ab')
--> ab | 3
GRANT EXECUTE ON PROCEDURE p(int, nvarchar(max)) TO runtime
--> ok
ALTER PROCEDURE p(int, varchar) RENAME TO r
--> ok
DROP PROCEDURE r(a int, b inout varchar(max), c out int)
--> ok
DROP PROCEDURE r(int)
--> error ERROR: procedure r(int) does not exist
CREATE PROCEDURE r(double precision, character varying(max)) AS $$ DECLARE q character varying(max) := $2; n numeric := 1.6; BEGIN IF n <> 2 THEN RAISE EXCEPTION '%', n; END IF; END; $$ LANGUAGE plpgsql
--> ok
CALL r(1, 'x')
--> ok

## Variables named like columns
CREATE TABLE t (id int, user varchar(5))
--> error ERROR: syntax error at or near "user"
CREATE TABLE t (id int, v varchar(5))
--> ok
INSERT INTO t VALUES (1, 'a'), (2, 'b')
--> count 2
CREATE PROCEDURE p(id int, left int) AS $$
DECLARE user varchar(5) := LEFT('abc', left); current_date date := '2024-01-02'; date date := current_date;
BEGIN
  INSERT INTO t (id, v) SELECT id + 1, user FROM t x LEFT JOIN t y ON x.id = y.id WHERE x.id = left AND date = '2024-01-02';
END;
$$ LANGUAGE plpgsql
--> ok
CALL p(41, 2)
--> ok
SELECT v FROM t WHERE id = 42
--> ab

## CALL
CREATE TABLE t (a int)
--> ok
CREATE PROCEDURE inner_one() AS $$ BEGIN INSERT INTO t VALUES (2); RAISE EXCEPTION 'inner % failed', 1; END; $$ LANGUAGE plpgsql
--> ok
CREATE PROCEDURE outer_one() AS $$ BEGIN INSERT INTO t VALUES (1); CALL inner_one(); END; $$ LANGUAGE plpgsql
--> ok
CALL outer_one()
--> error ERROR: inner 1 failed
SELECT count(*) FROM t
--> 0
CALL missing_one()
--> error ERROR: procedure missing_one() does not exist
CREATE PROCEDURE deep(n int) AS $$ BEGIN IF n > 1 THEN CALL deep(n - 1); END IF; END; $$ LANGUAGE plpgsql
--> ok
CALL deep(16)
--> ok
CALL deep(17)
--> error ERROR: stored procedure nesting limit exceeded

## OUT parameters of nested calls
CREATE PROCEDURE p(a int, b OUT int) AS $$ BEGIN b := a; END; $$ LANGUAGE plpgsql
--> ok
CREATE PROCEDURE q() AS $$ BEGIN CALL p(1); END; $$ LANGUAGE plpgsql
--> ok
CALL q()
--> error ERROR: procedure parameter "b" is an output parameter but corresponding argument is not writable

## TRUNCATE, COMMIT, ROLLBACK in a procedure
CREATE TABLE t (a int)
--> ok
CREATE TABLE u (a int)
--> ok
INSERT INTO u VALUES (0)
--> count 1
CREATE PROCEDURE p() AS $$
BEGIN
  INSERT INTO t VALUES (1);
  TRUNCATE u;
  INSERT INTO t VALUES (2);
  RAISE EXCEPTION 'stop';
END;
$$ LANGUAGE plpgsql
--> ok
CALL p()
--> error ERROR: stop
SELECT a, (SELECT count(*) FROM u) FROM t
--> 1 | 0
CREATE PROCEDURE q() AS $$
BEGIN
  INSERT INTO t VALUES (3);
  COMMIT;
  INSERT INTO t VALUES (4);
  ROLLBACK;
  INSERT INTO t VALUES (5);
END;
$$ LANGUAGE plpgsql
--> ok
CALL q()
--> ok
SELECT a FROM t ORDER BY a
--> 1
--> 3
--> 5
BEGIN
--> ok
CALL p()
--> error ERROR: TRUNCATE cannot be invoked from a procedure that is executing in an atomic context.
ROLLBACK
--> ok
BEGIN
--> ok
CALL q()
--> error ERROR: COMMIT cannot be invoked from a procedure that is executing in an atomic context.
ROLLBACK
--> ok
CREATE PROCEDURE r() AS $$ BEGIN COMMIT; END; $$ LANGUAGE plpgsql SET search_path TO public
--> ok
CALL r()
--> error ERROR: COMMIT cannot be invoked from a procedure that is executing in an atomic context.

## EXCEPTION WHEN OTHERS
CREATE TABLE t (a int)
--> ok
CREATE TABLE log (line varchar(200))
--> ok
CREATE PROCEDURE p(divisor int) AS $$
DECLARE
  step varchar(20) := 'first';
BEGIN
  INSERT INTO t VALUES (1);
  step := 'second';
  PERFORM 1 / divisor;
  IF divisor = 2 THEN
    RETURN;
  END IF;
  INSERT INTO t VALUES (2);
EXCEPTION
  WHEN OTHERS THEN
    INSERT INTO log VALUES (step || ': ' || SQLERRM || ' ' || SQLSTATE);
    RAISE INFO 'failed in %', step;
END;
$$ LANGUAGE plpgsql
--> ok
CALL p(0)
--> error ERROR: division by zero
SELECT line, (SELECT count(*) FROM t) FROM log
--> second: division by zero 22012 | 0
CALL p(1)
--> ok
CALL p(2)
--> ok
SELECT a, (SELECT count(*) FROM log) FROM t ORDER BY a
--> 1 | 1
--> 1 | 1
--> 2 | 1
CREATE PROCEDURE q() AS $$
BEGIN
  INSERT INTO t VALUES (7);
  TRUNCATE log;
  INSERT INTO t VALUES (8);
  RAISE EXCEPTION 'after the truncate';
EXCEPTION WHEN OTHERS THEN
  INSERT INTO log VALUES (SQLERRM);
END;
$$ LANGUAGE plpgsql
--> ok
CALL q()
--> error ERROR: after the truncate
SELECT line, (SELECT max(a) FROM t) FROM log
--> after the truncate | 7
CREATE PROCEDURE r() AS $$ BEGIN NULL; EXCEPTION WHEN division_by_zero THEN NULL; END; $$ LANGUAGE plpgsql
--> error ERROR: EXCEPTION WHEN a condition is not supported by Redshift

## EXCEPTION in nested calls and in transaction blocks
CREATE TABLE log (line varchar(200))
--> ok
CREATE PROCEDURE p() AS $$
BEGIN
  PERFORM 1 / 0;
EXCEPTION WHEN OTHERS THEN
  INSERT INTO log VALUES ('inner');
END;
$$ LANGUAGE plpgsql
--> ok
CREATE PROCEDURE q() AS $$
BEGIN
  CALL p();
EXCEPTION WHEN OTHERS THEN
  INSERT INTO log VALUES ('outer');
END;
$$ LANGUAGE plpgsql
--> ok
CALL q()
--> error ERROR: division by zero
SELECT line FROM log
--> outer
BEGIN
--> ok
CALL p()
--> error ERROR: division by zero
ROLLBACK
--> ok
SELECT count(*) FROM log
--> 1

## TRUNCATE below CASE in a block with EXCEPTION
CREATE TABLE t (a int)
--> ok
CREATE TABLE log (line varchar(200))
--> ok
CREATE PROCEDURE p(n int) AS $$
DECLARE
  i int := 0;
BEGIN
  INSERT INTO t VALUES (0);
  <<turns>>
  WHILE 10 / (n - i) > 0 LOOP
    i := i + 1;
    INSERT INTO t VALUES (i);
    IF i = 2 THEN
      COMMIT;
    ELSIF 10 / (3 - i) > 0 THEN
      CONTINUE turns;
    END IF;
    EXIT WHEN i = 9;
  END LOOP;
  IF n > 2 THEN TRUNCATE t; END IF;
EXCEPTION WHEN OTHERS THEN
  INSERT INTO log VALUES (i || ' ' || SQLERRM);
END;
$$ LANGUAGE plpgsql
--> ok
CALL p(2)
--> error ERROR: division by zero
SELECT a, (SELECT line FROM log) FROM t ORDER BY a
--> 0 | 2 division by zero
--> 1 | 2 division by zero
--> 2 | 2 division by zero
CALL p(5)
--> error ERROR: division by zero
CALL p(100)
--> ok
SELECT (SELECT count(*) FROM t), line FROM log ORDER BY line
--> 0 | 2 division by zero
--> 0 | 3 division by zero
CREATE PROCEDURE q() AS $$ BEGIN CASE WHEN true THEN TRUNCATE t; END CASE; EXCEPTION WHEN OTHERS THEN NULL; END; $$ LANGUAGE plpgsql
--> error ERROR: TRUNCATE below CASE, a FOR loop over a query or a second block with EXCEPTION in a block with EXCEPTION is not supported by the local warehouse

## TRUNCATE with SECURITY DEFINER
CREATE PROCEDURE p() AS $$ BEGIN TRUNCATE t; END; $$ LANGUAGE plpgsql SECURITY DEFINER
--> error ERROR: TRUNCATE in a procedure with SECURITY DEFINER is not supported by the local warehouse

## EXECUTE
CREATE PROCEDURE p(name varchar(30)) AS $$
DECLARE
  found_rows integer;
BEGIN
  EXECUTE 'CREATE TABLE ' || quote_ident(name) || ' (a int ENCODE az64 DISTKEY, b text) SORTKEY (a)';
  EXECUTE 'INSERT INTO ' || quote_ident(name) || ' SELECT 1, nvl(NULL, ' || quote_literal('x') || ')';
  EXECUTE 'SELECT TOP 1 a + 41 FROM ' || name INTO found_rows;
  RAISE INFO 'found %', found_rows;
  IF found_rows <> 42 THEN RAISE EXCEPTION 'found %', found_rows; END IF;
END;
$$ LANGUAGE plpgsql
--> ok
CALL p('made')
--> ok
SELECT * FROM made
--> 1 | x
CREATE PROCEDURE q() AS $$
BEGIN
  INSERT INTO made VALUES (2, 'y');
  EXECUTE 'TRUNCATE ' || 'made';
  INSERT INTO made VALUES (3, 'z');
  RAISE EXCEPTION 'stop';
END;
$$ LANGUAGE plpgsql
--> ok
CALL q()
--> error ERROR: stop
SELECT count(*) FROM made
--> 0
CREATE PROCEDURE r(command varchar(100)) AS $$ BEGIN EXECUTE command; END; $$ LANGUAGE plpgsql
--> ok
CALL r('COPY made FROM ''s3://bucket''')
--> error ERROR: COPY is not supported by the local warehouse
CALL r('COMMIT')
--> error ERROR: COMMIT cannot be invoked from dynamic SQL
CALL r('SELECT nope')
--> error ERROR: column "nope" does not exist
CREATE PROCEDURE s() AS $$ BEGIN EXECUTE 'SELECT 1' USING 1; END; $$ LANGUAGE plpgsql
--> error ERROR: EXECUTE … USING is not supported by Redshift

## RAISE, GET DIAGNOSTICS, loops, cursors
CREATE TABLE t (a int)
--> ok
CREATE PROCEDURE p() AS $$
DECLARE
  n integer;
  r record;
  c CURSOR FOR SELECT TOP 2 a FROM t ORDER BY a;
BEGIN
  FOR i IN 1..3 LOOP
    INSERT INTO t VALUES (i);
  END LOOP;
  GET DIAGNOSTICS n := ROW_COUNT;
  <<again>>
  LOOP
    n := n + 1;
    EXIT again WHEN n > 5;
    CONTINUE WHEN n = 3;
  END LOOP;
  OPEN c;
  FETCH c INTO r;
  CLOSE c;
  CASE WHEN r.a = 1 THEN n := n * 10; ELSE n := 0; END CASE;
  FOR r IN EXECUTE 'SELECT nvl(a, 0) AS a FROM t' LOOP
    n := n + r.a;
  END LOOP;
  WHILE n < 100 LOOP n := n + 1; END LOOP;
  IF n = 100 THEN RAISE NOTICE 'a hundred'; ELSIF n = 0 THEN NULL; ELSE RAISE EXCEPTION 'n is %', n; END IF;
  DELETE FROM t WHERE a > 1;
END;
$$ LANGUAGE plpgsql
--> ok
CALL p()
--> ok
SELECT a FROM t
--> 1
CREATE PROCEDURE two_loops() AS $$ DECLARE r record; s record; BEGIN FOR r IN SELECT 1 LOOP FOR s IN SELECT 2 LOOP NULL; END LOOP; END LOOP; END; $$ LANGUAGE plpgsql
--> ok
CALL two_loops()
--> error ERROR: opening multiple cursors from within the same client connection is not allowed.
CREATE PROCEDURE closed() AS $$ DECLARE r record; BEGIN FOR r IN SELECT a FROM (SELECT 1 AS a UNION ALL SELECT 2) AS x LOOP ROLLBACK; END LOOP; END; $$ LANGUAGE plpgsql
--> ok
CALL closed()
--> error ERROR: cursor does not exist
CREATE PROCEDURE q() AS $$ BEGIN RAISE EXCEPTION 'x' USING HINT = 'y'; END; $$ LANGUAGE plpgsql
--> error ERROR: RAISE … USING is not supported by Redshift
CREATE PROCEDURE q() AS $$ BEGIN ASSERT 1 = 1; END; $$ LANGUAGE plpgsql
--> error ERROR: ASSERT in a procedure is not supported by Redshift

## LOCK in a procedure
CREATE TABLE t (a int)
--> ok
CREATE PROCEDURE p() AS $$ BEGIN LOCK t; INSERT INTO t VALUES (1); END; $$ LANGUAGE plpgsql
--> ok
CALL p()
--> ok
BEGIN
--> ok
CALL p()
--> ok
COMMIT
--> ok
SELECT count(*) FROM t
--> 2

## NONATOMIC
CREATE TABLE t (a int)
--> ok
CREATE TABLE log (line varchar(200))
--> ok
CREATE PROCEDURE p() NONATOMIC AS $$
DECLARE
  r record;
BEGIN
  INSERT INTO t VALUES (1), (2), (3);
  FOR r IN SELECT a FROM t ORDER BY a LOOP
    INSERT INTO log VALUES (100 / (r.a - 2));
  END LOOP;
  BEGIN
    START TRANSACTION;
    INSERT INTO t VALUES (4);
    EXECUTE 'SELECT nothing';
    INSERT INTO t VALUES (5);
  EXCEPTION EXIT_HANDLER WHEN OTHERS THEN
    INSERT INTO log VALUES ('inner ' || SQLERRM);
  END;
  INSERT INTO t VALUES (6);
EXCEPTION CONTINUE_HANDLER WHEN OTHERS THEN
  INSERT INTO log VALUES (SQLSTATE || ' ' || SQLERRM);
END;
$$ LANGUAGE plpgsql
--> ok
CALL p()
--> ok
SELECT a FROM t ORDER BY a
--> 1
--> 2
--> 3
--> 6
SELECT line FROM log ORDER BY line
--> -100
--> 100
--> 22012 division by zero
--> inner column "nothing" does not exist
CREATE PROCEDURE q() NONATOMIC AS $$ BEGIN DELETE FROM t; PERFORM 1 / 0; EXCEPTION WHEN OTHERS THEN RAISE; END; $$ LANGUAGE plpgsql
--> ok
CALL q()
--> error ERROR: division by zero
SELECT count(*) FROM t
--> 0
BEGIN
--> ok
CALL q()
--> error ERROR: A NONATOMIC procedure with EXCEPTION in a transaction block is not supported by the local warehouse
ROLLBACK
--> ok
CREATE PROCEDURE in_guard() NONATOMIC AS $$ BEGIN CALL q(); EXCEPTION WHEN OTHERS THEN NULL; END; $$ LANGUAGE plpgsql
--> ok
CALL in_guard()
--> error ERROR: A NONATOMIC procedure called from a block with EXCEPTION is not supported by the local warehouse
CREATE PROCEDURE in_default() AS $$ BEGIN CALL q(); END; $$ LANGUAGE plpgsql
--> ok
CALL in_default()
--> error ERROR: A NONATOMIC procedure called from one in the default mode is not supported by the local warehouse
CREATE PROCEDURE r() NONATOMIC SECURITY DEFINER AS $$ BEGIN NULL; END; $$ LANGUAGE plpgsql
--> error ERROR: NONATOMIC with SECURITY DEFINER or SET is not supported by Redshift
CREATE PROCEDURE r() NONATOMIC AS $$ DECLARE c CURSOR FOR SELECT a FROM t; BEGIN OPEN c; END; $$ LANGUAGE plpgsql
--> error ERROR: OPEN in a NONATOMIC procedure is not supported by the local warehouse
CREATE PROCEDURE r() AS $$ BEGIN START TRANSACTION; END; $$ LANGUAGE plpgsql
--> error ERROR: START TRANSACTION in the default mode is not supported by Redshift
CREATE PROCEDURE r() AS $$ BEGIN NULL; EXCEPTION CONTINUE_HANDLER WHEN OTHERS THEN NULL; END; $$ LANGUAGE plpgsql
--> error ERROR: CONTINUE_HANDLER in the default mode is not supported by Redshift
