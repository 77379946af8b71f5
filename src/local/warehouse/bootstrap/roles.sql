-- Groups and roles: https://docs.aws.amazon.com/redshift/latest/dg/r_CREATE_GROUP.html, r_CREATE_ROLE.html
-- To PostgreSQL they are roles named "group x" and "role x" without a login, and roles belong to the whole server: only one that was
-- started for this warehouse gets some.
CREATE PROCEDURE local_warehouse.change_role(action text, name text, others text[]) LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
  other text;
BEGIN
  IF current_database() <> 'dev' THEN
    RAISE EXCEPTION 'A group or role on the server that LOCAL_PG_URL names is not supported by the local warehouse: leave LOCAL_PG_URL out'
      USING ERRCODE = 'feature_not_supported';
  ELSIF NOT pg_has_role(session_user, (SELECT datdba FROM pg_database WHERE datname = current_database()), 'USAGE') THEN
    RAISE EXCEPTION 'permission denied to % %', action, name USING ERRCODE = 'insufficient_privilege';
  END IF;
  CASE action
    WHEN 'create' THEN
      EXECUTE format('CREATE ROLE %I', name);
    WHEN 'drop' THEN
      EXECUTE format('DROP ROLE %I', name);
    WHEN 'rename' THEN
      EXECUTE format('ALTER ROLE %I RENAME TO %I', name, others[1]);
    ELSE
      NULL;
  END CASE;
  FOREACH other IN ARRAY others LOOP
    IF action IN ('create', 'add') THEN
      EXECUTE format('GRANT %I TO %I', name, other);
    ELSIF action = 'remove' THEN
      EXECUTE format('REVOKE %I FROM %I', name, other);
    END IF;
  END LOOP;
END $$;
