import type { Token } from '../../../sql-lexer.ts';
import { WarehouseError } from '../warehouse-error.ts';

const FEATURE_NOT_SUPPORTED = '0A000';
const SYNTAX_ERROR = '42601';

/** Redshift has it, the local warehouse does not. */
export function notLocal(feature: string, hint: string): WarehouseError {
  return new WarehouseError(`ERROR: ${feature} is not supported by the local warehouse: ${hint}`, {
    sqlState: FEATURE_NOT_SUPPORTED,
  });
}

/** PostgreSQL has it, Redshift does not. */
export function notRedshift(feature: string, hint: string): WarehouseError {
  return new WarehouseError(`ERROR: ${feature} is not supported by Redshift: ${hint}`, {
    sqlState: FEATURE_NOT_SUPPORTED,
  });
}

/** The same, with what to write instead. */
export function syntaxErrorWith(at: Token, hint: string): WarehouseError {
  return new WarehouseError(`ERROR: syntax error at or near "${at.text}": ${hint}`, {
    sqlState: SYNTAX_ERROR,
  });
}

/** Redshift's words for text its grammar does not allow here. */
export function syntaxError(at: Token | undefined): WarehouseError {
  const message = at ? `syntax error at or near "${at.text}"` : 'syntax error at end of input';
  return new WarehouseError(`ERROR: ${message}`, { sqlState: SYNTAX_ERROR });
}
