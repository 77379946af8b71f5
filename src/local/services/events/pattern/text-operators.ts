import { patternError, type ScalarTest } from './pattern.ts';

/** Compiles `{"prefix": "a"}` and `{"prefix": {"equals-ignore-case": "a"}}`. @throws AwsError InvalidEventPatternException */
export function compilePrefix(argument: unknown, at: readonly string[]): ScalarTest {
  return compileAffix('prefix', (value, affix) => value.startsWith(affix), argument, at);
}

/** Compiles `{"suffix": "a"}` and `{"suffix": {"equals-ignore-case": "a"}}`. @throws AwsError InvalidEventPatternException */
export function compileSuffix(argument: unknown, at: readonly string[]): ScalarTest {
  return compileAffix('suffix', (value, affix) => value.endsWith(affix), argument, at);
}

/** Compiles `{"equals-ignore-case": "a"}`. @throws AwsError InvalidEventPatternException */
export function compileEqualsIgnoreCase(argument: unknown, at: readonly string[]): ScalarTest {
  const wanted = requireText('equals-ignore-case', argument, at).toLowerCase();
  return (value) => typeof value === 'string' && value.toLowerCase() === wanted;
}

/** @throws AwsError InvalidEventPatternException where the argument of `operator` is not a text */
export function requireText(operator: string, argument: unknown, at: readonly string[]): string {
  if (typeof argument !== 'string') throw patternError(`Value of ${operator} must be a string`, at);
  return argument;
}

function compileAffix(
  operator: string,
  holds: (value: string, affix: string) => boolean,
  argument: unknown,
  at: readonly string[],
): ScalarTest {
  if (typeof argument === 'object' && argument !== null) {
    const [[key, text] = [], ...rest] = Object.entries(argument);
    if (key !== 'equals-ignore-case' || rest.length > 0) {
      throw patternError(
        `Unsupported match expression inside ${operator}: only equals-ignore-case is allowed`,
        at,
      );
    }
    const folded = requireText(`${operator} equals-ignore-case`, text, at).toLowerCase();
    return (value) => typeof value === 'string' && holds(value.toLowerCase(), folded);
  }
  const affix = requireText(operator, argument, at);
  return (value) => typeof value === 'string' && holds(value, affix);
}
