-- The format is described in queries.sql.

## TO_DATE, TO_TIMESTAMP
SELECT to_date('20010631', 'YYYYMMDD'), to_date('02 Oct 2001', 'DD Mon YYYY'), to_date('2024-02-30', 'YYYY-MM-DD'), to_date(20240315, 'YYYYMMDD')
--> 2001-07-01 | 2001-10-02 | 2024-03-01 | 2024-03-15
SELECT to_date('20010631', 'YYYYMMDD', true)
--> error ERROR: date/time field value out of range: "20010631"
SELECT to_timestamp('2011-12-18 24:38:15', 'YYYY-MM-DD HH24:MI:SS'), to_timestamp('', 'YYYY')
--> 2011-12-19 00:38:15+00 | 0001-01-01 00:00:00+00

## Numbers of days
SELECT '2024-03-01'::timestamp + 1, '2024-03-01 12:00'::timestamp - 1, 2 + '2024-03-01'::timestamp, '2024-03-01'::date + 1, '2024-03-01'::date - '2024-02-01'::date
--> 2024-03-02 00:00:00 | 2024-02-29 12:00:00 | 2024-03-03 00:00:00 | 2024-03-02 | 29
SELECT 'x'::varchar + 'y'::varchar
--> xy

## Text of a FLOAT
SELECT (0.1::float + 0.2::float)::varchar, (1::float / 3)::varchar, 0.5::float || '', (0.1::float4)::varchar(3)
--> 0.3 | 0.333333333333333 | 0.5 | 0.1

## Reserved words
CREATE TABLE t (tag varchar(10))
--> error ERROR: syntax error at or near "tag": Redshift reserves the word: write it in double quotes
CREATE TABLE open (a int)
--> error ERROR: syntax error at or near "open": Redshift reserves the word: write it in double quotes
CREATE TABLE t ("tag" varchar(10), symmetric int, variadic int)
--> ok
INSERT INTO t (tag, symmetric, variadic) VALUES ('a', 1, 2)
--> count 1
SELECT symmetric + t.variadic, "tag" FROM t
--> 3 | a

## REGEXP_SUBSTR
SELECT regexp_substr('abc', '[0-9]+'), regexp_substr('ab12cd34', '[0-9]+', 1, 2), regexp_substr('id=17', 'id=([0-9]+)', 1, 1, 'e'), regexp_substr('ABC', 'b', 1, 1, 'i'), regexp_substr(NULL, 'a')
-->  | 34 | 17 | B | null

## MD5, SHA1, SHA2, CRC32, MURMUR3_32_HASH
SELECT md5('Amazon Redshift'), sha1('Amazon Redshift'), func_sha1('')
--> f7415e33f972c03abd4f3fed36748f7a | eeac5ed1e11cda66032c30ad77b25071b5487f55 | da39a3ee5e6b4b0d3255bfef95601890afd80709
SELECT crc32('Amazon Redshift'), murmur3_32_hash('hello'), left(sha2('Amazon Redshift', 256), 8)
--> f2726906 | 613153351 | 15013dc1

## JSON_EXTRACT_PATH_TEXT and other functions on JSON in texts
SELECT json_extract_path_text('{"f2":{"f3":1},"f4":{"f5":99,"f6":"star"}}', 'f4', 'f6'), json_extract_path_text('{"a":1}', 'b'), json_extract_path_text('{bad', 'a', true)
--> star | null | null
SELECT json_extract_path_text('{bad', 'a')
--> error ERROR: invalid json object {bad
SELECT json_extract_array_element_text('[111,112,113]', 2), json_array_length('[11,12,{"f1":21}]'), is_valid_json('{"a":1}'), is_valid_json_array('[1'), json_array_length('x', true)
--> 113 | 3 | t | f | null

## PG_TABLE_DEF, SVV_TABLE_INFO
CREATE TABLE shown (a varchar(5) NOT NULL, b int)
--> ok
INSERT INTO shown VALUES ('x', 1), ('y', 2)
--> count 2
SELECT "column", type, "notnull" FROM pg_table_def WHERE tablename = 'shown' ORDER BY "column"
--> a | character varying(5) | t
--> b | integer | f
SELECT "table", tbl_rows FROM svv_table_info WHERE "table" = 'shown'
--> shown | 2
