-- Keys are kept and not enforced, as on Redshift. Each is a CHECK that is not enforced either, and says in JSON what the key is:
-- its kind, its columns and, of a foreign key, the table that it refers to.
CREATE FUNCTION local_warehouse.is_key(text) RETURNS boolean LANGUAGE sql IMMUTABLE RETURN true;

CREATE FUNCTION local_warehouse.read_key("constraint" oid) RETURNS jsonb LANGUAGE sql STABLE
  RETURN replace(substring(pg_get_constraintdef($1) FROM '^CHECK [(]local_warehouse[.]is_key[(]''(.*)''::text[)][)]'), '''''', '''')::jsonb;

CREATE VIEW local_warehouse.keys AS
  SELECT conrelid, conname, namespace.nspname, class.relname, class.relowner, local_warehouse.read_key(key.oid) AS key
  FROM pg_constraint AS key JOIN pg_class AS class ON class.oid = conrelid JOIN pg_namespace AS namespace ON namespace.oid = relnamespace
  WHERE contype = 'c' AND NOT conenforced AND local_warehouse.read_key(key.oid) IS NOT NULL;

-- What a foreign key refers to must be there, with a key of these columns. Names are those of the user's search path.
CREATE FUNCTION local_warehouse.check_keys() RETURNS event_trigger LANGUAGE plpgsql AS $$
DECLARE
  made record;
BEGIN
  FOR made IN
    SELECT key->>'table' AS target, to_regclass(key->>'table') AS relation, key->'targets' AS columns
    FROM pg_event_trigger_ddl_commands() AS ddl JOIN local_warehouse.keys ON conrelid = ddl.objid
    WHERE ddl.classid = 'pg_class'::regclass AND key ? 'table'
  LOOP
    IF made.relation IS NULL THEN
      RAISE EXCEPTION 'relation "%" does not exist', made.target USING ERRCODE = 'undefined_table';
    ELSIF NOT EXISTS (SELECT FROM local_warehouse.keys WHERE conrelid = made.relation AND NOT key ? 'table'
      AND (key->'columns' = made.columns OR jsonb_array_length(made.columns) = 0 AND key->>'kind' = 'PRIMARY KEY')) THEN
      RAISE EXCEPTION 'there is no unique constraint matching given keys for referenced table "%"', made.target
        USING ERRCODE = 'invalid_foreign_key';
    END IF;
  END LOOP;
END $$;
CREATE EVENT TRIGGER check_keys ON ddl_command_end WHEN TAG IN ('CREATE TABLE', 'ALTER TABLE')
  EXECUTE FUNCTION local_warehouse.check_keys();
GRANT SELECT ON local_warehouse.keys TO PUBLIC;

SET allow_system_table_mods = on;
ALTER VIEW information_schema.table_constraints RENAME TO table_constraints_of_postgresql;
CREATE VIEW information_schema.table_constraints AS
  SELECT current_database()::varchar(128) AS constraint_catalog, nspname::varchar(128) AS constraint_schema,
    conname::varchar(128) AS constraint_name, current_database()::varchar(128) AS table_catalog, nspname::varchar(128) AS table_schema,
    relname::varchar(128) AS table_name, (key->>'kind')::varchar(11) AS constraint_type, 'NO'::varchar(3) AS is_deferrable,
    'NO'::varchar(3) AS initially_deferred
  FROM local_warehouse.keys WHERE has_table_privilege(conrelid, 'INSERT, UPDATE, DELETE, REFERENCES');
ALTER VIEW information_schema.key_column_usage RENAME TO key_column_usage_of_postgresql;
CREATE VIEW information_schema.key_column_usage AS
  SELECT current_database()::varchar(128) AS constraint_catalog, nspname::varchar(128) AS constraint_schema,
    conname::varchar(128) AS constraint_name, current_database()::varchar(128) AS table_catalog, nspname::varchar(128) AS table_schema,
    relname::varchar(128) AS table_name, name::varchar(128) AS column_name, place::integer AS ordinal_position
  FROM local_warehouse.keys, jsonb_array_elements_text(key->'columns') WITH ORDINALITY AS parts (name, place)
  WHERE has_table_privilege(conrelid, 'SELECT, INSERT, UPDATE, REFERENCES');
GRANT SELECT ON information_schema.table_constraints, information_schema.key_column_usage TO PUBLIC;

-- https://docs.aws.amazon.com/redshift/latest/dg/r_PG_TABLE_DEF.html, r_SVV_TABLE_INFO.html. How a table is stored is not kept here.
CREATE VIEW pg_catalog.pg_table_def AS
  SELECT nspname AS schemaname, relname AS tablename, attname AS "column", format_type(atttypid, atttypmod)::varchar(128) AS type,
    'none'::varchar(32) AS encoding, false AS distkey, 0 AS sortkey, attnotnull AS notnull
  FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid JOIN pg_namespace ON pg_namespace.oid = relnamespace
  WHERE relkind = 'r' AND attnum > 0 AND NOT attisdropped AND nspname = ANY (current_schemas(false));
CREATE FUNCTION local_warehouse.count_rows(relation oid) RETURNS bigint LANGUAGE plpgsql STABLE AS $$
DECLARE
  counted bigint;
BEGIN
  EXECUTE format('SELECT count(*) FROM %s', relation::regclass) INTO counted;
  RETURN counted;
END $$;
CREATE VIEW pg_catalog.svv_table_info AS
  SELECT current_database()::varchar(128) AS database, nspname::varchar(128) AS schema, pg_class.oid AS table_id,
    relname::varchar(128) AS "table", 'N'::varchar(1) AS encoded, 'AUTO(ALL)'::varchar(13) AS diststyle,
    NULL::varchar(128) AS sortkey1, 0 AS sortkey_num, ceil(pg_table_size(pg_class.oid) / 1048576.0)::bigint AS size, 0::numeric(5,2) AS unsorted,
    0::numeric(5,2) AS stats_off, local_warehouse.count_rows(pg_class.oid)::numeric(38,0) AS tbl_rows
  FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
  WHERE relkind = 'r' AND relpersistence = 'p' AND nspname NOT IN ('pg_catalog', 'information_schema', 'local_warehouse')
    AND has_table_privilege(pg_class.oid, 'SELECT') AND pg_relation_size(pg_class.oid) > 0;
GRANT SELECT ON pg_catalog.pg_table_def, pg_catalog.svv_table_info TO PUBLIC;
RESET allow_system_table_mods;
