-- Functions over windows that PostgreSQL does not have: https://docs.aws.amazon.com/redshift/latest/dg/c_Window_functions.html

-- The first or last value of a frame that is not NULL: what a strict function is not called with is left out.
CREATE FUNCTION local_warehouse.keep_first(anyelement, anyelement) RETURNS anyelement LANGUAGE sql IMMUTABLE STRICT AS 'SELECT $1';
CREATE FUNCTION local_warehouse.keep_last(anyelement, anyelement) RETURNS anyelement LANGUAGE sql IMMUTABLE STRICT AS 'SELECT $2';
CREATE AGGREGATE local_warehouse.first_value(anyelement) (SFUNC = local_warehouse.keep_first, STYPE = anyelement);
CREATE AGGREGATE local_warehouse.last_value(anyelement) (SFUNC = local_warehouse.keep_last, STYPE = anyelement);

-- The state holds the fraction, then the values.
CREATE FUNCTION local_warehouse.add_value(state double precision[], value double precision, fraction double precision)
  RETURNS double precision[] LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  IF state IS NULL THEN
    state := ARRAY[fraction];
  END IF;
  IF value IS NOT NULL THEN
    state := array_append(state, value);
  END IF;
  RETURN state;
END $$;
CREATE FUNCTION local_warehouse.percentile_of(state double precision[]) RETURNS double precision LANGUAGE sql IMMUTABLE
  RETURN (SELECT percentile_cont(state[1]) WITHIN GROUP (ORDER BY value) FROM unnest(state[2:]) AS value);
CREATE AGGREGATE local_warehouse.percentile_cont(double precision, double precision) (
  SFUNC = local_warehouse.add_value, STYPE = double precision[], FINALFUNC = local_warehouse.percentile_of);
CREATE AGGREGATE local_warehouse.median(double precision, double precision) (
  SFUNC = local_warehouse.add_value, STYPE = double precision[], FINALFUNC = local_warehouse.percentile_of);

CREATE FUNCTION local_warehouse.ratio_to_report(value double precision, total double precision) RETURNS double precision
  LANGUAGE sql IMMUTABLE STRICT RETURN value / nullif(total, 0);
