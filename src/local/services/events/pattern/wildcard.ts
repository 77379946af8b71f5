import { patternError, type ScalarTest } from './pattern.ts';

/**
 * Compiles a wildcard expression: `*` stands for any text, `\*` and `\\` for the characters themselves.
 * @throws AwsError InvalidEventPatternException for two `*` in a row and for any other escape
 */
export function compileWildcard(expression: string, at: readonly string[]): ScalarTest {
  const pieces = splitAtStars(expression, at);
  return (value) => typeof value === 'string' && matchesPieces(pieces, value);
}

/** The literal texts between the stars; a single one where there is no star. */
function splitAtStars(expression: string, at: readonly string[]): readonly string[] {
  if (/(^|[^\\])(\\\\)*\*\*/.test(expression)) throw patternError('Consecutive wildcard characters', at);
  const pieces = [''];
  for (let index = 0; index < expression.length; index += 1) {
    const character = expression[index] as string;
    if (character === '*') {
      pieces.push('');
      continue;
    }
    if (character === '\\') index += 1;
    const literal = expression[index];
    if (literal === undefined || (character === '\\' && literal !== '*' && literal !== '\\')) {
      throw patternError('Invalid escape character in wildcard expression', at);
    }
    pieces[pieces.length - 1] += literal;
  }
  return pieces;
}

function matchesPieces(pieces: readonly string[], value: string): boolean {
  const first = pieces[0] ?? '';
  const last = pieces.at(-1) ?? '';
  if (pieces.length === 1) return value === first;
  if (!value.startsWith(first) || !value.endsWith(last) || value.length < first.length + last.length)
    return false;
  let position = first.length;
  for (const piece of pieces.slice(1, -1)) {
    const found = value.indexOf(piece, position);
    if (found < 0) return false;
    position = found + piece.length;
  }
  return position <= value.length - last.length;
}

/**
 * Beginnings of wildcard expressions that one value may match at a time. AWS publishes no number: an expression with 7 was
 * accepted, one with 10 refused, so what is between is refused here.
 */
const MOST_BEGINNINGS = 7;
/** Sets of beginnings that are looked at; expressions that have more are not simple. */
const MOST_SETS = 5_000;

/** A literal character, or a star. */
type Part = string | typeof STAR;
const STAR = Symbol('*');

/**
 * Refuses the wildcard expressions of one field where too many of their beginnings may match a value at once, as EventBridge does.
 * @throws AwsError InvalidEventPatternException
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
export function refuseComplexity(values: readonly unknown[], at: readonly string[]): void {
  const expressions = [...new Set(values.flatMap(wildcardsOf))].map(partsOf);
  if (expressions.length === 0 || !isTooComplex(expressions)) return;
  throw patternError(
    'Rule is too complex - try using fewer wildcard characters or fewer repeating character sequences after a wildcard character',
    at,
  );
}

/** Expressions in `{"wildcard": …}` and `{"anything-but": {"wildcard": …}}`. */
function wildcardsOf(value: unknown): readonly string[] {
  const { wildcard, 'anything-but': butNot } = Object(value);
  const found = [wildcard, Object(butNot).wildcard].flat();
  return found.filter((expression) => typeof expression === 'string');
}

function partsOf(expression: string): readonly Part[] {
  const parts = expression.match(/\\?[\s\S]/g) ?? [];
  return parts.map((part) => (part === '*' ? STAR : (part.at(-1) ?? '')));
}

/** Follows every value through all expressions at once. A beginning is `expression/length`. */
function isTooComplex(expressions: readonly (readonly Part[])[]): boolean {
  const letters = new Set(expressions.flat().filter((part) => part !== STAR));
  const start = expressions.flatMap((parts, index) => withStar(parts, index, 0));
  const seen = new Set<string>();
  const open: (readonly Beginning[])[] = [start];
  for (let beginnings = open.pop(); beginnings !== undefined; beginnings = open.pop()) {
    // None of a length of 0: that is no beginning.
    if (beginnings.filter(([, length]) => length > 0).length > MOST_BEGINNINGS || seen.size > MOST_SETS)
      return true;
    const key = beginnings.map(String).toSorted().join(' ');
    if (seen.has(key)) continue;
    seen.add(key);
    for (const letter of [...letters, '']) open.push(step(expressions, beginnings, letter));
  }
  return false;
}

type Beginning = readonly [expression: number, length: number];

/** A beginning, and the one with the star behind it: what matches the first matches the other. */
function withStar(parts: readonly Part[], index: number, length: number): readonly Beginning[] {
  return parts[length] === STAR
    ? [
        [index, length],
        [index, length + 1],
      ]
    : [[index, length]];
}

/** What the value matches with a letter more. @param letter one of no expression: the empty text */
function step(
  expressions: readonly (readonly Part[])[],
  beginnings: readonly Beginning[],
  letter: string,
): readonly Beginning[] {
  const next = new Map<string, Beginning>();
  for (const [index, length] of beginnings) {
    const parts = expressions[index] ?? [];
    const stays: readonly Beginning[] = parts[length - 1] === STAR ? [[index, length]] : [];
    const grows = parts[length] === letter ? withStar(parts, index, length + 1) : [];
    for (const beginning of [...stays, ...grows]) next.set(String(beginning), beginning);
  }
  return [...next.values()];
}
