-- Procedures and functions are found by the types of what is passed: on Redshift OUT parameters are no part of the signature, here
-- they are INOUT parameters with a default. https://docs.aws.amazon.com/redshift/latest/dg/r_DROP_PROCEDURE.html

-- The routine of that name whose input parameters, or all parameters, have these types; NULL when there is none.
CREATE FUNCTION local_warehouse.find_routine(kind text, name text, inputs text[], types text[]) RETURNS oid LANGUAGE sql STABLE AS $$
  SELECT proc.oid
  FROM pg_proc AS proc, parse_ident(name) AS part
  WHERE proc.proname = part[cardinality(part)] AND proc.prokind = CASE kind WHEN 'PROCEDURE' THEN 'p' ELSE 'f' END
    AND CASE cardinality(part) WHEN 1 THEN pg_function_is_visible(proc.oid) ELSE pronamespace = to_regnamespace(quote_ident(part[1])) END
    AND ((string_to_array(proargtypes::text, ' ')::oid[])[:pronargs - pronargdefaults] = ARRAY(SELECT to_regtype(t)::oid FROM unnest(inputs) AS t)
      OR types IS NOT NULL AND string_to_array(proargtypes::text, ' ')::oid[] = ARRAY(SELECT to_regtype(t)::oid FROM unnest(types) AS t))
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
    found := array_append(found, id::regprocedure::text);
  END LOOP;
  EXECUTE concat_ws(' ', head, array_to_string(found, ', '), tail);
END $$;

-- CREATE OR REPLACE may rename parameters, which PostgreSQL refuses: the old procedure forgets their names. What it returns stays as it is, and
-- OUT parameters make no other procedure: https://docs.aws.amazon.com/redshift/latest/dg/stored-procedure-naming.html
-- The note stands before the statement.
CREATE FUNCTION local_warehouse.replace_procedure() RETURNS event_trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
  note json := nullif(regexp_substr(current_query(), '^/[*] [0-9]+ [*]/ /[*] makes (.*) [*]/ CREATE ', 1, 1, 'e'), '');
  new record;
  old record;
BEGIN
  SELECT * INTO new FROM json_to_record(note) AS r (name text, replaces boolean, inputs text[], types text[], modes "char"[]);
  SELECT * INTO old FROM pg_proc WHERE oid = local_warehouse.find_routine('PROCEDURE', new.name, new.inputs, NULL);
  IF old.oid IS NULL OR NOT pg_has_role(session_user, old.proowner, 'USAGE') THEN
    RETURN;
  ELSIF NOT new.replaces THEN
    RAISE EXCEPTION 'procedure "%" already exists with same argument types', old.proname USING ERRCODE = 'duplicate_function';
  ELSIF string_to_array(old.proargtypes::text, ' ')::oid[] <> ARRAY(SELECT to_regtype(t)::oid FROM unnest(new.types) AS t)
    OR old.proargmodes <> new.modes OR (old.proargmodes IS NULL) <> ('b' <> ALL (new.modes)) THEN
    RAISE EXCEPTION 'cannot change return type of existing procedure'
      USING ERRCODE = 'invalid_function_definition', HINT = 'Use DROP PROCEDURE first.';
  END IF;
  UPDATE pg_proc SET proargnames = CASE WHEN proargmodes IS NULL THEN NULL ELSE note_names END
  FROM (SELECT ARRAY(SELECT json_array_elements_text(note -> 'names')) AS note_names) AS names
  WHERE oid = old.oid;
END $$;

CREATE EVENT TRIGGER replace_procedure ON ddl_command_start WHEN TAG IN ('CREATE PROCEDURE')
  EXECUTE FUNCTION local_warehouse.replace_procedure();
