import { describe, expect, it } from 'vitest';
import { rowCondition } from '../../../../src/local/services/dms/mapping/row-condition.ts';
import type { FilterCondition, RowFilter } from '../../../../src/local/services/dms/mapping/rule-schemas.ts';

const filter = (name: string, ...conditions: FilterCondition[]): RowFilter => ({
  'filter-type': 'source',
  'column-name': name,
  'filter-conditions': conditions,
});
type OneValue = 'lte' | 'ste' | 'gte' | 'eq' | 'noteq';
const one = (operator: OneValue, value: string): FilterCondition => ({ 'filter-operator': operator, value });
const range = (operator: 'between' | 'notbetween'): FilterCondition => ({
  'filter-operator': operator,
  'start-value': '5',
  'end-value': '7',
});
const isNull: FilterCondition = { 'filter-operator': 'null' };
const notNull: FilterCondition = { 'filter-operator': 'notnull' };

describe('the condition for rows', () => {
  it.each<[string, FilterCondition, string]>([
    ['lte', one('lte', '5'), `"a" <= '5'`],
    ['ste', one('ste', '5'), `"a" <= '5'`],
    ['gte', one('gte', '5'), `"a" >= '5'`],
    ['eq', one('eq', "it's"), `"a" = 'it''s'`],
    ['noteq', one('noteq', '5'), `"a" <> '5'`],
    ['between', range('between'), `"a" BETWEEN '5' AND '7'`],
    ['notbetween', range('notbetween'), `"a" NOT BETWEEN '5' AND '7'`],
    ['null', isNull, '"a" IS NULL'],
    ['notnull', notNull, '"a" IS NOT NULL'],
  ])('%s', (_, condition, sql) => {
    expect(rowCondition([filter('a', condition)])).toBe(`(${sql})`);
  });

  it('is none without a filter', () => {
    expect(rowCondition([])).toBeUndefined();
  });

  it('holds all filters, and of each one condition', () => {
    const filters = [filter('a', one('lte', '1'), one('gte', '9')), filter('B "c"', notNull)];

    expect(rowCondition(filters)).toBe(`("a" <= '1' OR "a" >= '9') AND ("B ""c""" IS NOT NULL)`);
  });

  it('loses NULL beside a negative condition, and everything where no condition is inclusive', () => {
    expect(rowCondition([filter('a', isNull, one('noteq', '5'))])).toBe('(false)');
    expect(rowCondition([filter('a', isNull, range('notbetween'))])).toBe('(false)');
    expect(rowCondition([filter('a', isNull, one('noteq', '5'), one('eq', '6'))])).toBe(
      `("a" <> '5' OR "a" = '6')`,
    );
    expect(rowCondition([filter('a', isNull, one('eq', '6'))])).toBe(`("a" IS NULL OR "a" = '6')`);
  });
});
