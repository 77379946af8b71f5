import { parseColumnType } from '../../names/column-type.ts';
import { type Argument, argumentExpression } from '../../steps/call/argument.ts';

/** Types that Redshift converts an argument to by itself, by its own type. Numbers only become wider. */
const WIDER: Readonly<Record<string, readonly string[]>> = {
  smallint: ['integer', 'bigint', 'numeric', 'real', 'double precision'],
  integer: ['bigint', 'numeric', 'real', 'double precision'],
  bigint: ['numeric', 'real', 'double precision'],
  numeric: ['real', 'double precision'],
  real: ['double precision'],
  'character varying': ['character', 'text', 'super'],
  character: ['character varying', 'text', 'super'],
  date: ['timestamp without time zone', 'timestamp with time zone'],
  'timestamp without time zone': ['timestamp with time zone'],
};

/** The types that a step passes, as the catalog calls them. */
export function passedTypes(args: readonly Argument[]): readonly string[] {
  return args.map((argument) => {
    const [, type = 'boolean'] = argumentExpression(argument, '').split('::');
    return parseColumnType(type)?.name ?? type;
  });
}

/** Whether a procedure of these types can be called with those that are passed. */
export function fitsTypes(passed: readonly string[], declared: readonly string[]): boolean {
  if (passed.length !== declared.length) return false;
  return passed.every((type, index) => {
    const wanted = parseColumnType(declared[index] ?? '')?.name ?? declared[index] ?? '';
    return wanted === type || (WIDER[type] ?? []).includes(wanted);
  });
}
