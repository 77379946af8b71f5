-- The format is described in tables.sql.

## I17 boolean
-- Redshift: cannot cast type boolean to character varying
SELECT TRUE::varchar;
--> error ERROR: cannot cast type boolean to character varying

## J05 floats
-- doc r_extra_float_digits: default 0
SELECT (0.1::float + 0.2::float)::varchar, (1::float/3)::varchar;
--> [["0.3", "0.333333333333333"]]

## I01 implicit conversion
CREATE TABLE {s}.a(id int, code varchar(10), amt decimal(10,2), d date, ts timestamp, f float8);
INSERT INTO {s}.a VALUES (1,'1',10.5,'2024-03-15','2024-03-15 10:20:30',2.345),(2,'x',20,'2024-03-16','2024-03-16',7.5);
SELECT COUNT(*) FROM {s}.a WHERE id = code;
--> [[1]]

## I03 implicit conversion
CREATE TABLE {s}.a(id int, code varchar(10), amt decimal(10,2), d date, ts timestamp, f float8);
INSERT INTO {s}.a VALUES (1,'1',10.5,'2024-03-15','2024-03-15 10:20:30',2.345),(2,'x',20,'2024-03-16','2024-03-16',7.5);
SELECT LPAD(id, 4, '0') FROM {s}.a ORDER BY id;
--> [["0001"], ["0002"]]

## I04 implicit conversion
CREATE TABLE {s}.a(id int, code varchar(10), amt decimal(10,2), d date, ts timestamp, f float8);
INSERT INTO {s}.a VALUES (1,'1',10.5,'2024-03-15','2024-03-15 10:20:30',2.345),(2,'x',20,'2024-03-16','2024-03-16',7.5);
SELECT LEFT(ts, 10) FROM {s}.a WHERE id = 1;
--> [["2024-03-15"]]

## D12 implicit conversion
SELECT TO_TIMESTAMP(SYSDATE,'YYYY-MM-DD HH24:MI:SS')::date = CURRENT_DATE;
--> [[true]]

## I05 implicit conversion
CREATE TABLE {s}.a(id int, code varchar(10), amt decimal(10,2), d date, ts timestamp, f float8);
INSERT INTO {s}.a VALUES (1,'1',10.5,'2024-03-15','2024-03-15 10:20:30',2.345),(2,'x',20,'2024-03-16','2024-03-16',7.5);
SELECT SUBSTRING(d, 1, 7), LEN(id), REPLACE(d,'-',''), UPPER(code) FROM {s}.a WHERE id=1;
--> [["2024-03", 1, "20240315", "1"]]

## I06 implicit conversion
CREATE TABLE {s}.a(id int, code varchar(10), amt decimal(10,2), d date, ts timestamp, f float8);
INSERT INTO {s}.a VALUES (1,'1',10.5,'2024-03-15','2024-03-15 10:20:30',2.345),(2,'x',20,'2024-03-16','2024-03-16',7.5);
SELECT COUNT(*) FROM {s}.a WHERE d LIKE '2024-03%';
--> [[2]]

## I07 implicit conversion
CREATE TABLE {s}.a(id int, code varchar(10), amt decimal(10,2), d date, ts timestamp, f float8);
INSERT INTO {s}.a VALUES (1,'1',10.5,'2024-03-15','2024-03-15 10:20:30',2.345),(2,'x',20,'2024-03-16','2024-03-16',7.5);
SELECT MD5(id) = MD5('1') FROM {s}.a WHERE id=1;
--> [[true]]

## I15 implicit conversion
SELECT 'a' || 'b', 'x'::varchar + 'y'::varchar;
--> [["ab", "xy"]]

## N01 numeric
CREATE TABLE {s}.a(id int, code varchar(10), amt decimal(10,2), d date, ts timestamp, f float8);
INSERT INTO {s}.a VALUES (1,'1',10.5,'2024-03-15','2024-03-15 10:20:30',2.345),(2,'x',20,'2024-03-16','2024-03-16',7.5);
SELECT ROUND(f, 2) FROM {s}.a WHERE id = 2;
--> [[7.5]]

## N02 numeric
SELECT ROUND(100.0::float * 1 / 3, 2);
--> [[33.33]]

## N06 numeric
-- doc c_Supported_data_types (ambiguous
CREATE TABLE {s}.s(p decimal(8,2));
INSERT INTO {s}.s VALUES (109.65);
SELECT p::int, CAST(p AS integer) FROM {s}.s;
--> [[109, 109]]

## H30 numeric rounding
-- 109.65 * 1.55 = 169.9575
CREATE TABLE {s}.s(p decimal(10,2), q decimal(10,2), f float8);
INSERT INTO {s}.s VALUES (109.65, 1.55, 1.5);
SELECT p::int, q::decimal(10,1), CAST(p * q AS decimal(18,2)) FROM {s}.s;
--> [[109, "1.5", "169.95"]]

## H32 numeric rounding
CREATE TABLE {s}.s(p decimal(10,2), q decimal(10,2), f float8);
INSERT INTO {s}.s VALUES (109.65, 1.55, 1.5);
-- in one transaction
SET enable_numeric_rounding TO off;
SELECT p::int FROM {s}.s;
--> [[109]]

## H35 numeric scale
CREATE TABLE {s}.s(a decimal(8,2), b decimal(8,2));
INSERT INTO {s}.s VALUES (10,3);
-- r_numeric_computations201: scale 9, 3.333333333
SELECT (a/b)::varchar FROM {s}.s;
--> differs [["3.3333333333333333"]]

## S05 strings
SELECT DISTINCT LISTAGG(x, ',') WITHIN GROUP (ORDER BY x) OVER () FROM (SELECT 'b' AS x UNION ALL SELECT 'a') t;
--> [["a,b"]]

## S08 strings
-- Redshift returns an empty string, PostgreSQL NULL (doc REGEXP_SUBSTR
SELECT REGEXP_SUBSTR('abc','[0-9]+') = '';
--> [[true]]

## S17 trailing blanks
-- documented difference
CREATE TABLE {s}.v(x varchar(10));
INSERT INTO {s}.v VALUES('a'),('a ');
SELECT COUNT(*), COUNT(DISTINCT x) FROM {s}.v WHERE x = 'a';
--> [[2, 1]]

## Y01 TRY_CAST
-- r_TRY_CAST: NULL where the value does not convert
SELECT TRY_CAST('a' AS int), TRY_CAST('12' AS int), TRY_CAST(1.7 AS int), TRY_CAST('2024-02-31' AS date), TRY_CAST('1.5' AS decimal(5,2))::varchar, TRY_CAST('abc' AS varchar(2));
--> [[null, 12, 2, null, "1.50", "ab"]]

## Y02 TRY_CAST
-- r_TRY_CAST: a conversion that there is not is an error
SELECT TRY_CAST(TRUE AS timestamp);
--> error ERROR: cannot cast type boolean to timestamp

## Y23 a number and a text have no sum
-- c_Supported_data_types: + joins texts only
SELECT '5'::varchar + 3;
--> error ERROR: operator does not exist: character varying + integer

## Y24 a date and a number that is no whole one
SELECT '2024-01-01'::date + 1.5;
--> error ERROR: operator does not exist: date + numeric

## Y25 a text and a boolean
SELECT 'x' || TRUE;
--> error ERROR: operator does not exist: unknown || boolean

## Y26 floats of a NUMERIC
-- Math_functions, r_STDDEV_functions: DOUBLE PRECISION
SELECT SQRT(16.0), POWER(2.0, 3), LOG(100.0), LN(1.0), EXP(0.0), 2.0 ^ 3, STDDEV_POP(a), VARIANCE(a) FROM (SELECT 1.0 AS a UNION ALL SELECT 3) t;
--> [[4.0, 8.0, 2.0, 0.0, 1.0, 8.0, 1.0, 2.0]]

## Y35 a DECIMAL and a text
-- c_Supported_data_types: the text becomes a DECIMAL; other numbers become texts
CREATE TABLE {s}.a(id int, n decimal(10,2), c varchar(10));
INSERT INTO {s}.a VALUES (1, 1.5, '1.50'), (2, 10, '9'), (3, 3, '3');
SELECT id, n = c, n > c, id = c, c IN (id, 9) FROM {s}.a ORDER BY id;
--> [[1, true, false, false, false], [2, false, true, false, true], [3, true, false, true, true]]

## Y36 a DECIMAL and a text that is no number
SELECT 1.5::decimal(5,2) = 'x'::varchar;
--> error ERROR: invalid input syntax for type numeric: "x"

## Y37 a join of an INT and a text
CREATE TABLE {s}.a(id int);
CREATE TABLE {s}.b(c varchar(10));
INSERT INTO {s}.a VALUES (1), (2);
INSERT INTO {s}.b VALUES ('2'), ('02');
SELECT a.id, b.c FROM {s}.a JOIN {s}.b ON a.id = b.c;
--> [[2, "2"]]

## Y38 a DECIMAL and an INT
-- a DECIMAL has operators of its own for whole numbers
CREATE TABLE {s}.a(n decimal(10,2), i int);
INSERT INTO {s}.a VALUES (2, 2), (2.5, 2), (3, 4);
SELECT n = i, n <> i, i < n, n IN (SELECT i FROM {s}.a), NULLIF(n, i) IS NULL FROM {s}.a ORDER BY n;
--> [[true, false, false, true, true], [false, true, true, false, false], [false, true, false, false, false]]
