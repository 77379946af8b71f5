-- Views WITH NO SCHEMA BINDING: https://docs.aws.amazon.com/redshift/latest/dg/r_CREATE_VIEW.html
-- The query of such a view is kept as a text. PostgreSQL's view is made from it, anew whenever a statement makes, changes or drops
-- something that it reads, and depends on nothing. Where the text cannot be bound, reading the view says why.

CREATE TABLE local_warehouse.late_views (
  view oid PRIMARY KEY, columns text NOT NULL, query text NOT NULL, uses oid[] NOT NULL
);
GRANT SELECT ON local_warehouse.late_views TO PUBLIC;

CREATE FUNCTION local_warehouse.refuse_view(message text, state text, anyelement) RETURNS anyelement LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  RAISE EXCEPTION '%', message USING ERRCODE = state;
END $$;

-- A query with the columns that a view had, each of which fails when it is read.
CREATE FUNCTION local_warehouse.broken_query(view regclass, message text, state text) RETURNS text LANGUAGE sql STABLE
  RETURN (
    SELECT 'SELECT ' || coalesce(
      string_agg(format('local_warehouse.refuse_view(%L, %L, NULL::%4$s)::%4$s AS %3$I', message, state, attname,
        format_type(atttypid, atttypmod)), ', ' ORDER BY attnum),
      format('local_warehouse.refuse_view(%L, %L, NULL::integer) AS "?column?"', message, state))
    FROM pg_attribute WHERE attrelid = view AND attnum > 0 AND NOT attisdropped
  );

-- Keeps the text, and takes away what PostgreSQL knows about the view's tables and functions.
CREATE FUNCTION local_warehouse.keep_view(made regclass, view_columns text, view_query text) RETURNS void LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  rule CONSTANT oid := (SELECT oid FROM pg_rewrite WHERE ev_class = made);
  uses CONSTANT oid[] := ARRAY(SELECT DISTINCT refobjid FROM pg_depend WHERE objid = rule AND refobjid <> made
    AND refclassid IN ('pg_class'::regclass, 'pg_proc'::regclass));
BEGIN
  DELETE FROM pg_depend WHERE classid = 'pg_rewrite'::regclass AND objid = rule AND refobjid = ANY (uses);
  INSERT INTO local_warehouse.late_views VALUES (made, view_columns, view_query, uses)
    ON CONFLICT (view) DO UPDATE SET columns = excluded.columns, query = excluded.query, uses = excluded.uses;
END $$;

-- Gives a view that was made again its owner and its grants.
CREATE FUNCTION local_warehouse.restore_grants(made regclass, owner oid, grants aclitem[]) RETURNS void LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  EXECUTE format('ALTER VIEW %s OWNER TO %s', made, owner::regrole);
  UPDATE pg_class SET relacl = grants WHERE oid = made;
END $$;

-- Makes a view from its text and returns NULL; where the text cannot be bound, makes one that fails, and returns why.
CREATE FUNCTION local_warehouse.bind_view(name text, view_columns text, view_query text) RETURNS text LANGUAGE plpgsql
  SET search_path = '' AS $$
DECLARE
  message text;
  state text;
BEGIN
  BEGIN
    EXECUTE format('CREATE OR REPLACE VIEW %s %s AS %s', name, view_columns, view_query);
    RETURN NULL;
  EXCEPTION WHEN syntax_error THEN
    RAISE;
  WHEN syntax_error_or_access_rule_violation OR invalid_schema_name THEN
    GET STACKED DIAGNOSTICS message = MESSAGE_TEXT, state = RETURNED_SQLSTATE;
  END;
  -- A view whose columns are others than they were cannot be replaced.
  IF state = '42P16' AND to_regclass(name) IS NOT NULL THEN
    BEGIN
      EXECUTE format('DROP VIEW %s', name);
      EXECUTE format('CREATE VIEW %s %s AS %s', name, view_columns, view_query);
      RETURN NULL;
    EXCEPTION WHEN dependent_objects_still_exist THEN
      message := format('the columns of view %s have changed, and views that are bound to it must be made again', name);
    END;
  END IF;
  EXECUTE format('CREATE OR REPLACE VIEW %s AS %s', name, local_warehouse.broken_query(to_regclass(name), message, state));
  RETURN message;
END $$;

-- Views that are being made are not made again by what that changes.
CREATE FUNCTION local_warehouse.is_being_made(view oid) RETURNS boolean LANGUAGE sql STABLE
  RETURN view::text = ANY (string_to_array(current_setting('local_warehouse.views_being_made', true), ','));

CREATE FUNCTION local_warehouse.make_view(name text, view_columns text, view_query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  old CONSTANT oid := to_regclass(name);
  owner CONSTANT oid := (SELECT relowner FROM pg_class WHERE oid = old);
  grants CONSTANT aclitem[] := (SELECT relacl FROM pg_class WHERE oid = old);
  others CONSTANT text := coalesce(current_setting('local_warehouse.views_being_made', true), '');
  message text;
BEGIN
  PERFORM set_config('local_warehouse.views_being_made', concat_ws(',', others, old), true);
  message := local_warehouse.bind_view(name, view_columns, view_query);
  IF to_regclass(name) <> old THEN
    PERFORM local_warehouse.restore_grants(to_regclass(name), owner, grants);
  END IF;
  PERFORM local_warehouse.keep_view(to_regclass(name), view_columns, view_query);
  PERFORM set_config('local_warehouse.views_being_made', others, true);
  RETURN message;
END $$;

-- A view is made again when something that it reads has been changed or dropped, or something has come that it names.
CREATE FUNCTION local_warehouse.remake_views() RETURNS event_trigger LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog AS $$
DECLARE
  changed oid[];
  names text;
  late record;
BEGIN
  IF NOT EXISTS (SELECT FROM local_warehouse.late_views) THEN
    RETURN;
  END IF;
  IF TG_EVENT = 'sql_drop' THEN
    SELECT array_agg(objid) INTO changed FROM pg_event_trigger_dropped_objects();
  ELSE
    SELECT array_agg(objid), E'\\m(' || string_agg(regexp_replace(coalesce(relname, nspname, proname), E'\\W', '.', 'g'), '|') || E')\\M'
    INTO changed, names
    FROM pg_event_trigger_ddl_commands() AS ddl
    LEFT JOIN pg_class ON classid = 'pg_class'::regclass AND pg_class.oid = objid
    LEFT JOIN pg_namespace ON classid = 'pg_namespace'::regclass AND pg_namespace.oid = objid
    LEFT JOIN pg_proc ON classid = 'pg_proc'::regclass AND pg_proc.oid = objid;
  END IF;
  IF TG_EVENT = 'sql_drop' OR TG_TAG = 'CREATE VIEW' THEN
    DELETE FROM local_warehouse.late_views
      WHERE view = ANY (changed) AND (TG_EVENT = 'sql_drop' OR local_warehouse.is_being_made(view) IS NOT TRUE);
  END IF;
  FOR late IN
    SELECT format('%I.%I', nspname, relname) AS name, columns, query
    FROM local_warehouse.late_views JOIN pg_class ON pg_class.oid = view JOIN pg_namespace ON pg_namespace.oid = relnamespace
    WHERE view <> ALL (changed) AND (uses && changed OR query ~* names) AND local_warehouse.is_being_made(view) IS NOT TRUE
  LOOP
    PERFORM local_warehouse.make_view(late.name, late.columns, late.query);
  END LOOP;
END $$;
CREATE EVENT TRIGGER remake_views ON ddl_command_end
  WHEN TAG IN ('CREATE TABLE', 'CREATE TABLE AS', 'SELECT INTO', 'ALTER TABLE', 'CREATE VIEW', 'ALTER VIEW', 'CREATE SCHEMA',
    'ALTER SCHEMA', 'CREATE MATERIALIZED VIEW', 'CREATE FUNCTION')
  EXECUTE FUNCTION local_warehouse.remake_views();
CREATE EVENT TRIGGER remake_views_that_lose ON sql_drop EXECUTE FUNCTION local_warehouse.remake_views();

-- CREATE [OR REPLACE] VIEW … WITH NO SCHEMA BINDING. The view is made in `schema` if its name has none.
CREATE PROCEDURE local_warehouse.create_late_view(schema text, name text, columns text, query text, replaces boolean)
  LANGUAGE plpgsql SET search_path = pg_catalog AS $$
DECLARE
  view CONSTANT text := CASE cardinality(parse_ident(name)) WHEN 1 THEN format('%I.%s', schema, trim(name)) ELSE trim(name) END;
  missing text[];
BEGIN
  IF NOT replaces AND to_regclass(view) IS NOT NULL THEN
    RAISE EXCEPTION 'relation "%" already exists', (parse_ident(view))[2] USING ERRCODE = 'duplicate_table';
  END IF;
  missing := regexp_match(local_warehouse.make_view(view, columns, query), '^relation "(?:([^".]*)[.])?[^".]*" does not exist');
  IF missing IS NULL THEN
    RETURN;
  ELSIF missing[1] IS NULL THEN
    RAISE EXCEPTION 'All the relation names inside should be qualified when creating VIEW WITH NO SCHEMA BINDING.'
      USING ERRCODE = 'invalid_table_definition';
  ELSIF to_regnamespace(quote_ident(missing[1])) IS NULL THEN
    RAISE EXCEPTION 'schema "%" does not exist', missing[1] USING ERRCODE = 'invalid_schema_name';
  END IF;
END $$;

-- https://docs.aws.amazon.com/redshift/latest/dg/PG_GET_LATE_BINDING_VIEW_COLS.html
CREATE FUNCTION pg_catalog.pg_get_late_binding_view_cols() RETURNS SETOF record LANGUAGE sql STABLE
BEGIN ATOMIC
  SELECT nspname, relname, attname, format_type(atttypid, atttypmod)::varchar, attnum::integer
  FROM local_warehouse.late_views
  JOIN pg_class ON pg_class.oid = view JOIN pg_namespace ON pg_namespace.oid = relnamespace
  JOIN pg_attribute ON attrelid = view AND attnum > 0 AND NOT attisdropped;
END;
