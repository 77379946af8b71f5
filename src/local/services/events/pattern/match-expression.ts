import { patternError, type ScalarTest } from './pattern.ts';
import { compileCidr, compileNumeric } from './range-operators.ts';
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

/** Operators that may stand inside `anything-but`, with a text or a list of texts. */
const INNER: Readonly<Record<string, Compile>> = {
  prefix: nonEmpty('prefix', compilePrefix),
  suffix: nonEmpty('suffix', compileSuffix),
  'equals-ignore-case': compileEqualsIgnoreCase,
  wildcard: (argument, at) => compileWildcard(requireText('wildcard', argument, at), at),
};

/**
 * Compiles `anything-but`: a present value that is none of these. Of an array-valued field, one such element is enough.
 * @throws AwsError InvalidEventPatternException
 */
function compileAnythingBut(argument: unknown, at: readonly string[]): ScalarTest {
  const excluded = excludedTests(argument, at);
  return (value) => !excluded.some((test) => test(value));
}

function excludedTests(argument: unknown, at: readonly string[]): readonly ScalarTest[] {
  if (typeof argument === 'object' && argument !== null && !Array.isArray(argument)) {
    const [[operator, inner] = ['', undefined], ...rest] = Object.entries(argument);
    const compile = INNER[operator];
    if (!compile || rest.length > 0) throw patternError(`Unsupported anything-but pattern: ${operator}`, at);
    return listOf(inner, at).map((text) => compile(text, at));
  }
  const values = listOf(argument, at);
  const kinds = new Set(values.map((value) => typeof value));
  if (kinds.size > 1) throw patternError('Inside anything but list, all values must be of one type', at);
  if (!kinds.has('string') && !kinds.has('number')) {
    throw patternError('Value of anything-but must be a string, a number, or a list of one of them', at);
  }
  return values.map((excluded) => (value) => value === excluded);
}

function listOf(value: unknown, at: readonly string[]): readonly unknown[] {
  const list = Array.isArray(value) ? value : [value];
  if (list.length === 0) throw patternError('Empty arrays are not allowed', at);
  return list;
}

function nonEmpty(operator: string, compile: Compile): Compile {
  return (argument, at) => {
    if (argument === '') throw patternError(`Null ${operator} not allowed`, at);
    return compile(requireText(operator, argument, at), at);
  };
}
