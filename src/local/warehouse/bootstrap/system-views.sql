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

GRANT SELECT ON pg_catalog.svv_columns TO PUBLIC;

RESET allow_system_table_mods;
