import { isSign, keyword, type Token } from '../../../../sql-lexer.ts';
import { closingIndex, previousIndex, skipBlank } from '../token/token-list.ts';

/** Indexes of a SELECT's parts: where each clause begins, and where the whole ends. */
export interface SelectBlock {
  readonly select: number;
  readonly end: number;
  /** Undefined for a clause that is not there. */
  readonly clause: (word: string) => number | undefined;
  /** The index of the first of these clauses, or the end. */
  readonly first: (words: readonly string[]) => number;
}

const CLAUSES = new Set('into from where group having qualify order limit offset'.split(' '));
const ENDS = new Set(['union', 'intersect', 'except', 'minus', 'loop']);

/** Reads the SELECT at an index; subqueries are passed over, and so is WITHIN GROUP. */
export function readSelect(tokens: readonly Token[], select: number): SelectBlock {
  const found = new Map<string, number>();
  let index = select + 1;
  while (index < tokens.length) {
    const token = tokens[index];
    const word = keyword(token);
    if (isSign(token, ')') || isSign(token, ';') || ENDS.has(word)) break;
    const isClause = word !== 'group' || keyword(tokens[skipBlank(tokens, index + 1)]) === 'by';
    if (CLAUSES.has(word) && isClause && !found.has(word)) found.set(word, index);
    index = isSign(token, '(') ? closingIndex(tokens, index) + 1 : index + 1;
  }
  const end = Math.min(index, tokens.length);
  return {
    ...{ select, end },
    clause: (word) => found.get(word),
    first: (words) => Math.min(end, ...words.map((word) => found.get(word) ?? end)),
  };
}

/** Whether the SELECT is one side of UNION, INTERSECT or EXCEPT. */
export function isSideOfSet(tokens: readonly Token[], { select, end }: SelectBlock): boolean {
  const before = previousIndex(tokens, select);
  const operator = keyword(tokens[before]) === 'all' ? previousIndex(tokens, before) : before;
  const isSet = (index: number) => ENDS.has(keyword(tokens[index])) && keyword(tokens[index]) !== 'loop';
  return isSet(operator) || isSet(end);
}

/** Where the select list begins: behind DISTINCT or ALL. */
export function startOfList(tokens: readonly Token[], select: number): number {
  const next = skipBlank(tokens, select + 1);
  return /^(distinct|all)$/.test(keyword(tokens[next])) ? next + 1 : select + 1;
}
