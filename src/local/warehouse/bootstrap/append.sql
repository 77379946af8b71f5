-- ALTER TABLE … APPEND moves the rows of a table: https://docs.aws.amazon.com/redshift/latest/dg/r_ALTER_TABLE_APPEND.html
CREATE PROCEDURE local_warehouse.append_table(target regclass, source regclass, option text) LANGUAGE plpgsql AS $$
DECLARE
  pair record;
  columns text;
BEGIN
  FOR pair IN
    SELECT coalesce(new.attname, old.attname) AS name, new.attname IS NULL AS is_extra, old.attname IS NULL AS is_missing,
      new.attidentity = 'a' OR old.attidentity = 'a' AS is_identity,
      (new.atttypid, new.atttypmod, new.attnotnull) IS DISTINCT FROM (old.atttypid, old.atttypmod, old.attnotnull) AS differs
    FROM (SELECT * FROM pg_attribute WHERE attrelid = target AND attnum > 0 AND NOT attisdropped) AS new
    FULL JOIN (SELECT * FROM pg_attribute WHERE attrelid = source AND attnum > 0 AND NOT attisdropped) AS old USING (attname)
  LOOP
    IF pair.is_extra AND option <> 'ignoreextra' OR pair.is_missing AND option <> 'filltarget' THEN
      RAISE EXCEPTION 'column "%" is in one of the tables only: use IGNOREEXTRA or FILLTARGET', pair.name USING ERRCODE = 'datatype_mismatch';
    ELSIF NOT pair.is_extra AND NOT pair.is_missing AND (pair.differs OR pair.is_identity) THEN
      RAISE EXCEPTION 'column "%" cannot be appended: it is an identity, or not the same in both tables', pair.name
        USING ERRCODE = 'datatype_mismatch';
    ELSIF NOT pair.is_extra AND NOT pair.is_missing THEN
      columns := concat_ws(', ', columns, quote_ident(pair.name));
    END IF;
  END LOOP;
  EXECUTE format('INSERT INTO %s (%s) SELECT %s FROM %s', target, columns, columns, source);
  EXECUTE format('DELETE FROM %s', source);
END $$;
