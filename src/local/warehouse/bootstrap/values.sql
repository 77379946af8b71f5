-- Where PostgreSQL has a function or a conversion too, but of another result than Redshift's.

-- AVG of integers is BIGINT, without its fraction. PostgreSQL's own aggregates cannot be dropped: they get other names.
ALTER AGGREGATE pg_catalog.avg(smallint) RENAME TO avg_numeric;
ALTER AGGREGATE pg_catalog.avg(integer) RENAME TO avg_numeric;
ALTER AGGREGATE pg_catalog.avg(bigint) RENAME TO avg_numeric;

-- The states are a count and a sum.
CREATE FUNCTION local_warehouse.avg_final(bigint[]) RETURNS bigint LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN $1[2] / nullif($1[1], 0);
CREATE AGGREGATE pg_catalog.avg(smallint) (
  SFUNC = int2_avg_accum, STYPE = bigint[], FINALFUNC = local_warehouse.avg_final, INITCOND = '{0,0}',
  MSFUNC = int2_avg_accum, MINVFUNC = int2_avg_accum_inv, MSTYPE = bigint[],
  MFINALFUNC = local_warehouse.avg_final, MINITCOND = '{0,0}');
CREATE AGGREGATE pg_catalog.avg(integer) (
  SFUNC = int4_avg_accum, STYPE = bigint[], FINALFUNC = local_warehouse.avg_final, INITCOND = '{0,0}',
  MSFUNC = int4_avg_accum, MINVFUNC = int4_avg_accum_inv, MSTYPE = bigint[],
  MFINALFUNC = local_warehouse.avg_final, MINITCOND = '{0,0}');

CREATE FUNCTION local_warehouse.avg_add(numeric[], bigint) RETURNS numeric[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN ARRAY[$1[1] + 1, $1[2] + $2];
CREATE FUNCTION local_warehouse.avg_remove(numeric[], bigint) RETURNS numeric[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN ARRAY[$1[1] - 1, $1[2] - $2];
CREATE FUNCTION local_warehouse.avg_final(numeric[]) RETURNS bigint LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN div($1[2], nullif($1[1], 0))::bigint;
CREATE AGGREGATE pg_catalog.avg(bigint) (
  SFUNC = local_warehouse.avg_add, STYPE = numeric[], FINALFUNC = local_warehouse.avg_final, INITCOND = '{0,0}',
  MSFUNC = local_warehouse.avg_add, MINVFUNC = local_warehouse.avg_remove, MSTYPE = numeric[],
  MFINALFUNC = local_warehouse.avg_final, MINITCOND = '{0,0}');

-- AVG of NUMERIC keeps the scale of what it is taken of: https://docs.aws.amazon.com/redshift/latest/dg/r_AVG.html
ALTER AGGREGATE pg_catalog.avg(numeric) RENAME TO avg_numeric;
CREATE FUNCTION local_warehouse.avg_add(numeric[], numeric) RETURNS numeric[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN ARRAY[$1[1] + 1, $1[2] + $2];
CREATE FUNCTION local_warehouse.avg_remove(numeric[], numeric) RETURNS numeric[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN ARRAY[$1[1] - 1, $1[2] - $2];
CREATE FUNCTION local_warehouse.avg_scaled(numeric[]) RETURNS numeric LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN trunc($1[2] / nullif($1[1], 0), scale($1[2]));
CREATE AGGREGATE pg_catalog.avg(numeric) (
  SFUNC = local_warehouse.avg_add, STYPE = numeric[], FINALFUNC = local_warehouse.avg_scaled, INITCOND = '{0,0}',
  MSFUNC = local_warehouse.avg_add, MINVFUNC = local_warehouse.avg_remove, MSTYPE = numeric[],
  MFINALFUNC = local_warehouse.avg_scaled, MINITCOND = '{0,0}');

-- Texts are compared without the blanks at their ends: https://docs.aws.amazon.com/redshift/latest/dg/r_Character_types.html
-- PostgreSQL's CHAR does that. What compares, sorts and hashes texts becomes what compares CHAR.
DO $$
DECLARE
  made record;
BEGIN
  FOR made IN SELECT * FROM (VALUES ('=', 'bpchareq'), ('<>', 'bpcharne'), ('<', 'bpcharlt'), ('<=', 'bpcharle'), ('>', 'bpchargt'),
    ('>=', 'bpcharge')) AS operators (name, code)
  LOOP
    EXECUTE format('CREATE FUNCTION local_warehouse.%s(text, text) RETURNS boolean LANGUAGE internal IMMUTABLE STRICT LEAKPROOF '
      'PARALLEL SAFE AS %L', made.code, made.code);
    UPDATE pg_operator SET oprcode = ('local_warehouse.' || made.code)::regproc
      WHERE oprname = made.name AND oprleft = 'text'::regtype AND oprright = 'text'::regtype;
  END LOOP;
END $$;
CREATE FUNCTION local_warehouse.bpcharcmp(text, text) RETURNS integer LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'bpcharcmp';
CREATE FUNCTION local_warehouse.bpchar_sortsupport(internal) RETURNS void LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE
  AS 'bpchar_sortsupport';
CREATE FUNCTION local_warehouse.hashbpchar(text) RETURNS integer LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'hashbpchar';
CREATE FUNCTION local_warehouse.hashbpcharextended(text, bigint) RETURNS bigint LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE
  AS 'hashbpcharextended';
UPDATE pg_amproc SET amproc = CASE amproc::oid
    WHEN 'bttextcmp'::regproc THEN 'local_warehouse.bpcharcmp'::regproc
    WHEN 'bttextsortsupport'::regproc THEN 'local_warehouse.bpchar_sortsupport'::regproc
    WHEN 'hashtext'::regproc THEN 'local_warehouse.hashbpchar'::regproc
    WHEN 'hashtextextended'::regproc THEN 'local_warehouse.hashbpcharextended'::regproc
    ELSE amproc END
  WHERE amproclefttype = 'text'::regtype AND amprocrighttype = 'text'::regtype
    AND amprocfamily IN (SELECT oid FROM pg_opfamily WHERE opfname = 'text_ops');
DELETE FROM pg_amproc WHERE amproclefttype = 'text'::regtype AND amproc = 'btvarstrequalimage'::regproc
  AND amprocfamily IN (SELECT oid FROM pg_opfamily WHERE opfname = 'text_ops');

-- A conversion to VARCHAR(n) keeps the whole characters that fit into n bytes. PostgreSQL, which counts characters, calls
-- this in place of its own function, which an INSERT still needs for its error. In PL/pgSQL, because a function that the
-- planner writes into the query would lose the length of the result's column.
CREATE FUNCTION local_warehouse.to_varchar(value varchar, modifier integer, is_explicit boolean) RETURNS varchar
  LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  size integer := modifier - 4;
  bytes bytea;
BEGIN
  IF NOT is_explicit OR size < 0 OR octet_length(value) <= size THEN
    RETURN pg_catalog.varchar(value, modifier, is_explicit);
  END IF;
  bytes := convert_to(value, 'UTF8');
  WHILE get_byte(bytes, size) & 192 = 128 LOOP
    size := size - 1;
  END LOOP;
  RETURN convert_from(substring(bytes FROM 1 FOR size), 'UTF8');
END $$;
UPDATE pg_cast SET castfunc = 'local_warehouse.to_varchar'::regproc
  WHERE castsource = 'varchar'::regtype AND casttarget = 'varchar'::regtype;

-- EXTRACT is an integer, without what is larger than the part; of a timestamp with time zone it is a double. With one argument it is
-- the epoch: https://docs.aws.amazon.com/redshift/latest/dg/r_Dateparts_for_datetime_functions.html
DO $$
DECLARE
  type text;
BEGIN
  FOREACH type IN ARRAY ARRAY['timestamp', 'date', 'time', 'timetz', 'interval'] LOOP
    EXECUTE format('CREATE FUNCTION local_warehouse.date_part(text, %s) RETURNS integer LANGUAGE sql IMMUTABLE STRICT '
      'RETURN trunc(pg_catalog.date_part($1, $2))::bigint %% CASE WHEN $1 LIKE ''%%seconds'' THEN 1000 ELSE 2147483647 END', type);
    EXECUTE format('CREATE FUNCTION local_warehouse.date_part(%s) RETURNS bigint LANGUAGE sql IMMUTABLE STRICT '
      'RETURN trunc(pg_catalog.date_part(''epoch'', $1))::bigint', type);
  END LOOP;
END $$;
CREATE FUNCTION local_warehouse.date_part(text, timestamptz) RETURNS double precision LANGUAGE sql STABLE STRICT
  RETURN pg_catalog.date_part($1, $2);
CREATE FUNCTION local_warehouse.date_part(timestamptz) RETURNS double precision LANGUAGE sql STABLE STRICT
  RETURN pg_catalog.date_part('epoch', $1);

-- Roots, powers, logarithms and deviations are floats, also those of a NUMERIC: https://docs.aws.amazon.com/redshift/latest/dg/Math_functions.html
UPDATE pg_proc SET proname = proname || '_numeric'
  WHERE pronamespace = 'pg_catalog'::regnamespace AND proargtypes[0] IN ('smallint'::regtype, 'integer'::regtype, 'bigint'::regtype, 'numeric'::regtype)
    AND (proname ~ '^(sqrt|exp|ln|pow|power|stddev.*|variance|var_.*)$' OR proname = 'log' AND pronargs = 1);
UPDATE pg_operator SET oprname = '^~' WHERE oprname = '^' AND oprleft = 'numeric'::regtype;

-- What fails to convert is NULL; what has no conversion at all stays an error: https://docs.aws.amazon.com/redshift/latest/dg/r_TRY_CAST.html
CREATE FUNCTION local_warehouse.try_cast(value anyelement, target anycompatible, type text) RETURNS anycompatible
  LANGUAGE plpgsql STABLE AS $$
BEGIN
  EXECUTE format('SELECT CAST($1 AS %s)', type) INTO target USING value;
  RETURN target;
EXCEPTION WHEN data_exception THEN
  RETURN NULL;
END $$;
