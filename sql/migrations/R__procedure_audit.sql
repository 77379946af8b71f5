/*
The judgement of a step's audits: the last statement of the step's transaction. Each audit before it has left what it found.
Reads:  elt.<audit_table>, what the audits of this load have found; elt.<fence_table>, for the load that production shows
Writes: nothing
Raises: ELT_AUDIT when an audit found wrong rows and its severity is fail. It names each of them, with its count, and the load
        that readers go on to see. The transaction is rolled back: nobody sees a row of it.
Safe to run again: yes.
*/
CREATE OR REPLACE PROCEDURE elt.sp_audit(
  audit_table varchar(127),
  fence_table varchar(127),
  this_load varchar(80)
)
AS $$
DECLARE
  failed varchar(400) := 'FROM elt.' || quote_ident(audit_table) || ' WHERE load_id = ' || quote_literal(this_load)
    || ' AND severity = ' || quote_literal('fail') || ' AND wrong_rows > 0';
  failures bigint;
  failure bigint := 0;
  audit_name varchar(2000);
  wrong bigint;
  counted bigint;
  counted_last bigint;
  findings varchar(65535) := '';
  shown varchar(24);
BEGIN
  EXECUTE 'SELECT count(*) ' || failed INTO failures;
  IF failures = 0 THEN
    RETURN;
  END IF;

  WHILE failure < failures AND failure < 10 LOOP
    EXECUTE 'SELECT audit, wrong_rows, counted_rows, counted_before ' || failed || ' ORDER BY audit LIMIT 1 OFFSET ' || failure
      INTO audit_name, wrong, counted, counted_last;
    findings := findings || '"' || audit_name || '": ';
    IF counted IS NULL THEN
      findings := findings || wrong || CASE WHEN wrong = 1 THEN ' wrong row; ' ELSE ' wrong rows; ' END;
    ELSIF counted_last IS NULL THEN
      findings := findings || counted || ' rows, and no load before to compare with; ';
    ELSE
      findings := findings || counted || ' rows, ' || counted_last || ' in the load before; ';
    END IF;
    failure := failure + 1;
  END LOOP;
  IF failures > failure THEN
    findings := findings || failures - failure || ' more; ';
  END IF;

  EXECUTE 'SELECT max(load_started_at) FROM elt.' || quote_ident(fence_table) || ' WHERE load_id <> ' || quote_literal(this_load)
    INTO shown;
  IF shown IS NULL THEN
    RAISE EXCEPTION 'ELT_AUDIT: %nothing was published, and no load was published before', findings;
  END IF;
  RAISE EXCEPTION 'ELT_AUDIT: %nothing was published: production still shows the load of %', findings, shown;
END;
$$ LANGUAGE plpgsql;
