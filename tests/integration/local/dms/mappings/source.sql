CREATE SCHEMA crm;
CREATE TABLE crm.customer (id integer PRIMARY KEY, name varchar(20), city varchar(20), password varchar(20));
INSERT INTO crm.customer VALUES (1, 'Ada', 'London', 'x'), (2, 'Bob', NULL, 'y'), (3, 'Cy', 'Paris', 'z');
CREATE TABLE crm.customer_tmp (id integer);
INSERT INTO crm.customer_tmp VALUES (9);
CREATE TABLE crm.orders (id integer PRIMARY KEY, amount numeric(10,2), placed date, paid boolean);
INSERT INTO crm.orders VALUES
  (10, 5.50, '2026-01-01', true), (20, 7.25, '2026-01-02', false), (30, NULL, '2026-02-01', NULL), (40, 1.00, NULL, true);
CREATE VIEW crm.rich AS SELECT id, amount FROM crm.orders WHERE amount > 5;

CREATE SCHEMA "SALES";
CREATE TABLE "SALES"."ORDERS" ("ORDER_ID" bigint PRIMARY KEY, "CUST_NAME" varchar(10), "NOTE" text);
INSERT INTO "SALES"."ORDERS" VALUES (1, 'Ada', E'two\nlines'), (2, 'Zoé', NULL);

CREATE SCHEMA "order";
CREATE TABLE "order"."Line Item$" ("Item No" integer, "select" varchar(5));
INSERT INTO "order"."Line Item$" VALUES (1, 'a'), (2, NULL);

CREATE SCHEMA dbo;
CREATE TABLE dbo."Person" ("PersonID" integer PRIMARY KEY, "FirstName" varchar(10));
INSERT INTO dbo."Person" VALUES (1, 'Ada'), (2, 'Bob');

GRANT USAGE ON SCHEMA crm, "SALES", "order", dbo TO dms;
GRANT SELECT ON ALL TABLES IN SCHEMA crm, "SALES", "order", dbo TO dms;
