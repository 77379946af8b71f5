import { compileAnythingBut } from './anything-but.ts';
import { compileCidr } from './cidr.ts';
import { compileNumeric } from './numeric-range.ts';
import type { ScalarTest } from './pattern.ts';
import { patternError } from './pattern-error.ts';
import { compileEqualsIgnoreCase, compilePrefix, compileSuffix, requireText } from './text-operators.ts';
import { compileWildcard } from './wildcard.ts';

type Compile = (argument: unknown, at: readonly string[]) => ScalarTest;

/** The match operators, except `exists`, which also looks at fields that are not there. */
const OPERATORS: Readonly<Record<string, Compile>> = {
  prefix: compilePrefix,
  suffix: compileSuffix,
  'equals-ignore-case': compileEqualsIgnoreCase,
  wildcard: (argument, at) => compileWildcard(requireText('wildcard', argument, at), at),
  'anything-but': compileAnythingBut,
  numeric: compileNumeric,
  cidr: compileCidr,
};

/** Every operator's name; a `$or` whose members use one of them as a field is an ordinary field. */
export const OPERATOR_NAMES: ReadonlySet<string> = new Set([...Object.keys(OPERATORS), 'exists']);

/** One element of a leaf's array. `absent`: it asks for the field not to be there. */
export type MatchExpression = ScalarTest | 'absent';

/**
 * Compiles one element of a leaf's array: a value, compared exactly (the number 1 is not the text "1"), or an operator.
 * @throws AwsError InvalidEventPatternException
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
export function compileMatchExpression(expression: unknown, at: readonly string[]): MatchExpression {
  if (Array.isArray(expression))
    throw patternError('Match value must be a value or an operator, not an array', at);
  if (typeof expression !== 'object' || expression === null) return (value) => value === expression;
  const [[operator, argument] = ['', undefined], ...rest] = Object.entries(expression);
  if (rest.length > 0) throw patternError('Only one key allowed in match expression', at);
  if (operator === 'exists') return compileExists(argument, at);
  const compile = OPERATORS[operator];
  if (!compile) throw patternError(`Unrecognized match type ${operator}`, at);
  return compile(argument, at);
}

function compileExists(argument: unknown, at: readonly string[]): MatchExpression {
  if (typeof argument !== 'boolean')
    throw patternError('exists match pattern must be either true or false', at);
  return argument ? () => true : 'absent';
}
