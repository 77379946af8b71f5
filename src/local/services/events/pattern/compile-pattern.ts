import { compileMatchExpression, OPERATOR_NAMES } from './match-expression.ts';
import { type FieldPattern, type LeafPattern, type ObjectPattern, pathKey } from './pattern.ts';
import { patternError } from './pattern-error.ts';

/** Longest pattern in characters: the default quota of an account. */
export const MAX_PATTERN_LENGTH = 2048;

/**
 * Reads a pattern as PutRule and TestEventPattern take it. A repeated key: the last one counts.
 * @throws AwsError InvalidEventPatternException
 */
export function parsePattern(text: string): ObjectPattern {
  if (text.length > MAX_PATTERN_LENGTH)
    throw patternError(`Longer than ${MAX_PATTERN_LENGTH} characters`, []);
  let pattern: unknown;
  try {
    pattern = JSON.parse(text);
  } catch (error) {
    throw patternError((error as Error).message, []);
  }
  return compilePattern(pattern);
}

/**
 * Checks a pattern and makes it ready for matching.
 * @throws AwsError InvalidEventPatternException, naming the field
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html
 */
export function compilePattern(pattern: unknown): ObjectPattern {
  if (!isObject(pattern)) throw patternError('Filter is not an object', []);
  return compileObject(pattern, '', []);
}

type Fields = Readonly<Record<string, unknown>>;

function compileObject(pattern: Fields, path: string, at: readonly string[]): ObjectPattern {
  const entries = Object.entries(pattern);
  if (entries.length === 0) throw patternError('Empty objects are not allowed', at);
  const fields: FieldPattern[] = [];
  const alternatives: (readonly ObjectPattern[])[] = [];
  for (const [key, value] of entries) {
    if (key === '$or' && isAlternatives(value)) {
      alternatives.push(value.map((member) => compileObject(member, path, at)));
    } else fields.push({ key, node: compileNode(value, pathKey(path, key), [...at, key]) });
  }
  return { fields, alternatives };
}

function compileNode(value: unknown, path: string, at: readonly string[]): ObjectPattern | LeafPattern {
  if (Array.isArray(value)) return compileLeaf(value, path, at);
  if (isObject(value)) return compileObject(value, path, at);
  throw patternError(`${JSON.stringify(value)} must be an object or an array`, at);
}

function compileLeaf(values: readonly unknown[], path: string, at: readonly string[]): LeafPattern {
  if (values.length === 0) throw patternError('Empty arrays are not allowed', at);
  const expressions = values.map((value) => compileMatchExpression(value, at));
  return {
    path,
    tests: expressions.filter((expression) => expression !== 'absent'),
    allowsAbsent: expressions.includes('absent'),
  };
}

/** `$or` is an operator where it holds two objects or more, none of which is itself a match expression. */
function isAlternatives(value: unknown): value is readonly Fields[] {
  return (
    Array.isArray(value) &&
    value.length >= 2 &&
    value.every((member) => isObject(member) && !Object.keys(member).some((key) => OPERATOR_NAMES.has(key)))
  );
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
