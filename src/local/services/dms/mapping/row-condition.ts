import { Client } from 'pg';
import type { FilterCondition, RowFilter } from './rule-schemas.ts';

const { escapeIdentifier, escapeLiteral } = Client.prototype;
const OPERATORS = { lte: '<=', ste: '<=', gte: '>=', eq: '=', noteq: '<>' } as const;
const NEGATIVE = ['noteq', 'notbetween'];

/**
 * The condition, in SQL, that rows of the source must hold to be copied: all filters, and of each one condition at least. Beside
 * a negative condition, NULL does not count as asked for, as DMS documents it.
 * @returns undefined where there is no filter
 * @see https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Tasks.CustomizingTasks.Filters.html
 */
export function rowCondition(filters: readonly RowFilter[]): string | undefined {
  if (filters.length === 0) return undefined;
  return filters.map((filter) => `(${filterCondition(filter)})`).join(' AND ');
}

function filterCondition({ 'column-name': column, 'filter-conditions': conditions }: RowFilter): string {
  const has = (operators: readonly string[]) =>
    conditions.some(({ 'filter-operator': operator }) => operators.includes(operator));
  const nullIsLost = has(['null']) && has(NEGATIVE);
  if (nullIsLost && !has(['lte', 'ste', 'gte', 'eq', 'between'])) return 'false';
  return conditions
    .filter(({ 'filter-operator': operator }) => !(nullIsLost && operator === 'null'))
    .map((condition) => `${escapeIdentifier(column)} ${comparison(condition)}`)
    .join(' OR ');
}

function comparison(condition: FilterCondition): string {
  const { 'filter-operator': operator } = condition;
  switch (operator) {
    case 'null':
      return 'IS NULL';
    case 'notnull':
      return 'IS NOT NULL';
    case 'between':
    case 'notbetween': {
      const range = `${escapeLiteral(condition['start-value'])} AND ${escapeLiteral(condition['end-value'])}`;
      return `${operator === 'between' ? 'BETWEEN' : 'NOT BETWEEN'} ${range}`;
    }
    default:
      return `${OPERATORS[operator]} ${escapeLiteral(condition.value)}`;
  }
}
