import { isSign, keyword, type Token } from '../../../../sql-lexer.ts';
import { previousIndex, skipBlank } from '../token/token-list.ts';

const NO_ALIAS = /^(end|null|true|false|precision|varying|zone|sysdate|current_date)$/;
const NO_OPERAND =
  /^(not|and|or|like|ilike|in|is|between|then|else|when|case|similar|to|distinct|all|escape)$/;

/** Cuts a column of a select list before its alias, which stands behind AS or behind an operand. */
export function readItem(item: readonly Token[]): {
  expression: readonly Token[];
  alias: readonly Token[];
} {
  const last = previousIndex(item, item.length);
  const before = previousIndex(item, last);
  const isName = /^(word|name)$/.test(item[last]?.kind ?? '') && !NO_ALIAS.test(keyword(item[last]));
  const operand = item[before];
  const isNamed = keyword(operand) === 'as';
  const isOperand =
    operand && (operand.kind !== 'sign' || operand.text === ')') && !NO_OPERAND.test(keyword(operand));
  if (!isName || !(isNamed || isOperand)) return { expression: item, alias: [] };
  return { expression: item.slice(0, isNamed ? before : before + 1), alias: item.slice(last, last + 1) };
}

/** Functions whose first argument is the name of a date part or of a type. */
const NAMES_FIRST = /^(dateadd|date_add|datediff|date_diff|date_part|datepart|date_trunc|extract|convert)$/;

/** Whether the token may name a column, without its table: no function, type, date part or alias. */
export function isReference(tokens: readonly Token[], index: number): boolean {
  const token = tokens[index];
  if (!token || !/^(word|name)$/.test(token.kind)) return false;
  const before = previousIndex(tokens, index);
  const previous = tokens[before];
  const next = tokens[skipBlank(tokens, index + 1)];
  if (isSign(previous, '.') || isSign(previous, '::') || keyword(previous) === 'as') return false;
  if (isSign(next, '.') || isSign(next, '(') || next?.kind === 'string') return false;
  return !(isSign(previous, '(') && NAMES_FIRST.test(keyword(tokens[previousIndex(tokens, before)])));
}
