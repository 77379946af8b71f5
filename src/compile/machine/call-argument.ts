import type { Argument } from '../../definition/pipeline.ts';

/** Longest VARCHAR; without a length a conversion cuts at 256 bytes. */
const ANY_TEXT = 'varchar(65535)';

/** Largest precision of NUMERIC. https://docs.aws.amazon.com/redshift/latest/dg/r_Numeric_types201.html */
const NUMERIC_DIGITS = 38;

/**
 * The expression that stands in CALL for an argument. The Data API binds texts, and Redshift finds a procedure by the types
 * of its arguments: each text is converted to the type of its literal. A number gets the narrowest type that holds it,
 * since Redshift widens without being asked, and does not narrow: 5 fits parameters of every numeric type.
 * https://docs.aws.amazon.com/redshift/latest/dg/c_Supported_data_types.html#r_Type_conversion
 * @param placeholder `:name` of the argument's parameter
 */
export function argumentExpression(argument: Argument, placeholder: string): string {
  return `${placeholder}::${argumentType(argument)}`;
}

function argumentType(argument: Argument): string {
  if (typeof argument === 'number') return numberType(String(argument));
  if (typeof argument !== 'object' || argument.as === undefined) return ANY_TEXT;
  return argument.as === 'varchar' ? ANY_TEXT : argument.as;
}

function numberType(text: string): string {
  const [, whole, fraction = ''] = /^-?(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  // With an exponent, as JavaScript writes what is very large or small.
  if (whole === undefined || whole.length + fraction.length > NUMERIC_DIGITS) return 'double precision';
  if (fraction !== '') return `numeric(${whole.length + fraction.length},${fraction.length})`;
  const bits = WHOLE_TYPES.find((type) => BigInt.asIntN(type.bits, BigInt(text)) === BigInt(text));
  return bits?.name ?? `numeric(${whole.length},0)`;
}

const WHOLE_TYPES = [
  { name: 'smallint', bits: 16 },
  { name: 'integer', bits: 32 },
  { name: 'bigint', bits: 64 },
] as const;
