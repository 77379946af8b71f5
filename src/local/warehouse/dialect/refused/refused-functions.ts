import { notLocal, notRedshift } from '../sql-error.ts';

/** PostgreSQL's functions that Redshift does not have, with what to write. */
export const POSTGRES_FUNCTIONS: Readonly<Record<string, string>> = {
  string_agg: 'use LISTAGG',
  array_agg: 'use LISTAGG',
  array_to_string: 'it has no arrays',
  string_to_array: 'use SPLIT_PART',
  string_to_table: 'use SPLIT_PART',
  regexp_matches: 'use REGEXP_SUBSTR',
  regexp_match: 'use REGEXP_SUBSTR',
  regexp_split_to_table: 'use SPLIT_PART',
  regexp_split_to_array: 'use SPLIT_PART',
  unnest: 'it has no arrays',
  cardinality: 'it has no arrays',
  generate_subscripts: 'it has no arrays',
  gen_random_uuid: 'use MD5 over a key',
  format: 'use ||',
  concat_ws: 'use ||',
  num_nulls: 'use CASE',
  make_date: 'use TO_DATE or DATEADD',
  make_timestamp: 'use DATEADD',
  make_interval: 'use DATEADD',
  age: 'use DATEDIFF',
  now: 'use GETDATE() or SYSDATE',
  clock_timestamp: 'use GETDATE()',
  statement_timestamp: 'use GETDATE()',
  transaction_timestamp: 'use SYSDATE',
  nextval: 'use IDENTITY(1,1)',
  currval: 'use IDENTITY(1,1)',
  setval: 'use IDENTITY(1,1)',
  lastval: 'use IDENTITY(1,1)',
  quote_nullable: 'use QUOTE_LITERAL',
  width_bucket: 'use CASE',
  set_config: 'use SET',
  pg_advisory_lock: 'use LOCK',
  pg_advisory_xact_lock: 'use LOCK',
  pg_try_advisory_lock: 'use LOCK',
  pg_try_advisory_xact_lock: 'use LOCK',
  pg_notify: 'it has no notifications',
  row: 'compare the columns one by one',
  row_to_json: 'it builds no JSON',
  to_json: 'it builds no JSON',
  to_jsonb: 'it builds no JSON',
};
const POSTGRES_ONLY_PREFIX =
  /^(jsonb?_(agg|build|each|object|populate|to|array_elements|strip|path|set|insert|pretty)|array_|xml|query_to_xml|lo_|pg_ls|pg_read|dblink)/;

/** Redshift's functions that are missing here. */
export const LOCAL_FUNCTION_GAPS: ReadonlySet<string> = new Set(
  (
    'json_parse json_serialize can_json_parse json_typeof object_transform get_array_length split_to_array array ' +
    'subarray array_concat array_flatten fnv_hash checksum farmfingerprint64 ' +
    'hll hll_cardinality hll_combine hll_create_sketch to_varbyte from_varbyte from_hex st_point st_distance ' +
    'st_geomfromtext soundex difference'
  ).split(' '),
);

/** Refuses a call of a function that Redshift, or this warehouse, lacks. @throws WarehouseError */
export function refuseFunction(name: string): void {
  const hint = Object.hasOwn(POSTGRES_FUNCTIONS, name) ? POSTGRES_FUNCTIONS[name] : undefined;
  if (hint) throw notRedshift(`The function ${name.toUpperCase()}`, hint);
  if (LOCAL_FUNCTION_GAPS.has(name))
    throw notLocal(`The function ${name.toUpperCase()}`, 'test it on Redshift');
  if (POSTGRES_ONLY_PREFIX.test(name))
    throw notRedshift(`The function ${name.toUpperCase()}`, 'it has no such function');
}
