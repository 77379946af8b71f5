import { compileMatchExpression, OPERATOR_NAMES } from './match-expression.ts';
import {
  type CompiledPattern,
  type LeafPattern,
  type PatternNode,
  pathKey,
  patternError,
} from './pattern.ts';
import { refuseComplexity } from './wildcard.ts';

/** Longest pattern in characters: the default quota of an account. */
const MAX_PATTERN_LENGTH = 2048;
/** Most alternatives that the `$or` of a pattern may multiply to. */
const MAX_ALTERNATIVES = 1000;

/**
 * Reads a pattern as PutRule and TestEventPattern take it. A repeated key: the last one counts.
 * @throws AwsError InvalidEventPatternException
 */
export function parsePattern(text: string): CompiledPattern {
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
export function compilePattern(pattern: unknown): CompiledPattern {
  if (!isObject(pattern)) throw patternError('Filter is not an object', []);
  return alternativesOf(pattern, []).map((conditions) => buildNode(conditions, 0));
}

type Fields = Readonly<Record<string, unknown>>;

/** A leaf and the names that lead to it. */
interface Condition {
  readonly at: readonly string[];
  readonly leaf: LeafPattern;
}
type Conditions = readonly Condition[];

function alternativesOf(pattern: Fields, at: readonly string[]): readonly Conditions[] {
  const entries = Object.entries(pattern);
  if (entries.length === 0) throw patternError('Empty objects are not allowed', at);
  return entries.reduce<readonly Conditions[]>(
    (alternatives, [key, value]) => multiply(alternatives, alternativesOfField(key, value, at), at),
    [[]],
  );
}

function alternativesOfField(key: string, value: unknown, at: readonly string[]): readonly Conditions[] {
  if (key === '$or' && isChoice(value)) return value.flatMap((member) => alternativesOf(member, at));
  // A dotted name is the same as nested ones.
  const field = [...at, ...key.split('.')];
  if (Array.isArray(value)) return [[{ at: field, leaf: compileLeaf(value, field) }]];
  if (isObject(value)) return alternativesOf(value, field);
  throw patternError(`${JSON.stringify(value)} must be an object or an array`, field);
}

function multiply(
  some: readonly Conditions[],
  others: readonly Conditions[],
  at: readonly string[],
): readonly Conditions[] {
  if (some.length * others.length > MAX_ALTERNATIVES) {
    throw patternError(`$or makes more than ${MAX_ALTERNATIVES} combinations`, at);
  }
  return some.flatMap((conditions) => others.map((more) => [...conditions, ...more]));
}

function compileLeaf(values: readonly unknown[], at: readonly string[]): LeafPattern {
  if (values.length === 0) throw patternError('Empty arrays are not allowed', at);
  const expressions = values.map((value) => compileMatchExpression(value, at));
  refuseComplexity(values, at);
  return {
    path: at.reduce(pathKey, ''),
    tests: expressions.filter((expression) => expression !== 'absent'),
    allowsAbsent: expressions.includes('absent'),
  };
}

/** Puts conditions together that lead through the same field, so that they are held against the same element. */
function buildNode(conditions: Conditions, depth: number): PatternNode {
  const here = conditions.filter(({ at }) => at.length === depth);
  const below = Map.groupBy(
    conditions.filter(({ at }) => at.length > depth),
    ({ at }) => at[depth] ?? '',
  );
  return {
    leaves: here.map(({ leaf }) => leaf),
    fields: new Map([...below].map(([key, group]) => [key, buildNode(group, depth + 1)])),
  };
}

/** `$or` is an operator where it holds two objects or more, none of which is itself a match expression. */
function isChoice(value: unknown): value is readonly Fields[] {
  return (
    Array.isArray(value) &&
    value.length >= 2 &&
    value.every((member) => isObject(member) && !Object.keys(member).some((key) => OPERATOR_NAMES.has(key)))
  );
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
