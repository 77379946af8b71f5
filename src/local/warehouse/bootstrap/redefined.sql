-- Functions that PostgreSQL has too, and that answer otherwise on Redshift. PostgreSQL's own cannot be dropped: they get other names.

-- ROUND and TRUNC of a FLOAT with digits.
CREATE FUNCTION pg_catalog.round(double precision, integer) RETURNS double precision LANGUAGE sql IMMUTABLE STRICT
  RETURN round($1::numeric, $2)::double precision;
CREATE FUNCTION pg_catalog.round(bigint, integer) RETURNS numeric LANGUAGE sql IMMUTABLE STRICT RETURN round($1::numeric, $2);
CREATE FUNCTION pg_catalog.trunc(double precision, integer) RETURNS double precision LANGUAGE sql IMMUTABLE STRICT
  RETURN trunc($1::numeric, $2)::double precision;
CREATE FUNCTION pg_catalog.trunc(bigint, integer) RETURNS numeric LANGUAGE sql IMMUTABLE STRICT RETURN trunc($1::numeric, $2);

-- Where nothing matches REGEXP_SUBSTR is empty, not NULL; `e` asks for the first group:
-- https://docs.aws.amazon.com/redshift/latest/dg/REGEXP_SUBSTR.html
ALTER FUNCTION pg_catalog.regexp_substr(text, text) RENAME TO regexp_substr_or_null;
ALTER FUNCTION pg_catalog.regexp_substr(text, text, integer) RENAME TO regexp_substr_or_null;
ALTER FUNCTION pg_catalog.regexp_substr(text, text, integer, integer) RENAME TO regexp_substr_or_null;
ALTER FUNCTION pg_catalog.regexp_substr(text, text, integer, integer, text) RENAME TO regexp_substr_or_null;
ALTER FUNCTION pg_catalog.regexp_substr(text, text, integer, integer, text, integer) RENAME TO regexp_substr_or_null;
CREATE FUNCTION pg_catalog.regexp_substr(source text, pattern text, start integer DEFAULT 1, occurrence integer DEFAULT 1, flags text DEFAULT '')
  RETURNS text LANGUAGE sql IMMUTABLE STRICT
  RETURN coalesce(regexp_substr_or_null($1, $2, $3, $4, translate($5, 'ep', ''), CASE WHEN $5 LIKE '%e%' THEN 1 ELSE 0 END), '');

-- DATE_TRUNC of a DATE is a TIMESTAMP.
CREATE FUNCTION pg_catalog.date_trunc(text, date) RETURNS timestamp LANGUAGE sql IMMUTABLE STRICT
  RETURN date_trunc($1, $2::timestamp);

-- Parsing goes on where a day or an hour is too large: https://docs.aws.amazon.com/redshift/latest/dg/r_TO_DATE_function.html
ALTER FUNCTION pg_catalog.to_date(text, text) RENAME TO to_date_strictly;
ALTER FUNCTION pg_catalog.to_timestamp(text, text) RENAME TO to_timestamp_strictly;
-- Where a part stands in the format, it stands in the text.
CREATE FUNCTION pg_catalog.to_date(source text, format text, is_strict boolean DEFAULT false) RETURNS date
  LANGUAGE plpgsql STABLE STRICT AS $$
DECLARE
  place integer := strpos(upper(format), 'DD');
BEGIN
  RETURN to_date_strictly(source, format);
EXCEPTION WHEN datetime_field_overflow THEN
  IF is_strict OR substring(source FROM place FOR 2) !~ '^(29|30|31)$' THEN
    RAISE;
  END IF;
  RETURN to_date_strictly(overlay(source PLACING '01' FROM place FOR 2), format) + substring(source FROM place FOR 2)::integer - 1;
END $$;
CREATE FUNCTION pg_catalog.to_timestamp(source text, format text, is_strict boolean DEFAULT false) RETURNS timestamptz
  LANGUAGE plpgsql STABLE STRICT AS $$
DECLARE
  place integer := strpos(upper(format), 'HH24');
  made timestamptz;
BEGIN
  made := to_timestamp_strictly(source, format);
  -- PostgreSQL takes a year that is missing for the one before the first.
  RETURN CASE WHEN made < '0001-01-01' AND source !~* 'b[.]?c' THEN made + interval '1 year' ELSE made END;
EXCEPTION WHEN datetime_field_overflow THEN
  IF is_strict OR substring(source FROM place FOR 2) <> '24' THEN
    RAISE;
  END IF;
  RETURN to_timestamp_strictly(overlay(source PLACING '00' FROM place FOR 2), format) + interval '24 hours';
END $$;
CREATE FUNCTION pg_catalog.date_part(text, text) RETURNS double precision LANGUAGE sql STABLE STRICT
  RETURN date_part($1, $2::timestamp);
CREATE FUNCTION pg_catalog.date_trunc(text, text) RETURNS timestamp LANGUAGE sql STABLE STRICT
  RETURN date_trunc($1, $2::timestamp);

-- QUOTE_LITERAL of a number: its text is wanted, and PostgreSQL has one for anything besides.
ALTER FUNCTION pg_catalog.quote_literal(anyelement) RENAME TO quote_literal_of_anything;
