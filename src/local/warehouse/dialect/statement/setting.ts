import type { Token } from '../../../../sql-lexer.ts';
import { notLocal, syntaxError } from '../sql-error.ts';
import { type Cursor, createCursor } from '../token/cursor.ts';
import { sql } from '../token/token-list.ts';

/** Settings that mean the same in PostgreSQL. */
const SHARED = new Set([
  'search_path',
  'statement_timeout',
  'timezone',
  'datestyle',
  'extra_float_digits',
  'application_name',
]);
/**
 * Settings that PostgreSQL does not have, with their defaults. They are kept, and but for the rounding change no result here.
 * https://docs.aws.amazon.com/redshift/latest/dg/cm_chap_ConfigurationRef.html
 */
const OWN: Readonly<Record<string, string>> = {
  analyze_threshold_percent: '10',
  auto_analyze: 'on',
  cast_super_null_on_error: 'on',
  default_geometry_encoding: '1',
  describe_field_name_in_uppercase: 'off',
  enable_case_sensitive_identifier: 'off',
  enable_case_sensitive_super_attribute: 'off',
  enable_numeric_rounding: 'off',
  enable_result_cache_for_session: 'on',
  max_cursor_result_set_size: '0',
  mv_enable_aqmv_for_session: 'on',
  navigate_super_null_on_error: 'on',
  query_group: 'unset',
  use_fips_ssl: 'off',
  wlm_query_slot_count: '1',
};

/** SET, RESET and SHOW of one of Redshift's settings. */
export function translateSetting(tokens: readonly Token[]): readonly Token[] {
  const cursor = createCursor(tokens);
  const verb = cursor.take().text.toUpperCase();
  if (verb === 'SET') return writeSet(cursor);
  const token = cursor.take();
  if (cursor.peek()) throw notLocal(`${verb} ${token.text.toUpperCase()}`, 'query SVV_TABLES or SVV_COLUMNS');
  return verb === 'SHOW' ? show(writeName(token)) : sql`${verb} ${writeName(token)}`;
}

function writeSet(cursor: Cursor): readonly Token[] {
  const scope = cursor.accept('local') ? 'LOCAL ' : cursor.accept('session') ? 'SESSION ' : '';
  if (cursor.accept('time', 'zone')) throw notLocal('SET TIME ZONE', 'use SET timezone TO');
  const name = writeName(cursor.take());
  if (!cursor.accept('to') && !cursor.at('=')) throw syntaxError(cursor.peek());
  if (cursor.at('=')) cursor.take();
  return sql`SET ${scope}${name} TO ${cursor.rest()}`;
}

/** One that nobody has set has its default. */
function show(name: string): readonly Token[] {
  const own = name.replace('local_warehouse.', '');
  const set = `nullif(current_setting('${name}', true), '')`;
  return Object.hasOwn(OWN, own)
    ? sql`SELECT coalesce(${set}, '${OWN[own] ?? ''}') AS ${own}`
    : sql`SHOW ${name}`;
}

function writeName(token: Token): string {
  const name = token.text.toLowerCase();
  if (token.kind === 'word' && (SHARED.has(name) || name === 'all')) return name;
  if (Object.hasOwn(OWN, name)) return `local_warehouse.${name}`;
  throw notLocal(`The setting ${token.text}`, 'test it on Redshift');
}
