/*
The fence of a step: records that a load is applied, in the transaction that applies it.
The caller locks the step's fence table first, then calls this, then does the step's work.
Reads:  elt.<fence_table>, where loads sort by the time they were started
Writes: elt.<fence_table> (one row a load)
Raises: ELT_DONE  when the load is recorded already: it was applied, and must not be again
        ELT_STALE when a newer load is recorded: staging holds that one now, or production does
Safe to run again: yes. That is its purpose.
*/
CREATE OR REPLACE PROCEDURE elt.sp_fence(
  fence_table varchar(127),
  this_load varchar(80),
  this_load_started_at varchar(24),
  this_execution varchar(2048)
)
AS $$
DECLARE
  fence varchar(300) := 'elt.' || quote_ident(fence_table);
  found_rows integer;
BEGIN
  EXECUTE 'SELECT count(*) FROM ' || fence || ' WHERE load_id = ' || quote_literal(this_load) INTO found_rows;
  IF found_rows > 0 THEN
    RAISE EXCEPTION 'ELT_DONE: load % is recorded in %', this_load, fence;
  END IF;

  EXECUTE 'SELECT count(*) FROM ' || fence || ' WHERE load_started_at > ' || quote_literal(this_load_started_at)
    INTO found_rows;
  IF found_rows > 0 THEN
    RAISE EXCEPTION 'ELT_STALE: a newer load than % is recorded in %', this_load, fence;
  END IF;

  EXECUTE 'INSERT INTO ' || fence || ' (load_id, load_started_at, execution_arn, recorded_at) VALUES ('
    || quote_literal(this_load) || ', '
    || quote_literal(this_load_started_at) || ', '
    || quote_literal(this_execution) || ', getdate())';
END;
$$ LANGUAGE plpgsql;
