/*
The fence of a step: records that a load is applied, in the transaction that applies it.
The caller locks the step's fence table first, then calls this, then does the step's work.
Reads:  elt.<fence_table>, where loads sort by the time they were started; the staged tables, whose rows it counts: until
        the transaction ends, nobody can empty them under the step
Writes: elt.<fence_table> (one row a load)
Raises: ELT_DONE    when the load is recorded already: it was applied, and must not be again
        ELT_STALE   when a newer load is recorded: production holds that one
        ELT_STAGING when a staged table has not the rows that were verified: staging holds another load, half of one, or
        what a procedure has left of it
Safe to run again: yes. That is its purpose.
*/
CREATE OR REPLACE PROCEDURE elt.sp_fence(
  fence_table varchar(127),
  this_load varchar(80),
  this_load_started_at varchar(24),
  staged_rows varchar(65535),
  this_execution varchar(2048)
)
AS $$
DECLARE
  fence varchar(300) := 'elt.' || quote_ident(fence_table);
  found_rows bigint;
  entry varchar(300);
  staged_table varchar(300);
  entry_number integer := 1;
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

  -- staged_rows is a list: schema.table=rows,schema.table=rows, or none. No name holds a quote or one of these signs. In the place
  -- of rows, `consumed` fits no count: a step that comes late finds no rows of the load.
  entry := split_part(staged_rows, ',', entry_number);
  WHILE entry <> '' AND entry <> 'none' LOOP
    staged_table := split_part(entry, '=', 1);
    EXECUTE 'SELECT count(*) FROM "' || split_part(staged_table, '.', 1) || '"."'
      || split_part(staged_table, '.', 2) || '"' INTO found_rows;
    IF found_rows::varchar <> split_part(entry, '=', 2) THEN
      RAISE EXCEPTION 'ELT_STAGING: % has % rows, which are not those of load %', staged_table, found_rows, this_load;
    END IF;
    entry_number := entry_number + 1;
    entry := split_part(staged_rows, ',', entry_number);
  END LOOP;

  EXECUTE 'INSERT INTO ' || fence || ' (load_id, load_started_at, execution_arn, recorded_at) VALUES ('
    || quote_literal(this_load) || ', '
    || quote_literal(this_load_started_at) || ', '
    || quote_literal(this_execution) || ', getdate())';
END;
$$ LANGUAGE plpgsql;
