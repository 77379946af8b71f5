-- Conversions that Redshift makes and PostgreSQL does not, or makes otherwise:
-- https://docs.aws.amazon.com/redshift/latest/dg/c_Supported_data_types.html#r_Type_conversion

-- Numbers and times become texts wherever a text is wanted: in functions, in LIKE, and when they are compared with one.
CREATE CAST (smallint AS text) WITH INOUT AS IMPLICIT;
CREATE CAST (integer AS text) WITH INOUT AS IMPLICIT;
CREATE CAST (bigint AS text) WITH INOUT AS IMPLICIT;
CREATE CAST (numeric AS text) WITH INOUT AS IMPLICIT;
CREATE CAST (date AS text) WITH INOUT AS IMPLICIT;
CREATE CAST (timestamp AS text) WITH INOUT AS IMPLICIT;
CREATE CAST (timestamptz AS text) WITH INOUT AS IMPLICIT;
CREATE CAST (time AS text) WITH INOUT AS IMPLICIT;

-- With those conversions each text || number would have two meanings: of PostgreSQL's operators for texts and anything else only that for
-- two texts keeps its name. As an operator it cannot be dropped.
-- Those for arrays would take a text for one.
UPDATE pg_operator SET oprname = '||~'
  WHERE oprname = '||' AND (('text'::regtype, 'anynonarray'::regtype) IN ((oprleft, oprright), (oprright, oprleft))
    OR 'anycompatiblearray'::regtype IN (oprleft, oprright));

-- A DECIMAL is compared with a text as a number, any other number as a text. With those operators a DECIMAL and a whole number, which
-- could be a text, too, need some of their own. The planner writes the functions into the query.
DO $$
DECLARE
  made record;
BEGIN
  FOR made IN
    SELECT *, format('compare_%s', place) AS name
    FROM (VALUES ('int2', '::text', 'text', ''), ('int4', '::text', 'text', ''), ('int8', '::text', 'text', ''), ('float4', '::text', 'text', ''),
        ('float8', '::text', 'text', ''), ('numeric', '', 'text', '::numeric'), ('numeric', '', 'int2', '::numeric'),
        ('numeric', '', 'int4', '::numeric'), ('numeric', '', 'int8', '::numeric')) AS pairs (one, one_as, other, other_as),
      unnest(ARRAY['=', '<>', '<', '<=', '>', '>=']) WITH ORDINALITY AS operators (operator, place)
  LOOP
    EXECUTE format($made$
      CREATE FUNCTION local_warehouse.%1$s(%2$s, %3$s) RETURNS boolean LANGUAGE sql IMMUTABLE RETURN $1%4$s %6$s $2%5$s;
      CREATE FUNCTION local_warehouse.%1$s(%3$s, %2$s) RETURNS boolean LANGUAGE sql IMMUTABLE RETURN $1%5$s %6$s $2%4$s;
      CREATE OPERATOR pg_catalog.%6$s (LEFTARG = %2$s, RIGHTARG = %3$s, FUNCTION = local_warehouse.%1$s);
      CREATE OPERATOR pg_catalog.%6$s (LEFTARG = %3$s, RIGHTARG = %2$s, FUNCTION = local_warehouse.%1$s);
    $made$, made.name, made.one, made.other, made.one_as, made.other_as, made.operator);
  END LOOP;
END $$;

UPDATE pg_cast SET castcontext = 'i' WHERE castsource = 'timestamptz'::regtype AND casttarget = 'timestamp'::regtype;

-- A boolean becomes no text: neither by itself nor when it is asked for.
CREATE FUNCTION local_warehouse.refuse_boolean(boolean) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  RAISE EXCEPTION 'cannot cast type boolean to character varying' USING ERRCODE = 'cannot_coerce';
END $$;
UPDATE pg_cast SET castfunc = 'local_warehouse.refuse_boolean'::regproc
  WHERE castsource = 'boolean'::regtype AND casttarget IN ('text'::regtype, 'varchar'::regtype, 'bpchar'::regtype);

-- The text of a float has 15 digits: https://docs.aws.amazon.com/redshift/latest/dg/r_extra_float_digits.html
CREATE FUNCTION local_warehouse.float_text(double precision) RETURNS text LANGUAGE sql STABLE STRICT
  SET extra_float_digits = 0 AS 'SELECT textin(float8out($1))';
CREATE FUNCTION local_warehouse.float_text(real) RETURNS text LANGUAGE sql STABLE STRICT
  SET extra_float_digits = 0 AS 'SELECT textin(float4out($1))';
CREATE FUNCTION local_warehouse.float_varchar(double precision, integer, boolean) RETURNS varchar LANGUAGE sql STABLE STRICT
  RETURN local_warehouse.to_varchar(local_warehouse.float_text($1)::varchar, $2, $3);
CREATE FUNCTION local_warehouse.float_varchar(real, integer, boolean) RETURNS varchar LANGUAGE sql STABLE STRICT
  RETURN local_warehouse.to_varchar(local_warehouse.float_text($1)::varchar, $2, $3);
CREATE CAST (double precision AS text) WITH FUNCTION local_warehouse.float_text(double precision) AS IMPLICIT;
CREATE CAST (real AS text) WITH FUNCTION local_warehouse.float_text(real) AS IMPLICIT;
CREATE CAST (double precision AS varchar) WITH FUNCTION local_warehouse.float_varchar(double precision, integer, boolean) AS ASSIGNMENT;
CREATE CAST (real AS varchar) WITH FUNCTION local_warehouse.float_varchar(real, integer, boolean) AS ASSIGNMENT;

-- A NUMERIC is cut when it is cast to a number of fewer digits, and rounded when it is written into a column of fewer digits:
-- https://docs.aws.amazon.com/redshift/latest/dg/r_enable_numeric_rounding.html, r_Numeric_types201.html
CREATE FUNCTION local_warehouse.is_cut(is_explicit boolean) RETURNS boolean LANGUAGE sql STABLE
  RETURN is_explicit
    AND coalesce(lower(current_setting('local_warehouse.enable_numeric_rounding', true)), '') NOT IN ('on', 'true', 'yes', '1');
CREATE FUNCTION local_warehouse.to_smallint(numeric, integer, boolean) RETURNS smallint LANGUAGE sql STABLE
  RETURN pg_catalog.int2(CASE WHEN local_warehouse.is_cut($3) THEN trunc($1) ELSE $1 END);
CREATE FUNCTION local_warehouse.to_integer(numeric, integer, boolean) RETURNS integer LANGUAGE sql STABLE
  RETURN pg_catalog.int4(CASE WHEN local_warehouse.is_cut($3) THEN trunc($1) ELSE $1 END);
CREATE FUNCTION local_warehouse.to_bigint(numeric, integer, boolean) RETURNS bigint LANGUAGE sql STABLE
  RETURN pg_catalog.int8(CASE WHEN local_warehouse.is_cut($3) THEN trunc($1) ELSE $1 END);
-- In PL/pgSQL for the same reason as to_varchar. The lower eleven bits of the modifier are the scale.
CREATE FUNCTION local_warehouse.to_numeric(value numeric, modifier integer, is_explicit boolean) RETURNS numeric
  LANGUAGE plpgsql STABLE STRICT AS $$
BEGIN
  IF local_warehouse.is_cut(is_explicit) THEN
    value := trunc(value, (modifier - 4) & 2047);
  END IF;
  RETURN pg_catalog.numeric(value, modifier);
END $$;
UPDATE pg_cast SET castfunc = 'local_warehouse.to_smallint'::regproc WHERE castsource = 'numeric'::regtype AND casttarget = 'smallint'::regtype;
UPDATE pg_cast SET castfunc = 'local_warehouse.to_integer'::regproc WHERE castsource = 'numeric'::regtype AND casttarget = 'integer'::regtype;
UPDATE pg_cast SET castfunc = 'local_warehouse.to_bigint'::regproc WHERE castsource = 'numeric'::regtype AND casttarget = 'bigint'::regtype;
UPDATE pg_cast SET castfunc = 'local_warehouse.to_numeric(numeric, integer, boolean)'::regprocedure WHERE castsource = 'numeric'::regtype AND casttarget = 'numeric'::regtype;

-- Texts that are cast to NUMERIC are rounded.
CREATE FUNCTION local_warehouse.to_numeric(value text, modifier integer, is_explicit boolean) RETURNS numeric
  LANGUAGE plpgsql IMMUTABLE STRICT AS $$
BEGIN
  RETURN numeric_in(textout(value), 0, modifier);
END $$;
CREATE CAST (text AS numeric) WITH FUNCTION local_warehouse.to_numeric(text, integer, boolean);
CREATE FUNCTION local_warehouse.to_numeric(value varchar, modifier integer, is_explicit boolean) RETURNS numeric
  LANGUAGE plpgsql IMMUTABLE STRICT AS $$
BEGIN
  RETURN numeric_in(varcharout(value), 0, modifier);
END $$;
CREATE CAST (varchar AS numeric) WITH FUNCTION local_warehouse.to_numeric(varchar, integer, boolean);

-- Days are added to dates and times as numbers, and + joins texts. A DATE has operators for INTEGER.
DO $$
DECLARE
  pair record;
BEGIN
  FOR pair IN
    SELECT * FROM (VALUES ('timestamp', 'bigint'), ('timestamptz', 'bigint'), ('date', 'bigint'), ('date', 'smallint')) AS pairs (time, number)
  LOOP
    EXECUTE format($made$
      CREATE FUNCTION local_warehouse.add_days(%1$s, %2$s) RETURNS %1$s LANGUAGE sql STABLE STRICT
        RETURN ($1 + make_interval(days => $2::integer))::%1$s;
      CREATE FUNCTION local_warehouse.add_days(%2$s, %1$s) RETURNS %1$s LANGUAGE sql STABLE STRICT
        RETURN ($2 + make_interval(days => $1::integer))::%1$s;
      CREATE FUNCTION local_warehouse.subtract_days(%1$s, %2$s) RETURNS %1$s LANGUAGE sql STABLE STRICT
        RETURN ($1 - make_interval(days => $2::integer))::%1$s;
      CREATE OPERATOR pg_catalog.+ (LEFTARG = %1$s, RIGHTARG = %2$s, FUNCTION = local_warehouse.add_days);
      CREATE OPERATOR pg_catalog.+ (LEFTARG = %2$s, RIGHTARG = %1$s, FUNCTION = local_warehouse.add_days);
      CREATE OPERATOR pg_catalog.- (LEFTARG = %1$s, RIGHTARG = %2$s, FUNCTION = local_warehouse.subtract_days);
    $made$, pair.time, pair.number);
  END LOOP;
END $$;
-- Of VARCHAR, which numbers and times do not become by themselves: a number and a text have no sum.
CREATE FUNCTION local_warehouse.join_texts(varchar, varchar) RETURNS varchar LANGUAGE sql IMMUTABLE STRICT RETURN $1 || $2;
CREATE OPERATOR pg_catalog.+ (LEFTARG = varchar, RIGHTARG = varchar, FUNCTION = local_warehouse.join_texts);
