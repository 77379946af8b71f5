-- What holds for every table: VARCHAR(n) counts bytes, writers of one table wait for each other, and what they write is noted.

CREATE FUNCTION local_warehouse.refuse_length(type text, size integer) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'value too long for type %(%)', type, size USING ERRCODE = 'string_data_right_truncation';
END $$;

CREATE FUNCTION local_warehouse.wait_for_writers() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(TG_RELID::bigint);
  PERFORM set_config('local_warehouse.before_' || TG_OP, local_warehouse.changed_rows(TG_RELID, TG_OP)::text, true);
  RETURN NULL;
END $$;

-- One ALTER TABLE for all columns of a table: it fires the trigger below again, which then finds nothing to do.
CREATE FUNCTION local_warehouse.limit_bytes(relation oid) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  changes text;
BEGIN
  SELECT string_agg(
    CASE WHEN old IS NULL THEN '' ELSE format('DROP CONSTRAINT %I, ', name) END
    || format('ADD CONSTRAINT %I CHECK (CASE WHEN octet_length(%I) > %s THEN local_warehouse.refuse_length(%L, %s) ELSE true END) NOT VALID',
      name, attname, size, type, size), ', ')
  INTO changes
  FROM (
    SELECT attname, atttypmod - 4 AS size, atttypid::regtype::text AS type, 'bytes_' || attnum AS name,
      (SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = relation AND conname = 'bytes_' || attnum) AS old
    FROM pg_attribute
    WHERE attrelid = relation AND attnum > 0 AND NOT attisdropped
      AND atttypid IN ('varchar'::regtype, 'bpchar'::regtype) AND atttypmod > 4
  ) AS columns
  WHERE old IS NULL OR old NOT LIKE '%, ' || size || ')%';
  IF changes IS NOT NULL THEN
    EXECUTE format('ALTER TABLE %s %s', relation::regclass, changes);
  END IF;
END $$;

CREATE FUNCTION local_warehouse.complete_table() RETURNS event_trigger LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog AS $$
DECLARE
  made record;
BEGIN
  FOR made IN
    SELECT DISTINCT ddl.objid, ddl.command_tag, class.relpersistence
    FROM pg_event_trigger_ddl_commands() AS ddl
    JOIN pg_class AS class ON class.oid = ddl.objid AND class.relkind = 'r'
    WHERE ddl.classid = 'pg_class'::regclass
  LOOP
    PERFORM local_warehouse.limit_bytes(made.objid);
    IF made.relpersistence <> 't' AND made.command_tag IN ('CREATE TABLE AS', 'SELECT INTO') THEN
      PERFORM local_warehouse.note_new_table(made.objid);
    END IF;
    CONTINUE WHEN made.relpersistence = 't'
      OR EXISTS (SELECT FROM pg_trigger WHERE tgrelid = made.objid AND tgname = 'wait_for_writers');
    EXECUTE format('CREATE TRIGGER wait_for_writers BEFORE INSERT OR UPDATE OR DELETE ON %s '
      'FOR EACH STATEMENT EXECUTE FUNCTION local_warehouse.wait_for_writers()', made.objid::regclass);
    EXECUTE format('CREATE TRIGGER note_change AFTER INSERT OR UPDATE OR DELETE ON %s '
      'FOR EACH STATEMENT EXECUTE FUNCTION local_warehouse.note_change()', made.objid::regclass);
  END LOOP;
END $$;

CREATE EVENT TRIGGER complete_table ON ddl_command_end
  WHEN TAG IN ('CREATE TABLE', 'CREATE TABLE AS', 'SELECT INTO', 'ALTER TABLE')
  EXECUTE FUNCTION local_warehouse.complete_table();
