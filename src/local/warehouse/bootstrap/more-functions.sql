-- JSON in texts: https://docs.aws.amazon.com/redshift/latest/dg/json-functions.html
ALTER FUNCTION pg_catalog.json_extract_path_text(json, text[]) RENAME TO json_path_text;
ALTER FUNCTION pg_catalog.json_array_length(json) RENAME TO json_length;

CREATE FUNCTION local_warehouse.read_json(source text, null_if_invalid boolean) RETURNS json LANGUAGE plpgsql IMMUTABLE STRICT AS $$
BEGIN
  RETURN source::json;
EXCEPTION WHEN invalid_text_representation THEN
  IF null_if_invalid THEN
    RETURN NULL;
  END IF;
  RAISE EXCEPTION 'invalid json object %', source USING ERRCODE = 'invalid_text_representation';
END $$;
CREATE FUNCTION local_warehouse.json_array(source text, null_if_invalid boolean) RETURNS json LANGUAGE plpgsql IMMUTABLE STRICT AS $$
BEGIN
  IF null_if_invalid AND NOT is_valid_json_array(source) THEN
    RETURN NULL;
  ELSIF NOT is_valid_json_array(source) THEN
    RAISE EXCEPTION 'invalid json array object %', source USING ERRCODE = 'invalid_text_representation';
  END IF;
  RETURN source::json;
END $$;
CREATE FUNCTION pg_catalog.is_valid_json(text) RETURNS boolean LANGUAGE sql IMMUTABLE STRICT
  RETURN $1 IS JSON OBJECT;
CREATE FUNCTION pg_catalog.is_valid_json_array(text) RETURNS boolean LANGUAGE sql IMMUTABLE STRICT
  RETURN $1 IS JSON ARRAY;
CREATE FUNCTION pg_catalog.json_array_length(text, null_if_invalid boolean DEFAULT false) RETURNS integer LANGUAGE sql IMMUTABLE STRICT
  RETURN json_length(local_warehouse.json_array($1, $2));
CREATE FUNCTION pg_catalog.json_extract_array_element_text(text, integer, null_if_invalid boolean DEFAULT false) RETURNS text
  LANGUAGE sql IMMUTABLE STRICT
  RETURN CASE WHEN $2 >= 0 THEN local_warehouse.json_array($1, $3) ->> $2 END;
-- One for each number of elements, because behind them NULL_IF_INVALID may stand.
DO $$
DECLARE
  places text;
BEGIN
  FOR elements IN 1..6 LOOP
    SELECT string_agg('$' || place, ', ') INTO places FROM generate_series(2, elements + 1) AS place;
    EXECUTE format('CREATE FUNCTION pg_catalog.json_extract_path_text(text%s) RETURNS text LANGUAGE sql IMMUTABLE STRICT '
      'RETURN json_path_text(local_warehouse.read_json($1, false), %s)', repeat(', text', elements), places);
    EXECUTE format('CREATE FUNCTION pg_catalog.json_extract_path_text(text%s, boolean) RETURNS text LANGUAGE sql IMMUTABLE STRICT '
      'RETURN json_path_text(local_warehouse.read_json($1, $%s), %s)', repeat(', text', elements), elements + 2, places);
  END LOOP;
END $$;

-- Dates: https://docs.aws.amazon.com/redshift/latest/dg/r_MONTHS_BETWEEN_function.html, r_NEXT_DAY.html
CREATE FUNCTION pg_catalog.months_between(timestamp, timestamp) RETURNS double precision LANGUAGE sql IMMUTABLE STRICT
  RETURN (SELECT months + CASE WHEN extract(day FROM $1) = extract(day FROM $2)
      OR ($1::date = last_day($1) AND $2::date = last_day($2)) THEN 0
    ELSE (extract(epoch FROM $1 - date_trunc('month', $1)) - extract(epoch FROM $2 - date_trunc('month', $2))) / (31 * 86400) END
    FROM (SELECT datediff('month', $2, $1) AS months) AS whole);
CREATE FUNCTION pg_catalog.next_day(timestamp, text) RETURNS date LANGUAGE plpgsql IMMUTABLE STRICT AS $$
DECLARE
  day integer := strpos('su mo tu we th fr sa ', lower(left($2, 2)) || ' ') / 3;
BEGIN
  IF strpos('sunday monday tuesday wednesday thursday friday saturday', lower(trim($2))) = 0 OR length(trim($2)) < 2 THEN
    RAISE EXCEPTION 'invalid day of the week: %', $2 USING ERRCODE = 'invalid_parameter_value';
  END IF;
  RETURN $1::date + 1 + (day - extract(dow FROM $1::date + 1)::integer + 7) % 7;
END $$;

CREATE FUNCTION pg_catalog.datediff(text, time, time) RETURNS bigint LANGUAGE sql IMMUTABLE STRICT
  RETURN datediff($1, timestamp 'epoch' + $2, timestamp 'epoch' + $3);

-- Parts are counted from the left only: https://docs.aws.amazon.com/redshift/latest/dg/SPLIT_PART.html
ALTER FUNCTION pg_catalog.split_part(text, text, integer) RENAME TO split_any_part;
CREATE FUNCTION pg_catalog.split_part(text, text, integer) RETURNS text LANGUAGE sql IMMUTABLE STRICT
  RETURN split_any_part($1, $2, greatest($3, 0));
CREATE FUNCTION pg_catalog.octetindex(text, text) RETURNS integer LANGUAGE sql IMMUTABLE STRICT
  RETURN position(convert_to($1, 'UTF8') IN convert_to($2, 'UTF8'));

-- Checksums. CRC32 is of the polynomial CRC-32C: https://docs.aws.amazon.com/redshift/latest/dg/crc32-function.html
CREATE FUNCTION pg_catalog.crc32(text) RETURNS text LANGUAGE sql IMMUTABLE STRICT
  RETURN lpad(to_hex(crc32c(convert_to($1, 'UTF8'))), 8, '0');
CREATE FUNCTION pg_catalog.sha1(text) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT AS $$
DECLARE
  whole constant bigint := 4294967295;
  bytes bytea := convert_to($1, 'UTF8');
  size bigint := octet_length(bytes);
  words bigint[];
  h bigint[] := ARRAY[1732584193, 4023233417, 2562383102, 271733878, 3285377520];
  s bigint[];
  mixed bigint;
  added bigint;
BEGIN
  -- FIPS 180-4, 5.1.1 and 6.1: a bit, zeros, the length; then 80 rounds over each block of 64 bytes.
  bytes := bytes || decode('80', 'hex') || decode(repeat('00', ((119 - size % 64) % 64)::integer), 'hex') || int8send(size * 8);
  FOR block IN 0 .. octet_length(bytes) / 64 - 1 LOOP
    FOR i IN 0..79 LOOP
      IF i < 16 THEN
        words[i] := ('x' || encode(substring(bytes FROM block * 64 + i * 4 + 1 FOR 4), 'hex'))::bit(32)::bigint;
      ELSE
        mixed := words[i - 3] # words[i - 8] # words[i - 14] # words[i - 16];
        words[i] := ((mixed << 1) & whole) | (mixed >> 31);
      END IF;
    END LOOP;
    s := h;
    FOR i IN 0..79 LOOP
      added := CASE i / 20
        WHEN 0 THEN ((s[2] & s[3]) | ((whole # s[2]) & s[4])) + 1518500249
        WHEN 1 THEN (s[2] # s[3] # s[4]) + 1859775393
        WHEN 2 THEN ((s[2] & s[3]) | (s[2] & s[4]) | (s[3] & s[4])) + 2400959708
        ELSE (s[2] # s[3] # s[4]) + 3395469782 END;
      added := (((s[1] << 5) & whole) | (s[1] >> 27)) + added + s[5] + words[i];
      s := ARRAY[added & whole, s[1], ((s[2] << 30) & whole) | (s[2] >> 2), s[3], s[4]];
    END LOOP;
    FOR i IN 1..5 LOOP
      h[i] := (h[i] + s[i]) & whole;
    END LOOP;
  END LOOP;
  RETURN (SELECT string_agg(lpad(to_hex(word), 8, '0'), '' ORDER BY place) FROM unnest(h) WITH ORDINALITY AS parts (word, place));
END $$;
CREATE FUNCTION pg_catalog.sha(text) RETURNS text LANGUAGE sql IMMUTABLE STRICT RETURN sha1($1);
CREATE FUNCTION pg_catalog.func_sha1(text) RETURNS text LANGUAGE sql IMMUTABLE STRICT RETURN sha1($1);
CREATE FUNCTION local_warehouse.murmur_mix(word bigint) RETURNS bigint LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  word := (word * 3432918353::numeric % 4294967296)::bigint;
  word := ((word << 15) & 4294967295) | (word >> 17);
  RETURN (word * 461845907::numeric % 4294967296)::bigint;
END $$;
-- MurmurHash3_x86_32: words of four bytes, the lowest first, and what is left of them.
CREATE FUNCTION pg_catalog.murmur3_32_hash(value text, seed bigint DEFAULT 0) RETURNS integer LANGUAGE plpgsql IMMUTABLE STRICT AS $$
DECLARE
  bytes bytea := convert_to(value, 'UTF8');
  size integer := octet_length(bytes);
  hash bigint := seed & 4294967295;
  rest bigint := 0;
BEGIN
  FOR i IN 0 .. size - 1 LOOP
    rest := rest | (get_byte(bytes, i)::bigint << (i % 4 * 8));
    CONTINUE WHEN i % 4 < 3 AND i < size - 1;
    hash := hash # local_warehouse.murmur_mix(rest);
    rest := 0;
    CONTINUE WHEN i % 4 < 3;
    hash := ((hash << 13) & 4294967295) | (hash >> 19);
    hash := (hash * 5 + 3864292196) & 4294967295;
  END LOOP;
  hash := hash # size;
  hash := ((hash # (hash >> 16)) * 2246822507::numeric % 4294967296)::bigint;
  hash := ((hash # (hash >> 13)) * 3266489909::numeric % 4294967296)::bigint;
  hash := hash # (hash >> 16);
  RETURN (hash - CASE WHEN hash > 2147483647 THEN 4294967296 ELSE 0 END)::integer;
END $$;
