import * as z from 'zod';

/**
 * A literal, or a value of the run. It is passed as a Data API parameter, never as a part of the SQL. `as` sets the
 * type that Redshift sees. Without it, a text is VARCHAR, and a number has the narrowest numeric type that holds it.
 */
export type Argument =
  | Literal
  | { readonly run: RunValue; readonly as?: string | undefined }
  | { readonly value: string | number; readonly as: string };

/** A value as it stands in a definition. */
export type Literal = string | number | boolean;

/** Pipeline's name; id and start of the load (ISO 8601, UTC); name of the execution; identifier of the only DMS task. */
export const RUN_VALUES = ['pipeline', 'loadId', 'loadTime', 'run', 'task'] as const;
export type RunValue = (typeof RUN_VALUES)[number];

// A string that holds {% is code to Step Functions.
const TextSchema = z
  .string()
  .min(1)
  .refine((text) => !text.includes('{%'), 'must not hold "{%"');

/** Types that Redshift can convert a text to. BOOLEAN is not one of them. */
const TypeSchema = z
  .string()
  .regex(
    /^(?:smallint|integer|bigint|real|double precision|numeric\(\d{1,2},\d{1,2}\)|varchar(?:\(\d{1,5}\))?|char\(\d{1,4}\)|date|time|timetz|timestamp|timestamptz)$/,
    'must be a type like integer, numeric(18,2), varchar, date or timestamp',
  );

/** Checks a {@link Literal}. */
export const LiteralSchema = z.union([TextSchema, z.number(), z.boolean()], {
  error: 'must be text that is not empty, a number or a boolean',
});

/** Checks an {@link Argument}. */
export const ArgumentSchema = z.union(
  [
    TextSchema,
    z.number(),
    z.boolean(),
    z.strictObject({ run: z.enum(RUN_VALUES), as: TypeSchema.optional() }),
    z.strictObject({ value: z.union([TextSchema, z.number()]), as: TypeSchema }),
  ],
  {
    error: `must be a text that is not empty, a number, a boolean, {run: ${RUN_VALUES.join(' | ')}}, or {value, as: type}`,
  },
);

/** The longest VARCHAR. Without a length, a conversion cuts at 256 bytes. */
const ANY_TEXT = 'varchar(65535)';

/** Largest precision of NUMERIC. https://docs.aws.amazon.com/redshift/latest/dg/r_Numeric_types201.html */
const NUMERIC_DIGITS = 38;

/**
 * The expression for an argument in CALL. The Data API binds texts, and Redshift finds a procedure by the types of
 * its arguments, so each text is converted to the type of its literal. A number gets the narrowest type that holds
 * it, because Redshift widens numbers by itself and does not narrow them: 5 fits parameters of every numeric type.
 * https://docs.aws.amazon.com/redshift/latest/dg/c_Supported_data_types.html#r_Type_conversion
 * @param placeholder `:name` of the argument's parameter, which a boolean does not use
 */
export function argumentExpression(argument: Argument, placeholder: string): string {
  // Redshift cannot convert a text to BOOLEAN. TRUE and FALSE need no parameter.
  if (typeof argument === 'boolean') return String(argument).toUpperCase();
  return `${placeholder}::${argumentType(argument)}`;
}

function argumentType(argument: Argument): string {
  if (typeof argument === 'number') return numberType(String(argument));
  if (typeof argument !== 'object' || argument.as === undefined) return ANY_TEXT;
  return argument.as === 'varchar' ? ANY_TEXT : argument.as;
}

function numberType(text: string): string {
  const [, whole, fraction = ''] = /^-?(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  // JavaScript writes very large and very small numbers with an exponent.
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
