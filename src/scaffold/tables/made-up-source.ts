import {
  type DmsType,
  isForTable,
  isPattern,
  isRenaming,
  planColumns,
  type RowFilter,
  type TableMappings,
  type TableName,
} from '../../local/parts.ts';
import type { ScaffoldColumn } from './scaffold-table.ts';

/** What a table has that nothing is known of. */
const GUESSED: readonly ScaffoldColumn[] = [
  { name: 'id', type: 'bigint' },
  { name: 'name', type: 'character varying(100)' },
  { name: 'updated_at', type: 'timestamp without time zone' },
];
const TEXT = 'character varying(100)';

/** Types of the source that DMS calls by these names. */
const TYPES: Readonly<Record<string, string>> = {
  ...{
    int1: 'smallint',
    int2: 'smallint',
    int4: 'integer',
    int8: 'bigint',
    uint1: 'smallint',
    uint2: 'smallint',
  },
  ...{ uint4: 'bigint', uint8: 'bigint', real4: 'real', real8: 'double precision', date: 'date' },
  ...{ time: 'time without time zone', datetime: 'timestamp without time zone', numeric: 'numeric(18,2)' },
  boolean: 'boolean',
};

/**
 * Columns of the source: those that the mappings name, and the guessed ones, as far as they go together.
 * @throws Error where the columns that the mappings name do not
 */
export function sourceColumnsFor(
  source: TableName,
  mappings: TableMappings,
  filters: readonly RowFilter[],
): readonly ScaffoldColumn[] {
  const plan = (columns: readonly ScaffoldColumn[]) =>
    planColumns(mappings, { ...source, kind: 'table', columns, key: [] });
  const certain = certainColumns(source, mappings, filters);
  plan(certain);
  let columns: readonly ScaffoldColumn[] = [];
  for (const guess of GUESSED) {
    const isNamed = certain.some(({ name }) => name.toLowerCase() === guess.name);
    if (!isNamed && goTogether(() => plan([...columns, guess, ...certain]))) columns = [...columns, guess];
  }
  return withChangedTypes([...columns, ...certain], plan);
}

/** Columns of the source that the rules and filters of the mappings name, each once. */
export function certainColumns(
  source: TableName,
  mappings: TableMappings,
  filters: readonly RowFilter[],
): readonly ScaffoldColumn[] {
  const named = [...namedColumns(source, mappings), ...filters.map(filteredColumn)];
  return named.filter(({ name }, index) => named.findIndex((other) => other.name === name) === index);
}

/** Columns with types whose values can be changed to what the mappings change them to. @throws Error as `plan` */
export function withChangedTypes(
  columns: readonly ScaffoldColumn[],
  plan: (columns: readonly ScaffoldColumn[]) => ReturnType<typeof planColumns>,
): readonly ScaffoldColumn[] {
  const changes = new Map(plan(columns).map((column) => [column.source?.name, column.changedTo]));
  return columns.map(({ name, type }) => ({ name, type: sourceTypeFor(changes.get(name)) ?? type }));
}

function goTogether(plan: () => unknown): boolean {
  try {
    plan();
    return true;
  } catch {
    return false;
  }
}

function namedColumns(source: TableName, { transformation }: TableMappings): readonly ScaffoldColumn[] {
  const rules = transformation.filter((rule) => rule.target === 'column' && isForTable(rule, source));
  return rules.flatMap((rule) => {
    if (!('columnName' in rule)) return columnsOf(rule.expression ?? '');
    if (isPattern(rule.columnName)) return [];
    const sourceType = isRenaming(rule) ? undefined : rule.sourceType;
    return [{ name: rule.columnName, type: TYPES[sourceType ?? ''] ?? TEXT }];
  });
}

/** Columns that an expression names: `$ID`. Those with AR_ are headers. */
function columnsOf(expression: string): readonly ScaffoldColumn[] {
  const names = [...expression.matchAll(/\$([A-Za-z_]\w*)/g)].map(([, name = '']) => name);
  return names.filter((name) => !name.startsWith('AR_')).map((name) => ({ name, type: TEXT }));
}

/** A type in which the values of a filter can be compared. */
function filteredColumn({ 'column-name': name, 'filter-conditions': conditions }: RowFilter): ScaffoldColumn {
  const values = conditions.flatMap((condition) => valuesOf(condition));
  const all = (pattern: RegExp) => values.length > 0 && values.every((value) => pattern.test(value));
  if (all(/^-?\d{1,18}$/)) return { name, type: 'bigint' };
  if (all(/^-?\d{1,18}(?:\.\d+)?$/)) return { name, type: 'numeric(38,10)' };
  if (all(/^\d{4}-\d\d-\d\d(?:[ T][\d:.]+Z?)?$/)) return { name, type: 'timestamp without time zone' };
  return { name, type: TEXT };
}

/** The values that a condition of a filter compares with. */
export function valuesOf(condition: RowFilter['filter-conditions'][number]): readonly string[] {
  if ('value' in condition) return [condition.value];
  return 'start-value' in condition ? [condition['start-value'], condition['end-value']] : [];
}

/** A type whose values can be changed to another; undefined where no rule changes them. */
function sourceTypeFor(changedTo: DmsType | undefined): string | undefined {
  if (changedTo === undefined) return undefined;
  return TYPES[changedTo.type] ?? `character varying(${Math.max(1, Math.min(changedTo.length ?? 100, 100))})`;
}
