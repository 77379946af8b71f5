-- Procedures and functions are found by the types of what is passed: on Redshift OUT parameters are no part of the signature, here
-- they are INOUT parameters with a default. https://docs.aws.amazon.com/redshift/latest/dg/r_DROP_PROCEDURE.html

-- The routine of that name whose input parameters, or all parameters, have these types; NULL when there is none.
CREATE FUNCTION local_warehouse.find_routine(kind text, name text, inputs text[], types text[]) RETURNS oid LANGUAGE sql STABLE AS $$
  SELECT proc.oid
  FROM pg_proc AS proc, parse_ident(name) AS part
  WHERE proc.proname = part[cardinality(part)] AND proc.prokind = CASE kind WHEN 'PROCEDURE' THEN 'p' ELSE 'f' END
    AND CASE cardinality(part) WHEN 1 THEN pg_function_is_visible(proc.oid) ELSE pronamespace = to_regnamespace(quote_ident(part[1])) END
    AND ((string_to_array(proargtypes::text, ' ')::oid[])[:pronargs - pronargdefaults] = ARRAY(SELECT to_regtype(t)::oid FROM unnest(inputs) AS t)
      OR string_to_array(proargtypes::text, ' ')::oid[] = ARRAY(SELECT to_regtype(t)::oid FROM unnest(types) AS t))
  ORDER BY pronargdefaults DESC
  LIMIT 1
$$;

CREATE PROCEDURE local_warehouse.on_routines(kind text, head text, routines json, tail text) LANGUAGE plpgsql AS $$
DECLARE
  routine record;
  found text[];
  id oid;
BEGIN
  FOR routine IN SELECT * FROM json_to_recordset(routines) AS r (name text, inputs text[], types text[]) LOOP
    id := local_warehouse.find_routine(kind, routine.name, routine.inputs, routine.types);
    IF id IS NULL THEN
      RAISE EXCEPTION '% %(%) does not exist', lower(kind), routine.name, array_to_string(routine.inputs, ', ')
        USING ERRCODE = 'undefined_function';
    END IF;
    found := found || id::regprocedure::text;
  END LOOP;
  EXECUTE concat_ws(' ', head, array_to_string(found, ', '), tail);
END $$;

-- CREATE OR REPLACE may rename parameters and change those that are OUT; PostgreSQL wants the old one to be dropped. Instead the old one
-- gets the new parameters before it is replaced: it keeps its owner and privileges. The note stands before the statement.
CREATE FUNCTION local_warehouse.replace_procedure() RETURNS event_trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
  note json := substring(current_query() FROM '^/[*] [0-9]+ [*]/ /[*] replaces (.*) [*]/ CREATE OR REPLACE PROCEDURE ');
  new record;
BEGIN
  IF note IS NULL THEN
    RETURN;
  END IF;
  SELECT * INTO new FROM json_to_record(note) AS r (name text, inputs text[], types text[], names text[], modes "char"[]);
  UPDATE pg_proc SET pronargs = cardinality(new.types), pronargdefaults = 0, proargdefaults = NULL,
    proargtypes = array_to_string(ids, ' ')::oidvector, proargnames = CASE WHEN new.types <> '{}' THEN new.names END,
    prorettype = CASE WHEN has_result THEN 'record'::regtype ELSE 'void'::regtype END,
    proallargtypes = CASE WHEN has_result THEN ids END, proargmodes = CASE WHEN has_result THEN new.modes END
  FROM (SELECT ARRAY(SELECT to_regtype(t)::oid FROM unnest(new.types) AS t) AS ids, 'b' = ANY (new.modes) AS has_result) AS parameters
  WHERE oid = local_warehouse.find_routine('PROCEDURE', new.name, new.inputs, new.types) AND pg_has_role(session_user, proowner, 'USAGE');
END $$;

CREATE EVENT TRIGGER replace_procedure ON ddl_command_start WHEN TAG IN ('CREATE PROCEDURE')
  EXECUTE FUNCTION local_warehouse.replace_procedure();
