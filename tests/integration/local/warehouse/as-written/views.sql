-- The format is described in tables.sql.

## V01 views
CREATE VIEW {s}.v AS SELECT id FROM {s}.not_yet WITH NO SCHEMA BINDING;
--> runs

## V08 views
CREATE TABLE {s}.b(id int, v varchar(5));
INSERT INTO {s}.b VALUES(1,'a');
CREATE MATERIALIZED VIEW {s}.mv AS SELECT v, COUNT(*) AS n FROM {s}.b GROUP BY v;
REFRESH MATERIALIZED VIEW {s}.mv;
SELECT n FROM {s}.mv;
--> [[1]]

## V04 views
CREATE TABLE {s}.b(id int, v varchar(5));
INSERT INTO {s}.b VALUES(1,'a');
CREATE OR REPLACE VIEW {s}.v AS SELECT id FROM {s}.b WITH NO SCHEMA BINDING;
CREATE OR REPLACE VIEW {s}.v AS SELECT v, id FROM {s}.b WITH NO SCHEMA BINDING;
SELECT v FROM {s}.v;
--> [["a"]]

## V10 views
CREATE TABLE {s}.b(id int, v varchar(5));
INSERT INTO {s}.b VALUES(1,'a');
CREATE VIEW {s}.v AS SELECT id, v FROM {s}.b WITH NO SCHEMA BINDING;
ALTER TABLE {s}.b DROP COLUMN v;
--> runs

## V11 views
-- late-binding: the query is looked up when the view is read
CREATE TABLE {s}.b(id int, v varchar(5));
INSERT INTO {s}.b VALUES(1,'a');
CREATE VIEW {s}.v AS SELECT * FROM {s}.b WITH NO SCHEMA BINDING;
ALTER TABLE {s}.b ADD COLUMN z int DEFAULT 7;
SELECT z FROM {s}.v;
--> [[7]]

## V20 a table that is replaced by another
-- r_CREATE_VIEW: dependencies are looked up when the view is read
CREATE TABLE {s}.b(id int);
INSERT INTO {s}.b VALUES (1);
CREATE VIEW {s}.v AS SELECT id FROM {s}.b WITH NO SCHEMA BINDING;
CREATE TABLE {s}.b_new(other int, id varchar(9));
INSERT INTO {s}.b_new VALUES (0, 'two');
-- in one transaction
ALTER TABLE {s}.b RENAME TO b_old;
ALTER TABLE {s}.b_new RENAME TO b;
SELECT id FROM {s}.v;
--> [["two"]]

## V21 a table that is dropped and made again in a procedure
CREATE TABLE {s}.b(id int, v varchar(5));
CREATE VIEW {s}.v AS SELECT * FROM {s}.b WITH NO SCHEMA BINDING;
CREATE VIEW {s}.w AS SELECT COUNT(*) AS n FROM {s}.v WITH NO SCHEMA BINDING;
CREATE PROCEDURE {s}.p() AS $$ BEGIN DROP TABLE {s}.b CASCADE; EXECUTE 'CREATE TABLE {s}.b AS SELECT 1 AS k'; CREATE OR REPLACE VIEW {s}.x AS SELECT n FROM {s}.w WITH NO SCHEMA BINDING; END; $$ LANGUAGE plpgsql;
CALL {s}.p();
SELECT k, x.n FROM {s}.v, {s}.x;
--> [[1, 1]]

## V22 a table that is missing when the view is read
CREATE TABLE {s}.b(id int);
CREATE VIEW {s}.v AS SELECT id FROM {s}.b WITH NO SCHEMA BINDING;
DROP TABLE {s}.b;
SELECT COUNT(*) FROM {s}.v WHERE id = 1;
--> error ERROR: relation "

## V23 a table without its schema
-- r_CREATE_VIEW: tables in such a view must be qualified
CREATE TABLE {s}.b(id int);
CREATE VIEW {s}.v AS SELECT id FROM b WITH NO SCHEMA BINDING;
--> error ERROR: All the relation names inside should be qualified when creating VIEW WITH NO SCHEMA BINDING.
