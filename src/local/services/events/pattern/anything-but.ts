import type { ScalarTest } from './pattern.ts';
import { patternError } from './pattern-error.ts';
import { compileEqualsIgnoreCase, compilePrefix, compileSuffix, requireText } from './text-operators.ts';
import { compileWildcard } from './wildcard.ts';

type Compile = (argument: unknown, at: readonly string[]) => ScalarTest;

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
export function compileAnythingBut(argument: unknown, at: readonly string[]): ScalarTest {
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
