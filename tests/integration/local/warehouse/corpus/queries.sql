-- Each case begins with "## " and the feature it belongs to, in the words of src/local/warehouse/support.ts.
-- A statement ends where its answer begins: lines with "--> ". They are "ok", "count N", "error TEXT" (the message
-- begins so), "rows none", or one line for each row, its values apart by " | ".

## Parameters
SELECT '::text', 1::int, ':not_one', $$:neither$$, ":name" FROM (SELECT 1 AS ":name") AS t -- :nor_this
--> ::text | 1 | :not_one | :neither | 1
SELECT :missing
--> error ERROR: syntax error at or near ":"
SELECT $1
--> error ERROR: there is no parameter $1

## TOP
SELECT TOP 2 a FROM (SELECT 1 AS a UNION ALL SELECT 2 UNION ALL SELECT 3) AS t ORDER BY a DESC
--> 3
--> 2
SELECT a FROM (SELECT DISTINCT TOP 1 a FROM (SELECT 7 AS a UNION ALL SELECT 7) AS t) AS u WHERE a = 7
--> 7
SELECT 'top 1', top FROM (SELECT 5 AS top) AS t
--> top 1 | 5
SELECT TOP 1 1 UNION ALL SELECT 2
--> error ERROR: TOP beside a set operator is not supported by the local warehouse

## MINUS
SELECT 1 MINUS SELECT 1
--> rows none
SELECT 3 - 2 AS minus
--> 1

## MERGE
CREATE TABLE target (id int, name varchar(10))
--> ok
CREATE TABLE source (id int, name varchar(10))
--> ok
INSERT INTO target VALUES (1, 'old'), (2, 'kept')
--> count 2
INSERT INTO source VALUES (1, 'new'), (3, 'added')
--> count 2
MERGE INTO target USING source ON target.id = source.id WHEN MATCHED THEN UPDATE SET name = source.name WHEN NOT MATCHED THEN INSERT VALUES (source.id, source.name)
--> count 2
SELECT * FROM target ORDER BY id
--> 1 | new
--> 2 | kept
--> 3 | added
INSERT INTO source VALUES (1, 'again')
--> count 1
MERGE INTO target USING source ON target.id = source.id WHEN MATCHED THEN DELETE WHEN NOT MATCHED THEN INSERT VALUES (source.id, source.name)
--> error ERROR: Found multiple matches to update the same tuple.
MERGE INTO target USING source ON target.id = source.id WHEN MATCHED THEN DELETE
--> error ERROR: This MERGE is not supported by Redshift
MERGE INTO target USING source ON target.id = source.id WHEN MATCHED AND source.id > 1 THEN DELETE WHEN NOT MATCHED THEN INSERT VALUES (1, 'x')
--> error ERROR: A condition of WHEN in MERGE is not supported by Redshift
MERGE INTO target USING source AS s ON target.id = s.id AND s.id > 0 REMOVE DUPLICATES
--> count 3
SELECT * FROM target ORDER BY id, name
--> 1 | again
--> 1 | new
--> 2 | kept
--> 3 | added

## UPDATE … FROM, DELETE … USING
CREATE TABLE t (id int, v varchar(5))
--> ok
CREATE TABLE s (id int, v varchar(5))
--> ok
INSERT INTO t VALUES (1, 'a'), (2, 'b')
--> count 2
INSERT INTO s VALUES (2, 'B'), (3, 'C')
--> count 2
UPDATE t SET v = s.v FROM s JOIN t x ON s.id = x.id
--> count 1
UPDATE t SET v = s.v FROM s WHERE s.id + 0 = t.id AND t.id > 1
--> count 1
UPDATE t SET v = s.v FROM s LEFT JOIN t x ON s.id = x.id
--> error ERROR: Target table must be part of an equijoin predicate
DELETE FROM t USING s WHERE t.id < s.id
--> error ERROR: Target table must be part of an equijoin predicate
UPDATE t SET (id, v) = (1, 'x')
--> error ERROR: syntax error at or near "("
DELETE FROM t USING s WHERE t.id = s.id
--> count 1

## DELETE without FROM
CREATE TABLE t (a int)
--> ok
INSERT INTO t VALUES (1), (2)
--> count 2
DELETE t WHERE a = 1
--> count 1
DELETE FROM t
--> count 1

## NVL, ISNULL, NVL2, DECODE
SELECT nvl(NULL, 'a'), isnull(NULL, 2), nvl2(NULL, 'set', 'unset'), nvl2(1, 'set', 'unset')
--> a | 2 | unset | set
SELECT decode(2, 1, 'one', 2, 'two', 'many'), decode(9, 1, 'one', 'many'), decode(NULL, NULL, 'nothing', 'some'), decode(9, 1, 'one')
--> two | many | nothing | null
SELECT nvl(nvl(NULL, decode(1, 1, NULL)), upper(nvl(NULL, 'deep')))
--> DEEP
SELECT nvl2(1, 2)
--> error ERROR: syntax error at or near "nvl2"

## LEN, CHARINDEX, CONCAT, REPLICATE, REGEXP_REPLACE, STRTOL
SELECT len('häß'), charindex('c', 'abc'), concat('a', 'b'), concat('a', NULL), replicate('ab', 2)
--> 3 | 3 | ab | null | abab
SELECT regexp_replace('a1b22', '[0-9]+', '#'), regexp_replace('aXbX', 'X')
--> a#b# | ab
SELECT strtol('ff', 16), strtol('-0x1F', 16), strtol('101', 2), md5('a')
--> 255 | -31 | 5 | 0cc175b9c0f1b6a831c399e269772661
SELECT sha2('a', 256)
--> ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb
SELECT concat('a', 'b', 'c')
--> error ERROR: syntax error at or near "concat"

## LISTAGG
CREATE TABLE t (a int, b varchar(5))
--> ok
INSERT INTO t VALUES (10, 'x'), (9, 'y'), (9, 'z'), (NULL, 'n')
--> count 4
SELECT listagg(a, ',') WITHIN GROUP (ORDER BY b), listagg(DISTINCT a, '-') WITHIN GROUP (ORDER BY a) FROM t
--> 10,9,9 | 9-10
SELECT listagg(b) WITHIN GROUP (ORDER BY b DESC) FROM t WHERE a IS NOT NULL
--> zyx

## AVG
SELECT avg(a), avg(a::smallint), avg(a::bigint), avg(-a), avg(a::numeric(4,1)), avg(a::float8) FROM (SELECT 1 AS a UNION ALL SELECT 2 UNION ALL SELECT NULL) AS t
--> 1 | 1 | 1 | -1 | 1.5 | 1.5
SELECT avg(a) + 1, avg(a) / 2.0, avg(DISTINCT a) FROM (SELECT 3 AS a UNION ALL SELECT 3 UNION ALL SELECT 4) AS t
--> 4 | 1.5000000000000000 | 3
SELECT avg(a), avg(a::bigint) FROM (SELECT 1 AS a) AS t WHERE a > 1
--> null | null
SELECT avg(9223372036854775807) FROM (SELECT 1 AS a UNION ALL SELECT 2) AS t
--> 9223372036854775807
SELECT a, avg(a) OVER (ORDER BY a ROWS UNBOUNDED PRECEDING), avg(a::bigint) OVER (ORDER BY a ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM (SELECT 1 AS a UNION ALL SELECT 4 UNION ALL SELECT 7) AS t ORDER BY a
--> 1 | 1 | 1
--> 4 | 2 | 2
--> 7 | 4 | 5

## MEDIAN, APPROXIMATE COUNT
SELECT median(a), APPROXIMATE COUNT(DISTINCT a) FROM (SELECT 1 AS a UNION ALL SELECT 2 UNION ALL SELECT 2) AS t
--> 2 | 2

## Window functions
CREATE TABLE e (id int, grp varchar(5), val int)
--> ok
INSERT INTO e VALUES (1, 'a', 10), (2, 'a', 20), (3, 'b', 5), (4, 'b', NULL), (5, 'b', 7)
--> count 5
SELECT id, last_value(val IGNORE NULLS) OVER (ORDER BY id ROWS UNBOUNDED PRECEDING), first_value(val) IGNORE NULLS OVER (PARTITION BY grp ORDER BY id DESC ROWS UNBOUNDED PRECEDING), lag(val) IGNORE NULLS OVER (ORDER BY id), lead(val, 1) IGNORE NULLS OVER (ORDER BY id), lag(val) RESPECT NULLS OVER (ORDER BY id) FROM e ORDER BY id
--> 1 | 10 | 20 | null | 20 | null
--> 2 | 20 | 20 | 10 | 5 | 10
--> 3 | 5 | 7 | 20 | 7 | 20
--> 4 | 5 | 7 | 5 | 7 | 5
--> 5 | 7 | 7 | 5 | null | null
SELECT id, median(val) OVER (PARTITION BY grp), percentile_cont(0.25) WITHIN GROUP (ORDER BY val DESC) OVER (), listagg(val, '-') WITHIN GROUP (ORDER BY val DESC) OVER (PARTITION BY grp), ratio_to_report(val) OVER (PARTITION BY grp) FROM e WHERE id > 2 ORDER BY id
--> 3 | 6 | 6.5 | 7-5 | 0.4166666666666667
--> 4 | 6 | 6.5 | 7-5 | null
--> 5 | 6 | 6.5 | 7-5 | 0.5833333333333334
SELECT sum(val) OVER (ORDER BY id) FROM e
--> error ERROR: Aggregate window functions with an ORDER BY clause require a frame clause
SELECT sum(val) OVER (ORDER BY id RANGE UNBOUNDED PRECEDING) FROM e
--> error ERROR: A frame of RANGE is not supported by Redshift: use ROWS
SELECT lag(val, 2) IGNORE NULLS OVER (ORDER BY id) FROM e
--> error ERROR: LAG by more than one row with IGNORE NULLS is not supported by the local warehouse
SELECT listagg(DISTINCT val) OVER () FROM e
--> error ERROR: LISTAGG(DISTINCT …) OVER is not supported by the local warehouse
SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY val) OVER () FROM e
--> error ERROR: PERCENTILE_DISC OVER is not supported by the local warehouse

## GETDATE, SYSDATE
SELECT sysdate > getdate() - interval '1 day' AS sysdate
--> t
SELECT getdate() <= sysdate + interval '1 second', date_trunc('second', getdate()) = getdate(), sysdate = sysdate
--> t | t | t

## DATEADD, DATEDIFF, DATE_PART, DATE_TRUNC, EXTRACT
SELECT dateadd(day, 1, '2020-02-28'), dateadd(mon, 1, '2020-01-31'::date), dateadd('hrs', -1, '2020-01-01 00:30'::timestamp), dateadd(qtr, 1, '2020-01-01'::date)
--> 2020-02-29 00:00:00 | 2020-02-29 00:00:00 | 2019-12-31 23:30:00 | 2020-04-01 00:00:00
SELECT datediff(year, '2019-12-31', '2020-01-01'), datediff(month, '2020-01-31'::date, '2020-02-01'::date), datediff(w, '2020-01-05'::date, '2020-01-06'::date), datediff(day, '2020-01-01 23:59', '2020-01-02 00:01')
--> 1 | 1 | 1 | 1
SELECT datediff(hours, '2020-01-01 00:59'::timestamp, '2020-01-01 01:00'::timestamp), datediff(s, '2020-01-01 00:00:00.9', '2020-01-01 00:00:01.1'), datediff(ms, '2020-01-01', '2020-01-01 00:00:00.5')
--> 1 | 1 | 500
SELECT date_part(dow, '2020-01-05'::date), date_part('yrs', '2020-01-05'::date), extract(weekday FROM '2020-01-05'::date), date_trunc('mons', '2020-02-03'::timestamp)
--> 0 | 2020 | 0 | 2020-02-01 00:00:00
SELECT extract(year FROM ts), extract(month FROM ts), extract(day FROM ts), extract(hour FROM ts), extract(minute FROM ts), extract('second' FROM ts), extract(dow FROM ts), extract(doy FROM ts), extract(week FROM ts), extract(qtr FROM ts), extract(epoch FROM ts) FROM (SELECT '2020-05-06 07:08:09.9'::timestamp AS ts) AS t
--> 2020 | 5 | 6 | 7 | 8 | 9 | 3 | 127 | 19 | 2 | 1588748889
SELECT extract(year FROM ts) / 3, extract(hour FROM '10:30'::time), extract(epoch FROM ts - '2020-05-06'::timestamp), extract(day FROM ts::timestamptz) FROM (SELECT '2020-05-06 00:01'::timestamp AS ts) AS t
--> 673 | 10 | 60 | 6
SELECT extract(year)
--> error ERROR: syntax error at or near "extract"
SELECT dateadd(fortnight, 1, '2020-01-01')
--> error ERROR: syntax error at or near "fortnight"

## LAST_DAY, ADD_MONTHS, MONTHS_BETWEEN, NEXT_DAY, TRUNC, CONVERT_TIMEZONE
SELECT last_day('2020-02-03'), add_months('2020-02-29', 1), add_months('2020-01-30', 1), trunc('2020-02-03 10:00'::timestamp), trunc(2.7)
--> 2020-02-29 | 2020-03-31 00:00:00 | 2020-02-29 00:00:00 | 2020-02-03 | 2
SELECT convert_timezone('Europe/Berlin', '2020-07-01 12:00'), convert_timezone('EST', 'UTC', '2020-01-01 00:00')
--> 2020-07-01 14:00:00 | 2020-01-01 05:00:00

## CAST, CONVERT, ::
SELECT CAST('12' AS integer) + 1, convert(integer, '12'), 2.5::numeric, cast(2.5 AS decimal), 2.55::numeric(3,1), 'abc'::nvarchar(2)
--> 13 | 12 | 3 | 3 | 2.6 | ab
SELECT 'äöü'::varchar(3), cast('äöü' AS varchar(3)), convert(varchar(4), 'äöü'), 'a€'::varchar(3), 'äöü'::varchar(6), 'ä'::varchar(1) || '.'
--> ä | ä | äö | a | äöü | .
CREATE TABLE t (a varchar(3))
--> ok
INSERT INTO t SELECT 'äöü'::varchar(3)
--> count 1
INSERT INTO t SELECT b::varchar(3) FROM (SELECT 'xäöü' AS b) AS s
--> count 1
INSERT INTO t VALUES ('äö')
--> error ERROR: value too long for type character varying(3)
SELECT a FROM t ORDER BY a
--> xä
--> ä
SELECT '{}'::jsonb
--> error ERROR: The type JSONB is not supported by Redshift: use VARCHAR
SELECT 1::numeric(39,2)
--> error ERROR: NUMERIC(39,2) is not supported by Redshift

## Backslashes in strings
SELECT 'it\'s', 'a\\b', 'tab\tdone' LIKE '%\t%', E'x\'y', 'two''quotes'
--> it's | a\b | t | x'y | two'quotes

## Implicit conversions
SELECT 1 WHERE '1'::varchar = 1
--> 1

## Trailing blanks
SELECT 'a'::varchar = 'a '::varchar, rtrim('a') = rtrim('a '), 'a'::char(2) = 'a'::char(3)
--> t | t | t

## Names of columns in the same SELECT
SELECT 1 + 1 AS b, b * 2 AS c, c + b d, d || '!'
--> 2 | 4 | 6 | 6!
CREATE TABLE r (a int, b int)
--> ok
INSERT INTO r VALUES (1, 10), (2, 20), (2, 30)
--> count 3
SELECT a + 100 AS b, b + 1 AS c FROM r WHERE a = 1
--> 101 | 11
SELECT a * 10 AS x, x + a AS y, sum(x) OVER () AS z FROM r ORDER BY b
--> 10 | 11 | 50
--> 20 | 22 | 50
--> 20 | 22 | 50
SELECT a AS k, sum(b) AS s, s + k AS t, s / sum(s) OVER () > 0.5 AS most, min(b) AS b FROM r WHERE b > 0 OR a > 0 GROUP BY k ORDER BY k
--> 1 | 10 | 11 | f | 10
--> 2 | 50 | 52 | t | 20
SELECT max(a) AS b, min(b) AS c, count(*) AS day, dateadd(day, day, '2024-01-01') FROM r
--> 2 | 10 | 3 | 2024-01-04 00:00:00
SELECT row_number() OVER (ORDER BY b) AS a, a + 1 FROM r
--> error ERROR: column reference "a" is ambiguous

## QUALIFY
CREATE TABLE e (id int, grp varchar(5))
--> ok
INSERT INTO e VALUES (1, 'a'), (2, 'a'), (3, 'b'), (4, 'b')
--> count 4
SELECT * FROM e AS x WHERE id < 4 QUALIFY row_number() OVER (PARTITION BY grp ORDER BY id DESC) = 1 ORDER BY id DESC LIMIT 1
--> 3 | b
SELECT grp, sum(id) AS s, rank() OVER (ORDER BY s) AS place FROM e GROUP BY grp HAVING count(*) > 1 QUALIFY place = 1
--> a | 3 | 1
SELECT DISTINCT grp FROM e QUALIFY row_number() OVER (ORDER BY id) > 1 ORDER BY grp
--> a
--> b
SELECT id FROM e QUALIFY row_number() OVER (ORDER BY id) = 1 UNION ALL SELECT id FROM e QUALIFY row_number() OVER (ORDER BY id DESC) = 1 ORDER BY 1 DESC
--> 4
--> 1
DELETE FROM e WHERE id IN (SELECT TOP 1 id FROM e QUALIFY row_number() OVER (ORDER BY id) > 1 ORDER BY id)
--> count 1
SELECT listagg(id, '-') WITHIN GROUP (ORDER BY id) AS l, len(l) AS n, grp FROM e GROUP BY grp QUALIFY rank() OVER (ORDER BY n DESC, grp) = 1
--> 3-4 | 3 | b
SELECT id FROM e QUALIFY
--> error ERROR: syntax error at end of input
SELECT count(*) FROM (SELECT id FROM e QUALIFY count(*) OVER (PARTITION BY grp) > 1) AS t WHERE id > 0
--> 2

## Correlated subqueries
SELECT 1 FROM (SELECT 1 AS a) AS x WHERE NOT EXISTS (SELECT 1 FROM (SELECT 1 AS b) AS y WHERE NOT EXISTS (SELECT 1 FROM (SELECT 1 AS c) AS z WHERE z.c = x.a))
--> 1

## Division of NUMERIC
SELECT 1::numeric(18,2) / 3
--> 0.33333333333333333333

## EXPLAIN
EXPLAIN SELECT nvl(NULL, 1)
--> Result  (cost=0.00..0.01 rows=1 width=4)

## SYS_QUERY_HISTORY
SELECT 'looked for' AS a
--> looked for
SELECT trim(query_type), trim(status), returned_rows FROM sys_query_history WHERE query_text LIKE 'SELECT ''looked for''%'
--> SELECT | success | 1

## SYS_QUERY_DETAIL
CREATE TABLE detailed (a int)
--> ok
INSERT INTO detailed VALUES (1), (2)
--> count 2
UPDATE detailed SET a = 3 WHERE a = 1
--> count 1
SELECT step_name, output_rows FROM sys_query_detail WHERE trim(table_name) LIKE '%.detailed' ORDER BY query_id, step_id
--> insert | 2
--> delete | 1
--> insert | 1

## PG_LAST_QUERY_ID
SELECT pg_last_query_id() > 0
--> t

## PG_SLEEP
SELECT 1 FROM pg_sleep(0)
--> 1

## GENERATE_SERIES
SELECT sum(n) FROM generate_series(1, 4) AS n
--> 10
CREATE TABLE t (a int)
--> ok
INSERT INTO t SELECT n FROM generate_series(1, 4) AS n
--> error ERROR: GENERATE_SERIES beside tables is not supported by Redshift
SELECT n FROM t, generate_series(1, 4) AS n
--> error ERROR: GENERATE_SERIES beside tables is not supported by Redshift
