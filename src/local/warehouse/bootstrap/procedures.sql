-- What translated procedures call. Nothing here is Redshift's.
CREATE SCHEMA local_warehouse;
GRANT USAGE ON SCHEMA local_warehouse TO PUBLIC;

-- GETDATE of a statement in a procedure.
CREATE FUNCTION local_warehouse.getdate() RETURNS timestamp LANGUAGE sql VOLATILE
  RETURN date_trunc('second', clock_timestamp() AT TIME ZONE current_setting('timezone'));

-- The session says with a setting when a transaction block is open: then the caller owns the transaction.
CREATE FUNCTION local_warehouse.in_block() RETURNS boolean LANGUAGE sql STABLE
  RETURN coalesce(current_setting('local_warehouse.block', true), '') = 'on';

-- How many blocks with EXCEPTION are open: PostgreSQL runs them as subtransactions, in which nothing can be committed.
-- The setting is local to the (sub)transaction, so that an error takes it back.
CREATE FUNCTION local_warehouse.guards() RETURNS integer LANGUAGE sql STABLE
  RETURN coalesce(nullif(current_setting('local_warehouse.guards', true), ''), '0')::integer;

CREATE FUNCTION local_warehouse.enter_guard() RETURNS boolean LANGUAGE sql VOLATILE
  RETURN set_config('local_warehouse.guards', (local_warehouse.guards() + 1)::text, true) IS NOT NULL;

CREATE FUNCTION local_warehouse.leave_guard() RETURNS boolean LANGUAGE sql VOLATILE
  RETURN set_config('local_warehouse.guards', (local_warehouse.guards() - 1)::text, true) IS NOT NULL;

-- Whether a handler gets a transaction of its own.
CREATE FUNCTION local_warehouse.starts_over() RETURNS boolean LANGUAGE sql STABLE
  RETURN NOT local_warehouse.in_block() AND local_warehouse.guards() = 0;

-- Whether the transaction can be ended without anybody noticing: nothing is written, and nobody else owns it.
CREATE FUNCTION local_warehouse.may_drop_snapshot() RETURNS boolean LANGUAGE sql STABLE
  RETURN local_warehouse.starts_over() AND pg_current_xact_id_if_assigned() IS NULL;

-- What a procedure may not do: https://docs.aws.amazon.com/redshift/latest/dg/stored-procedure-constraints.html
-- Before a cursor is opened, also that of a FOR loop over a query. The transaction's end closes it, and forgets the setting.
CREATE FUNCTION local_warehouse.open_cursor() RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM pg_catalog.pg_cursors WHERE name <> '') THEN
    RAISE EXCEPTION 'opening multiple cursors from within the same client connection is not allowed.' USING ERRCODE = 'feature_not_supported';
  END IF;
  RETURN set_config('local_warehouse.cursor', 'open', true) IS NULL;
END $$;

-- At the beginning of each turn of a FOR loop over a query.
CREATE FUNCTION local_warehouse.cursor_is_closed() RETURNS boolean LANGUAGE sql STABLE
  RETURN coalesce(current_setting('local_warehouse.cursor', true), '') = '';

-- How many calls the statement is in: they are in the text that says where it is.
CREATE FUNCTION local_warehouse.calls() RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  context text;
BEGIN
  GET DIAGNOSTICS context = PG_CONTEXT;
  RETURN regexp_count(context, '^PL/pgSQL function .* at (CALL|EXECUTE)$', 1, 'n');
END $$;

-- Before a nested CALL.
CREATE FUNCTION local_warehouse.nest_call(is_nonatomic boolean) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  IF local_warehouse.calls() >= 15 THEN
    RAISE EXCEPTION 'stored procedure nesting limit exceeded: the maximum number of levels for nested calls is 16'
      USING ERRCODE = 'statement_too_complex';
  END IF;
  RETURN set_config('local_warehouse.caller', CASE WHEN is_nonatomic THEN 'nonatomic' ELSE 'default' END, true) IS NULL;
END $$;

-- NONATOMIC procedures: https://docs.aws.amazon.com/redshift/latest/dg/stored-procedure-transaction-management.html
-- A block with EXCEPTION is a subtransaction, in which nothing commits; nor does it in somebody else's transaction.
CREATE FUNCTION local_warehouse.begin_nonatomic(has_handler boolean) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  IF has_handler AND local_warehouse.in_block() OR local_warehouse.guards() > 0
    OR local_warehouse.calls() > 0 AND current_setting('local_warehouse.caller', true) = 'default' THEN
    RAISE EXCEPTION 'A NONATOMIC procedure % is not supported by the local warehouse: call it by itself', CASE
        WHEN local_warehouse.in_block() THEN 'with EXCEPTION in a transaction block'
        WHEN local_warehouse.guards() > 0 THEN 'called from a block with EXCEPTION'
        ELSE 'called from one in the default mode'
      END USING ERRCODE = 'feature_not_supported';
  END IF;
  RETURN false;
END $$;

CREATE FUNCTION local_warehouse.start_transaction() RETURNS boolean LANGUAGE sql VOLATILE
  RETURN set_config('local_warehouse.explicit', 'on', true) IS NULL;

CREATE FUNCTION local_warehouse.autocommits() RETURNS boolean LANGUAGE sql STABLE
  RETURN local_warehouse.starts_over() AND coalesce(current_setting('local_warehouse.explicit', true), '') = '';

-- Before what ends a transaction; the procedure itself has opened `own_guards` of the blocks with EXCEPTION.
CREATE FUNCTION local_warehouse.refuse_in_block(command text, own_guards integer) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  IF local_warehouse.in_block() THEN
    RAISE EXCEPTION '% cannot be invoked from a procedure that is executing in an atomic context.', command
      USING ERRCODE = 'invalid_transaction_termination', HINT =
        'Try calling the procedure as a top-level call i.e. not from within an explicit transaction block. '
        'Or, if this procedure (or one of its ancestors in the call chain) was created with SET config options, '
        'recreate the procedure without them.';
  END IF;
  IF local_warehouse.guards() > own_guards THEN
    RAISE EXCEPTION '% in a procedure called from a block with EXCEPTION is not supported by the local warehouse: '
      'test it on Redshift', command USING ERRCODE = 'feature_not_supported';
  END IF;
  RETURN false;
END $$;

-- EXECUTE: the text is sent to the session, which waits for its statement and listens; its answer comes back in a large
-- object, because that is what a transaction can read that was committed after its snapshot.
CREATE SEQUENCE local_warehouse.letter MINVALUE 1000000000 MAXVALUE 4000000000 CYCLE;

CREATE FUNCTION local_warehouse.read_letter(letter oid) RETURNS text LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog AS $$
DECLARE
  read_latest CONSTANT integer := 131072 + 262144;
  descriptor integer;
BEGIN
  descriptor := lo_open(letter, read_latest);
  RETURN convert_from(loread(descriptor, 16000000), 'UTF8');
EXCEPTION WHEN undefined_object THEN
  RETURN NULL;
END $$;

CREATE FUNCTION local_warehouse.next_letter() RETURNS oid LANGUAGE sql SECURITY DEFINER
  RETURN nextval('local_warehouse.letter')::oid;

CREATE FUNCTION local_warehouse.translate(command text, may_commit boolean, own_guards integer) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  letter oid := local_warehouse.next_letter();
  answer text;
BEGIN
  IF command IS NULL THEN
    RAISE EXCEPTION 'cannot EXECUTE a null querystring' USING ERRCODE = 'null_value_not_allowed';
  END IF;
  RAISE INFO USING ERRCODE = 'LW001', MESSAGE = command, DETAIL = letter::text;
  FOR attempt IN 1..20000 LOOP
    answer := local_warehouse.read_letter(letter);
    EXIT WHEN answer IS NOT NULL;
    PERFORM pg_sleep(CASE WHEN attempt < 50 THEN 0.0004 ELSE 0.002 END);
  END LOOP;
  IF answer IS NULL THEN
    RAISE EXCEPTION 'dynamic SQL needs a session of the local warehouse';
  ELSIF left(answer, 1) = 'E' THEN
    RAISE EXCEPTION '%', substr(answer, 7) USING ERRCODE = substr(answer, 2, 5);
  ELSIF left(answer, 1) = 'C' THEN
    IF NOT may_commit THEN
      RAISE EXCEPTION 'TRUNCATE in dynamic SQL is not supported by the local warehouse at this place: '
        'write it at the top level of the procedure' USING ERRCODE = 'feature_not_supported';
    END IF;
    PERFORM local_warehouse.refuse_in_block('TRUNCATE', own_guards);
  END IF;
  PERFORM set_config('local_warehouse.commits', left(answer, 1), true);
  RETURN substr(answer, 2);
END $$;

CREATE FUNCTION local_warehouse.dynamic_commits() RETURNS boolean LANGUAGE sql STABLE
  RETURN current_setting('local_warehouse.commits', true) = 'C';
