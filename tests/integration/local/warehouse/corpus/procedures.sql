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
DROP PROCEDURE p(int, varchar, int)
--> ok

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

## TRUNCATE below IF or LOOP in a block with EXCEPTION
CREATE PROCEDURE p() AS $$ BEGIN IF true THEN TRUNCATE t; END IF; EXCEPTION WHEN OTHERS THEN NULL; END; $$ LANGUAGE plpgsql
--> error ERROR: TRUNCATE below IF or LOOP in a block with EXCEPTION is not supported by the local warehouse

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
CREATE PROCEDURE p() NONATOMIC AS $$ BEGIN NULL; END; $$ LANGUAGE plpgsql
--> error ERROR: NONATOMIC is not supported by the local warehouse
