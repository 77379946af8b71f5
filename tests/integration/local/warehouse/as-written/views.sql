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
