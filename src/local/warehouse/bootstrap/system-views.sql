-- The system views that there are. SVV_COLUMNS shows the columns of the tables that the asking user may use, as Redshift does:
-- https://docs.aws.amazon.com/redshift/latest/dg/r_SVV_COLUMNS.html

-- Where every search path finds it, as on Redshift.
SET allow_system_table_mods = on;

CREATE VIEW pg_catalog.svv_columns AS
  SELECT table_catalog::varchar(128), table_schema::varchar(128), table_name::varchar(128), column_name::varchar(128),
    ordinal_position::integer, column_default::varchar(4000), is_nullable::varchar(3), data_type::varchar(128),
    character_maximum_length::integer, numeric_precision::integer, numeric_precision_radix::integer, numeric_scale::integer,
    datetime_precision::integer, NULL::varchar(256) AS remarks
  FROM information_schema.columns
  WHERE table_schema NOT IN ('pg_catalog', 'information_schema', 'local_warehouse');

-- https://docs.aws.amazon.com/redshift/latest/dg/r_SVV_TABLES.html
CREATE VIEW pg_catalog.svv_tables AS
  SELECT table_catalog::varchar(128), table_schema::varchar(128), table_name::varchar(128), table_type::varchar(128),
    NULL::varchar(256) AS remarks
  FROM information_schema.tables
  WHERE table_schema NOT IN ('pg_catalog', 'information_schema', 'local_warehouse');

GRANT SELECT ON pg_catalog.svv_columns, pg_catalog.svv_tables TO PUBLIC;

-- The two that say what a statement did. Everybody sees the own statements, a superuser all of them:
-- https://docs.aws.amazon.com/redshift/latest/dg/SYS_QUERY_HISTORY.html
CREATE VIEW pg_catalog.sys_query_history WITH (security_barrier) AS
  SELECT user_id::integer, query_id, 'default'::char(320) AS query_label, NULL::bigint AS transaction_id, session_id,
    database_name::char(128), query_type::char(32), status::char(10), false AS result_cache_hit,
    started AS start_time, ended AS end_time, elapsed AS elapsed_time, 0::bigint AS queue_time, elapsed AS execution_time,
    error_message::char(512), returned_rows, NULL::bigint AS returned_bytes, query_text::char(4000)
  FROM local_warehouse.query_history
  WHERE user_id = (SELECT oid FROM pg_roles WHERE rolname = current_user)
    OR (SELECT rolsuper FROM pg_roles WHERE rolname = current_user);

-- https://docs.aws.amazon.com/redshift/latest/dg/SYS_QUERY_DETAIL.html
CREATE VIEW pg_catalog.sys_query_detail WITH (security_barrier) AS
  SELECT history.user_id, query_id, 1 AS child_query_sequence, 0 AS stream_id, 0 AS segment_id, step.id AS step_id,
    step.name AS step_name, written.table_id::integer,
    (trim(history.database_name) || '.' || written.table_schema || '.' || written.table_name)::char(136) AS table_name,
    NULL::char(1) AS is_rrscan, history.start_time, written.ended AT TIME ZONE 'UTC' AS end_time,
    (extract(epoch FROM written.ended AT TIME ZONE 'UTC' - history.start_time) * 1000000)::bigint AS duration, NULL::text AS alert,
    NULL::bigint AS input_bytes, step.rows AS input_rows, NULL::bigint AS output_bytes, step.rows AS output_rows
  FROM local_warehouse.written_rows AS written
  JOIN pg_catalog.sys_query_history AS history USING (query_id)
  CROSS JOIN LATERAL (VALUES (0, 'delete', written.deleted), (1, 'insert', written.inserted)) AS step (id, name, rows)
  WHERE step.rows > 0;

GRANT SELECT ON pg_catalog.sys_query_history, pg_catalog.sys_query_detail TO PUBLIC;

RESET allow_system_table_mods;
