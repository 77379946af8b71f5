import type { ScalarTest } from './pattern.ts';
import { patternError } from './pattern-error.ts';

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
