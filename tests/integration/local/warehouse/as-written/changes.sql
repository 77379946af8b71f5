-- The format is described in tables.sql.

## U01 the target once more in FROM
-- c_Examples_of_UPDATE_statements: it is the target itself
CREATE TABLE {s}.t(id int, v varchar(10), n int);
INSERT INTO {s}.t VALUES (1,'a',1),(2,'b',2),(3,'c',3);
CREATE TABLE {s}.st(id int, v varchar(10));
INSERT INTO {s}.st VALUES (2,'B'),(4,'D');
UPDATE {s}.t SET v = s.v FROM {s}.st s JOIN {s}.t x ON s.id = x.id AND x.n > 0;
SELECT v FROM {s}.t ORDER BY id;
--> [["a"], ["B"], ["c"]]

## U02 the target joined to itself
-- r_UPDATE: the join condition names the target
CREATE TABLE {s}.t(id int, v varchar(10), n int);
INSERT INTO {s}.t VALUES (1,'a',1),(2,'b',2),(3,'c',3);
CREATE TABLE {s}.st(id int, v varchar(10));
INSERT INTO {s}.st VALUES (2,'B'),(4,'D');
UPDATE {s}.t SET v = x.v FROM {s}.t x WHERE {s}.t.id = x.id + 1;
SELECT v FROM {s}.t ORDER BY id;
--> [["a"], ["a"], ["b"]]

## U03 an equality on every side of OR
CREATE TABLE {s}.t(id int, v varchar(10), n int);
INSERT INTO {s}.t VALUES (1,'a',1),(2,'b',2),(3,'c',3);
CREATE TABLE {s}.st(id int, v varchar(10));
INSERT INTO {s}.st VALUES (2,'B'),(4,'D');
UPDATE {s}.t SET v = s.v FROM {s}.st s WHERE (t.id = s.id AND n = 1) OR (n = 2 AND t.id = s.id);
SELECT v FROM {s}.t ORDER BY id;
--> [["a"], ["B"], ["c"]]

## U04 an equality on one side of OR
CREATE TABLE {s}.t(id int, v varchar(10), n int);
INSERT INTO {s}.t VALUES (1,'a',1),(2,'b',2),(3,'c',3);
CREATE TABLE {s}.st(id int, v varchar(10));
INSERT INTO {s}.st VALUES (2,'B'),(4,'D');
UPDATE {s}.t SET v = s.v FROM {s}.st s WHERE t.id = s.id OR n = 2;
--> error ERROR: Target table must be part of an equijoin predicate

## U05 DELETE with the target once more
-- r_DELETE: runs a self-join
CREATE TABLE {s}.t(id int, v varchar(10), n int);
INSERT INTO {s}.t VALUES (1,'a',1),(2,'b',2),(3,'c',3);
CREATE TABLE {s}.st(id int, v varchar(10));
INSERT INTO {s}.st VALUES (2,'B'),(4,'D');
DELETE FROM {s}.t USING {s}.t x WHERE t.n + 1 = x.n;
SELECT id FROM {s}.t;
--> [[3]]

## U06 DELETE that joins the target nowhere
CREATE TABLE {s}.t(id int, v varchar(10), n int);
INSERT INTO {s}.t VALUES (1,'a',1),(2,'b',2),(3,'c',3);
CREATE TABLE {s}.st(id int, v varchar(10));
INSERT INTO {s}.st VALUES (2,'B'),(4,'D');
DELETE FROM {s}.t USING {s}.st s JOIN {s}.t x ON s.id = x.id;
--> error ERROR: Target table must be part of an equijoin predicate

## U07 a CTE before UPDATE
CREATE TABLE {s}.t(id int, v varchar(10), n int);
INSERT INTO {s}.t VALUES (1,'a',1),(2,'b',2),(3,'c',3);
CREATE TABLE {s}.st(id int, v varchar(10));
INSERT INTO {s}.st VALUES (2,'B'),(4,'D');
WITH c AS (SELECT id, v FROM {s}.st) UPDATE {s}.t AS a SET v = c.v FROM c WHERE (c.id::bigint = a.id::bigint AND a.n > 0);
SELECT v FROM {s}.t ORDER BY id;
--> [["a"], ["B"], ["c"]]

## U08 dynamic SQL that joins the target nowhere
CREATE TABLE {s}.t(id int, v varchar(10), n int);
INSERT INTO {s}.t VALUES (1,'a',1),(2,'b',2),(3,'c',3);
CREATE TABLE {s}.st(id int, v varchar(10));
INSERT INTO {s}.st VALUES (2,'B'),(4,'D');
CREATE PROCEDURE {s}.p() AS $$ BEGIN EXECUTE 'UPDATE {s}.t SET v = s.v FROM {s}.st s WHERE t.id < s.id'; END; $$ LANGUAGE plpgsql;
CALL {s}.p();
--> error ERROR: Target table must be part of an equijoin predicate
