import type { RowFilter } from '../../local/parts.ts';
import { valuesOf } from './made-up-source.ts';
import type { ScaffoldColumn } from './scaffold-table.ts';

type Condition = RowFilter['filter-conditions'][number];
type Value = string | null;

const ROWS = 3;

/** Rows that pass the filters of the mappings: three, or one where a filter leaves one value of the first column. */
export function sourceRowsFor(
  columns: readonly ScaffoldColumn[],
  filters: readonly RowFilter[],
): readonly (readonly Value[])[] {
  const values = columns.map((column) => valuesFor(column, filters));
  const first = new Set(values[0]);
  const count =
    columns[0] !== undefined && isFiltered(columns[0], filters) ? Math.min(ROWS, first.size) : ROWS;
  return [...Array(Math.max(1, count)).keys()].map((row) =>
    values.map((found) => found[row % Math.max(1, found.length)] ?? null),
  );
}

function isFiltered({ name }: ScaffoldColumn, filters: readonly RowFilter[]): boolean {
  return filters.some(({ 'column-name': column }) => column === name);
}

/** Values of a column that pass: those that are made up, and those that the filters name. */
function valuesFor(column: ScaffoldColumn, filters: readonly RowFilter[]): readonly Value[] {
  const own = filters.filter(({ 'column-name': name }) => name === column.name);
  const madeUp = [1, 2, 3].map((row) => madeUpValue(column, row));
  const named = own.flatMap(({ 'filter-conditions': conditions }) => conditions.flatMap(valuesOf));
  const beyond =
    column.type === 'bigint'
      ? named.flatMap((value) => [1n, 2n].map((more) => `${BigInt(value) + more}`))
      : [];
  const passes = (value: Value) =>
    own.every(({ 'filter-conditions': conditions }) =>
      conditions.some((condition) => meets(value, condition, column.type)),
    );
  return [...new Set<Value>([...madeUp, ...named, ...beyond, null])].filter(passes).slice(0, ROWS);
}

function meets(value: Value, condition: Condition, type: string): boolean {
  const operator = condition['filter-operator'];
  if (operator === 'null') return value === null;
  if (value === null) return false;
  if (operator === 'notnull') return true;
  const [first = '', last = ''] = valuesOf(condition);
  const isBetween = compare(value, first, type) >= 0 && compare(value, last, type) <= 0;
  if (operator === 'between') return isBetween;
  if (operator === 'notbetween') return !isBetween;
  return OPERATORS[operator](compare(value, first, type));
}

const OPERATORS = {
  lte: (order: number) => order <= 0,
  ste: (order: number) => order <= 0,
  gte: (order: number) => order >= 0,
  eq: (order: number) => order === 0,
  noteq: (order: number) => order !== 0,
} as const;

function compare(one: string, other: string, type: string): number {
  if (/^(?:bigint|numeric)/.test(type)) return Number(one) - Number(other);
  if (type.startsWith('timestamp'))
    return Date.parse(`${one.replace(' ', 'T')}`) - Date.parse(other.replace(' ', 'T'));
  return one < other ? -1 : Number(one > other);
}

function madeUpValue({ name, type }: ScaffoldColumn, row: number): string {
  if (type.startsWith('timestamp')) return `2026-01-0${row} 12:00:00`;
  if (type.startsWith('time')) return `1${row}:00:00`;
  if (type === 'date') return `2026-01-0${row}`;
  if (type === 'boolean') return row === 1 ? 'true' : 'false';
  if (type === 'character varying(100)') return `${name.slice(0, 40)} ${row}`;
  return String(row);
}
