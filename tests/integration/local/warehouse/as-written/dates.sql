-- The format is described in tables.sql.

## D02 date arithmetic
SELECT CAST(GETDATE() - 7 AS date) = CURRENT_DATE - 7;
--> [[true]]

## D03 date arithmetic
SELECT (SYSDATE + 1)::date = CURRENT_DATE + 1;
--> [[true]]

## H40 date functions: TIMESTAMPTZ, DATE
SELECT DATEDIFF(month, '2024-01-15'::timestamp, DATE_TRUNC('month','2024-03-15'::date));
--> [[2]]

## H41 date functions: TIMESTAMPTZ, DATE
SELECT DATEDIFF(hour, TO_TIMESTAMP('2024-01-01 00','YYYY-MM-DD HH24'), '2024-01-01 05:00'::timestamp), DATEDIFF(day, '2024-01-01'::date, TO_TIMESTAMP('2024-01-03','YYYY-MM-DD'));
--> [[5, 2]]

## H44 date functions: TIMESTAMPTZ, DATE
CREATE TABLE {s}.m AS SELECT DATE_TRUNC('month','2024-03-15'::date) AS m;
SELECT data_type FROM information_schema.columns WHERE table_schema='{s}';
--> [["timestamp without time zone"]]

## H45 date functions: TIMESTAMPTZ, DATE
SELECT CONVERT_TIMEZONE('UTC','America/New_York','2024-07-01'::date)::varchar, CONVERT_TIMEZONE('America/New_York', CURRENT_TIMESTAMP) IS NOT NULL;
--> [["2024-06-30 20:00:00", true]]

## D07 date parsing
SELECT TO_DATE('20010631','YYYYMMDD')::varchar;
--> [["2001-07-01"]]

## D10 date parsing
SELECT TO_TIMESTAMP('2011-12-18 24:38:15','YYYY-MM-DD HH24:MI:SS')::varchar;
--> [["2011-12-19 00:38:15+00"]]

## H49 date parsing
SELECT TO_TIMESTAMP('','YYYY')::varchar;
--> [["0001-01-01 00:00:00+00"]]

## D16 dates
SELECT DATE_TRUNC('week','2024-03-15'::date)::varchar, DATE_PART(dow,'2024-03-17'::date), EXTRACT(epoch FROM '2024-01-01'::timestamp);
--> [["2024-03-11 00:00:00", 0, 1704067200]]

## Y08 DATEADD of a TIME
-- r_DATEADD_function: a TIME stays one
SELECT DATEADD(hour, 1, '23:30'::time)::varchar, DATEADD(minute, 5, '10:00'::time)::varchar;
--> [["00:30:00", "10:05:00"]]

## Y27 EXTRACT of parts of a second
-- r_Dateparts_for_datetime_functions: without what is larger
SELECT EXTRACT(ms FROM '2009-09-09 12:08:43.101'::timestamp), EXTRACT(sec FROM '2009-09-09 12:08:43.101'::timestamp), DATE_PART(ms, '2009-09-09 12:08:43.101'::timestamp);
--> [[101, 43, 43101.0]]

## Y28 DATEDIFF of times
-- r_DATEDIFF_function
SELECT DATEDIFF(minute, '10:00'::time, '12:30'::time);
--> [[150]]

## Y34 a DATE and a BIGINT or SMALLINT
-- a DATE stays one, as with an INTEGER
SELECT ('2024-01-31'::date + ROW_NUMBER() OVER (ORDER BY 1))::varchar, ('2024-01-31'::date - 1::bigint)::varchar, (1::smallint + '2024-01-31'::date)::varchar, ('2024-01-31'::date - 1::smallint)::varchar;
--> [["2024-02-01", "2024-01-30", "2024-02-01", "2024-01-30"]]

## Y40 DATEADD on 29 February
-- r_DATEADD_function: years and months differ
SELECT DATEADD(year, 1, '2016-02-29')::varchar, DATEADD(month, 12, '2016-02-29')::varchar, DATEADD(year, 4, '2016-02-29')::varchar, DATEADD(year, -1, '2016-02-29'::date)::varchar, DATEADD(year, 1, '2016-03-29')::varchar;
--> [["2017-03-01 00:00:00", "2017-02-28 00:00:00", "2020-02-29 00:00:00", "2015-03-01 00:00:00", "2017-03-29 00:00:00"]]
