-- PostgreSQL's functions that Redshift does not have get names that nobody writes, so that a call of one does not exist here either.
-- What Redshift has: https://docs.aws.amazon.com/redshift/latest/dg/c_SQL_functions.html
DO $$
DECLARE
  known text[] := regexp_split_to_array(trim('
    any_value avg bit_and bit_or bool_and bool_or count listagg max median min percentile_cont percentile_disc stddev stddev_pop
    stddev_samp sum var_pop var_samp variance
    cume_dist dense_rank first_value lag last_value lead nth_value ntile percent_rank rank ratio_to_report row_number
    to_char to_date to_number to_timestamp
    add_months convert_timezone date_cmp date_cmp_timestamp date_cmp_timestamptz date_part date_part_year date_trunc dateadd datediff
    getdate interval_cmp isfinite last_day months_between next_day sysdate timestamp_cmp timestamp_cmp_date
    timestamp_cmp_timestamptz timestamptz_cmp timestamptz_cmp_date timestamptz_cmp_timestamp timeofday timezone trunc now age
    crc32 func_sha1 md5 murmur3_32_hash sha sha1 sha2
    is_valid_json is_valid_json_array json_array_length json_extract_array_element_text json_extract_path_text
    abs acos asin atan atan2 cbrt ceil ceiling cos cot degrees dexp dlog1 dlog10 exp floor ln log mod pi power pow radians
    random round sign sin sqrt tan to_hex
    ascii bpcharcmp btrim bttext_pattern_cmp char_length character_length charindex chr concat difference initcap left len length
    lower lpad ltrim octet_length octetindex position quote_ident quote_literal regexp_count regexp_instr regexp_replace
    regexp_substr repeat replace reverse right rpad rtrim soundex split_part strpos strtol substr substring textlen translate
    trim upper get_bit get_byte set_bit set_byte to_ascii
    current_database current_schema current_schemas current_setting current_user has_any_column_privilege has_column_privilege
    has_database_privilege has_function_privilege has_schema_privilege has_table_privilege pg_backend_pid pg_cancel_backend
    pg_get_late_binding_view_cols pg_last_query_id pg_terminate_backend session_user user version
    col_description format_type oidvectortypes obj_description pg_encoding_to_char pg_get_constraintdef pg_get_expr pg_get_functiondef
    pg_get_indexdef pg_get_ruledef pg_get_userbyid pg_get_viewdef pg_table_is_visible pg_function_is_visible
    generate_series pg_sleep
  '), '\s+');
  -- What the words of the grammar are made of: EXTRACT, LIKE … ESCAPE, SIMILAR TO, OVERLAPS, TRIM, AT TIME ZONE.
  of_grammar text[] := ARRAY['extract', 'like_escape', 'similar_to_escape', 'similar_escape', 'overlaps', 'overlay', 'timezone'];
  -- What the local warehouse calls besides: in its own functions, and in SQL that it sends.
  of_our_own text := (SELECT string_agg(prosrc, ' ') FROM pg_proc WHERE oid >= 16384 OR pronamespace = 'local_warehouse'::regnamespace);
  sent text[] := ARRAY['lo_from_bytea', 'lo_unlink', 'convert_to', 'unnest', 'pg_advisory_lock', 'shobj_description', 'starts_with',
    'jsonb_to_recordset', 'json_build_object', 'json_agg', 'array_agg'];
BEGIN
  UPDATE pg_proc SET proname = proname || '__of_postgresql'
    WHERE pronamespace = 'pg_catalog'::regnamespace AND oid < 16384 AND length(proname) < 48
      AND proname <> ALL (known) AND proname <> ALL (of_grammar) AND proname <> ALL (sent)
      AND NOT EXISTS (SELECT FROM pg_type WHERE typname = proname)
      AND strpos(of_our_own, proname || '(') = 0;
  -- RANDOM's bounds, DATE_TRUNC's time zone and SUBSTRING's pattern are PostgreSQL's.
  UPDATE pg_proc SET proname = proname || '__of_postgresql'
    WHERE ((proname, pronargs) IN (('random', 2), ('date_trunc', 3)) OR proname = 'substring' AND proargtypes[1] = 'text'::regtype)
      AND pronamespace = 'pg_catalog'::regnamespace;
END $$;
