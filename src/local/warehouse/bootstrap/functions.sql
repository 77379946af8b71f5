-- Redshift's functions that PostgreSQL does not have. They live in pg_catalog, so that every search path finds them and
-- no user can drop them.
CREATE FUNCTION pg_catalog.getdate() RETURNS timestamp LANGUAGE sql STABLE
  RETURN date_trunc('second', statement_timestamp() AT TIME ZONE current_setting('timezone'));
