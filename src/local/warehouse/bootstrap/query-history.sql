-- What SYS_QUERY_HISTORY and SYS_QUERY_DETAIL show. Made before tables.sql, whose triggers these tables must not have.
-- Nothing here outlives the server, so nothing is logged for a recovery.

-- A row per statement of a session, written by the local warehouse when it has ended.
CREATE UNLOGGED TABLE local_warehouse.query_history (
  query_id bigint, user_id oid, session_id integer, database_name text, query_type text, status text,
  started timestamp, ended timestamp, elapsed bigint, error_message text, returned_rows bigint, query_text text
);

-- A row per change that a statement made to a table. It is written in the transaction that makes the change, so that it
-- is there once that is committed, and gone with what is rolled back.
CREATE UNLOGGED TABLE local_warehouse.written_rows (
  query_id bigint, table_id oid, table_schema text, table_name text, inserted bigint, deleted bigint, ended timestamptz
);

-- The session writes the statement's number before it. A connection that is no session has none.
CREATE FUNCTION local_warehouse.query_id() RETURNS bigint LANGUAGE sql VOLATILE
  RETURN substring(left(current_query(), 32) FROM '^/\* (\d+) \*/')::bigint;

-- How many rows of a table the session has changed, by the server's own count. The server sets it back only when the
-- session is idle, so a change is the difference between before and after it.
CREATE FUNCTION local_warehouse.changed_rows(relation oid, operation text) RETURNS bigint LANGUAGE sql VOLATILE
  RETURN CASE operation
    WHEN 'INSERT' THEN pg_stat_get_xact_tuples_inserted(relation)
    WHEN 'UPDATE' THEN pg_stat_get_xact_tuples_updated(relation)
    ELSE pg_stat_get_xact_tuples_deleted(relation)
  END;

-- After each statement that changes a table; the trigger before it has noted the count. An UPDATE deletes and inserts, as
-- on Redshift.
CREATE FUNCTION local_warehouse.note_change() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog AS $$
DECLARE
  changed CONSTANT bigint := local_warehouse.changed_rows(TG_RELID, TG_OP) - current_setting('local_warehouse.before_' || TG_OP)::bigint;
  query CONSTANT bigint := local_warehouse.query_id();
BEGIN
  IF changed > 0 AND query IS NOT NULL THEN
    INSERT INTO local_warehouse.written_rows VALUES (query, TG_RELID, TG_TABLE_SCHEMA, TG_TABLE_NAME,
      CASE TG_OP WHEN 'DELETE' THEN 0 ELSE changed END, CASE TG_OP WHEN 'INSERT' THEN 0 ELSE changed END, clock_timestamp());
  END IF;
  RETURN NULL;
END $$;

-- CREATE TABLE AS fills a table that has no triggers yet.
CREATE FUNCTION local_warehouse.note_new_table(relation oid) RETURNS void LANGUAGE sql VOLATILE
BEGIN ATOMIC
  INSERT INTO local_warehouse.written_rows
  SELECT local_warehouse.query_id(), relation, nspname, relname, pg_stat_get_xact_tuples_inserted(relation), 0, clock_timestamp()
  FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
  WHERE pg_class.oid = relation AND pg_stat_get_xact_tuples_inserted(relation) > 0 AND local_warehouse.query_id() IS NOT NULL;
END;
