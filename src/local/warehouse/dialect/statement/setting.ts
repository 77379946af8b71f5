import { notLocal, syntaxError } from '../sql-error.ts';
import { createCursor } from '../token/cursor.ts';
import type { Token } from '../token/lex.ts';
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
/** Settings of Redshift that change no result here. */
const WITHOUT_EFFECT = new Set(
  (
    'query_group enable_result_cache_for_session wlm_query_slot_count enable_case_sensitive_identifier ' +
    'enable_case_sensitive_super_attribute enable_numeric_rounding analyze_threshold_percent ' +
    'describe_field_name_in_uppercase max_cursor_result_set_size mv_enable_aqmv_for_session ' +
    'navigate_super_null_on_error cast_super_null_on_error default_geometry_encoding use_fips_ssl auto_analyze'
  ).split(' '),
);

/** SET, RESET and SHOW of one of Redshift's settings. */
export function translateSetting(tokens: readonly Token[]): readonly Token[] {
  const cursor = createCursor(tokens);
  const verb = cursor.take().text.toUpperCase();
  const scope =
    verb !== 'SET' ? '' : cursor.accept('local') ? 'LOCAL ' : cursor.accept('session') ? 'SESSION ' : '';
  if (cursor.accept('time', 'zone')) throw notLocal('SET TIME ZONE', 'use SET timezone TO');
  const token = cursor.take();
  const name = writeName(token);
  if (verb !== 'SET') {
    if (cursor.peek()) throw syntaxError(cursor.peek());
    return sql`${verb} ${name}`;
  }
  if (!cursor.accept('to') && !cursor.at('=')) throw syntaxError(cursor.peek());
  if (cursor.at('=')) cursor.take();
  return sql`SET ${scope}${name} TO ${cursor.rest()}`;
}

function writeName(token: Token): string {
  const name = token.text.toLowerCase();
  if (token.kind === 'word' && (SHARED.has(name) || name === 'all')) return name;
  if (WITHOUT_EFFECT.has(name)) return `local_warehouse.${name}`;
  throw notLocal(`The setting ${token.text}`, 'test it on Redshift');
}
