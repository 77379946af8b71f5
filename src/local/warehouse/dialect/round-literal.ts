import type { Token } from '../../../sql-lexer.ts';
import { significant, textOf } from './token/token-list.ts';

/** Digits behind the point, of a whole number and of NUMERIC. */
const SCALED = /^(?:smallint|int2|integer|int|int4|bigint|int8|(?:numeric|decimal)\(\d+(?:,(\d+))?\))$/;
const DECIMAL = /^(\d*)\.(\d+)$/;

/**
 * A number that stands in the text, as a number or as a string, is rounded when it is cast to a number of fewer digits. What a
 * query computes is cut, which the server does.
 */
export function roundLiteral(value: readonly Token[], type: readonly Token[]): readonly Token[] {
  const scaled = SCALED.exec(textOf(type).replaceAll(' ', '').toLowerCase());
  const [literal] = significant(value).slice(-1);
  if (!scaled || !literal || !isAlone(value)) return value;
  const number = literal.kind === 'string' && scaled[1] ? literal.text.slice(1, -1) : literal.text;
  const rounded = roundDecimal(number, Number(scaled[1] ?? 0));
  if (rounded === undefined) return value;
  const text = literal.kind === 'string' ? `'${rounded}'` : rounded;
  return value.map((token) => (token === literal ? { ...literal, text } : token));
}

/** A literal, with a sign before it at most. */
function isAlone(value: readonly Token[]): boolean {
  const parts = significant(value);
  return parts.slice(0, -1).every(({ text }) => /^[-+]$/.test(text));
}

/** Half is rounded up. Undefined for what is no decimal number, or has no digit too many. */
function roundDecimal(text: string, scale: number): string | undefined {
  const [, whole = '', fraction = ''] = DECIMAL.exec(text) ?? [];
  if (fraction.length <= scale) return undefined;
  const kept = BigInt(`0${whole}${fraction.slice(0, scale)}`) + (fraction.charAt(scale) >= '5' ? 1n : 0n);
  const digits = kept.toString().padStart(scale + 1, '0');
  return scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}
