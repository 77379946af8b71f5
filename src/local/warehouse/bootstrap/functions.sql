-- Redshift's functions that PostgreSQL does not have. They live in pg_catalog, so that every search path finds them and
-- no user can drop them. Functions with a text parameter beside a timestamp one take string literals.

CREATE FUNCTION pg_catalog.getdate() RETURNS timestamp LANGUAGE sql STABLE
  RETURN date_trunc('second', statement_timestamp() AT TIME ZONE current_setting('timezone'));
CREATE FUNCTION pg_catalog.sysdate() RETURNS timestamp LANGUAGE sql STABLE
  RETURN now() AT TIME ZONE current_setting('timezone');
CREATE FUNCTION pg_catalog.pg_last_query_id() RETURNS integer LANGUAGE sql STABLE
  RETURN (pg_snapshot_xmax(pg_current_snapshot())::text::bigint % 2147483647)::integer;

-- Strings
CREATE FUNCTION pg_catalog.len(text) RETURNS integer LANGUAGE sql IMMUTABLE STRICT RETURN char_length($1);
CREATE FUNCTION pg_catalog.charindex(text, text) RETURNS integer LANGUAGE sql IMMUTABLE STRICT RETURN strpos($2, $1);
CREATE FUNCTION pg_catalog.sha2(text, integer) RETURNS text LANGUAGE sql IMMUTABLE STRICT
  RETURN encode(CASE $2 WHEN 224 THEN sha224(convert_to($1, 'UTF8')) WHEN 0 THEN sha256(convert_to($1, 'UTF8'))
    WHEN 256 THEN sha256(convert_to($1, 'UTF8')) WHEN 384 THEN sha384(convert_to($1, 'UTF8'))
    WHEN 512 THEN sha512(convert_to($1, 'UTF8')) END, 'hex');
CREATE FUNCTION pg_catalog.strtol(text, integer) RETURNS bigint LANGUAGE sql IMMUTABLE STRICT
  RETURN (
    SELECT CASE WHEN left(trim($1), 1) = '-' THEN -1 ELSE 1 END
      * sum((strpos('0123456789abcdefghijklmnopqrstuvwxyz', digit) - 1) * ($2::numeric ^ (length(digits) - place)))::bigint
    FROM regexp_replace(lower(trim($1)), CASE $2 WHEN 16 THEN '^[-+]?(0x)?' ELSE '^[-+]?' END, '') AS digits,
      LATERAL regexp_split_to_table(digits, '') WITH ORDINALITY AS split (digit, place)
  );

-- LISTAGG(DISTINCT …): distinct and ordered by the value, not by its text.
CREATE FUNCTION pg_catalog.listagg_next(text, anyelement, text) RETURNS text LANGUAGE sql IMMUTABLE
  AS 'SELECT CASE WHEN $2 IS NULL THEN $1 WHEN $1 IS NULL THEN $2::text ELSE $1 || $3 || $2::text END';
CREATE AGGREGATE pg_catalog.listagg(anyelement, text) (SFUNC = listagg_next, STYPE = text);

-- Dates
CREATE FUNCTION pg_catalog.dateadd(text, bigint, timestamp) RETURNS timestamp LANGUAGE sql IMMUTABLE STRICT
  RETURN $3 + CASE $1
    WHEN 'millennium' THEN make_interval(years => (1000 * $2)::integer)
    WHEN 'century' THEN make_interval(years => (100 * $2)::integer)
    WHEN 'decade' THEN make_interval(years => (10 * $2)::integer)
    -- A year behind 29 February is 1 March, 12 months behind it are 28 February: r_DATEADD_function.
    WHEN 'year' THEN make_interval(years => $2::integer,
      days => CASE WHEN extract(day FROM $3) = 29 AND extract(day FROM $3 + make_interval(years => $2::integer)) = 28 THEN 1 ELSE 0 END)
    WHEN 'quarter' THEN make_interval(months => (3 * $2)::integer)
    WHEN 'month' THEN make_interval(months => $2::integer)
    WHEN 'week' THEN make_interval(weeks => $2::integer)
    WHEN 'day' THEN make_interval(days => $2::integer)
    WHEN 'dow' THEN make_interval(days => $2::integer)
    WHEN 'doy' THEN make_interval(days => $2::integer)
    WHEN 'hour' THEN make_interval(hours => $2::integer)
    WHEN 'minute' THEN make_interval(mins => $2::integer)
    WHEN 'second' THEN make_interval(secs => $2)
    WHEN 'milliseconds' THEN make_interval(secs => $2 / 1000.0::double precision)
    WHEN 'microseconds' THEN make_interval(secs => $2 / 1000000.0::double precision)
  END;
CREATE FUNCTION pg_catalog.dateadd(text, bigint, date) RETURNS timestamp LANGUAGE sql IMMUTABLE STRICT
  RETURN dateadd($1, $2, $3::timestamp);
CREATE FUNCTION pg_catalog.dateadd(text, bigint, time) RETURNS time LANGUAGE sql IMMUTABLE STRICT
  RETURN dateadd($1, $2, timestamp 'epoch' + $3)::time;
CREATE FUNCTION pg_catalog.dateadd(text, bigint, text) RETURNS timestamp LANGUAGE sql STABLE STRICT
  RETURN dateadd($1, $2, $3::timestamp);
CREATE FUNCTION pg_catalog.dateadd(text, bigint, timestamptz) RETURNS timestamptz LANGUAGE sql STABLE STRICT
  RETURN dateadd($1, $2, $3 AT TIME ZONE current_setting('timezone')) AT TIME ZONE current_setting('timezone');

-- The boundaries of a date part between two moments: weeks begin on Monday.
CREATE FUNCTION pg_catalog.datediff(text, timestamp, timestamp) RETURNS bigint LANGUAGE sql IMMUTABLE STRICT
  RETURN CASE $1
    WHEN 'millennium' THEN extract(millennium FROM $3) - extract(millennium FROM $2)
    WHEN 'century' THEN extract(century FROM $3) - extract(century FROM $2)
    WHEN 'decade' THEN extract(decade FROM $3) - extract(decade FROM $2)
    WHEN 'year' THEN extract(year FROM $3) - extract(year FROM $2)
    WHEN 'quarter' THEN (extract(year FROM $3) - extract(year FROM $2)) * 4 + extract(quarter FROM $3) - extract(quarter FROM $2)
    WHEN 'month' THEN (extract(year FROM $3) - extract(year FROM $2)) * 12 + extract(month FROM $3) - extract(month FROM $2)
    WHEN 'week' THEN (date_trunc('week', $3)::date - date_trunc('week', $2)::date) / 7
    WHEN 'day' THEN $3::date - $2::date
    WHEN 'dow' THEN $3::date - $2::date
    WHEN 'doy' THEN $3::date - $2::date
    WHEN 'hour' THEN (extract(epoch FROM date_trunc('hour', $3)) - extract(epoch FROM date_trunc('hour', $2))) / 3600
    WHEN 'minute' THEN (extract(epoch FROM date_trunc('minute', $3)) - extract(epoch FROM date_trunc('minute', $2))) / 60
    WHEN 'second' THEN extract(epoch FROM date_trunc('second', $3)) - extract(epoch FROM date_trunc('second', $2))
    WHEN 'milliseconds' THEN trunc(extract(epoch FROM $3) * 1000) - trunc(extract(epoch FROM $2) * 1000)
    WHEN 'microseconds' THEN (extract(epoch FROM $3) - extract(epoch FROM $2)) * 1000000
  END::bigint;
-- Dates, timestamps with or without time zone and texts in any pair.
DO $$
DECLARE
  pair record;
BEGIN
  FOR pair IN
    SELECT early.type AS one, late.type AS other, format(early.as_timestamp, 2) AS first, format(late.as_timestamp, 3) AS second
    FROM (VALUES ('timestamp', '$%s'), ('date', '$%s::timestamp'), ('text', '$%s::timestamp'),
      ('timestamptz', '($%s AT TIME ZONE current_setting(''timezone''))')) AS early (type, as_timestamp)
    CROSS JOIN (VALUES ('timestamp', '$%s'), ('date', '$%s::timestamp'), ('text', '$%s::timestamp'),
      ('timestamptz', '($%s AT TIME ZONE current_setting(''timezone''))')) AS late (type, as_timestamp)
    WHERE (early.type, late.type) <> ('timestamp', 'timestamp')
  LOOP
    EXECUTE format('CREATE FUNCTION pg_catalog.datediff(text, %s, %s) RETURNS bigint LANGUAGE sql STABLE STRICT RETURN datediff($1, %s, %s)',
      pair.one, pair.other, pair.first, pair.second);
  END LOOP;
END $$;

CREATE FUNCTION pg_catalog.trunc(timestamp) RETURNS date LANGUAGE sql IMMUTABLE STRICT RETURN $1::date;
CREATE FUNCTION pg_catalog.last_day(timestamp) RETURNS date LANGUAGE sql IMMUTABLE STRICT
  RETURN (date_trunc('month', $1) + interval '1 month' - interval '1 day')::date;
CREATE FUNCTION pg_catalog.add_months(timestamp, integer) RETURNS timestamp LANGUAGE sql IMMUTABLE STRICT
  RETURN CASE WHEN $1::date = last_day($1)
    THEN last_day($1 + make_interval(months => $2)) + ($1 - date_trunc('day', $1))
    ELSE $1 + make_interval(months => $2) END;
CREATE FUNCTION pg_catalog.convert_timezone(text, timestamp) RETURNS timestamp LANGUAGE sql STABLE STRICT
  RETURN ($2 AT TIME ZONE 'UTC') AT TIME ZONE $1;
CREATE FUNCTION pg_catalog.convert_timezone(text, text, timestamp) RETURNS timestamp LANGUAGE sql STABLE STRICT
  RETURN ($3 AT TIME ZONE $1) AT TIME ZONE $2;
CREATE FUNCTION pg_catalog.convert_timezone(text, timestamptz) RETURNS timestamp LANGUAGE sql STABLE STRICT
  RETURN $2 AT TIME ZONE $1;
CREATE FUNCTION pg_catalog.convert_timezone(text, text, timestamptz) RETURNS timestamp LANGUAGE sql STABLE STRICT
  RETURN (($3 AT TIME ZONE 'UTC') AT TIME ZONE $1) AT TIME ZONE $2;
CREATE FUNCTION pg_catalog.date_part_year(date) RETURNS integer LANGUAGE sql IMMUTABLE STRICT
  RETURN extract(year FROM $1)::integer;
