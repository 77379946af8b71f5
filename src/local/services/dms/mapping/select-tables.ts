import type { RowFilter } from './rule-schemas.ts';
import { compileNamePattern, type SelectionRule, type TableMappings } from './rules.ts';

/** A column of the source; its type as PostgreSQL writes it, `character varying(10)`. */
export interface SourceColumn {
  readonly name: string;
  readonly type: string;
}

/** A table or view of the source database. */
export interface SourceTable {
  readonly schema: string;
  readonly name: string;
  readonly kind: 'table' | 'view';
  readonly columns: readonly SourceColumn[];
  /** Names of the columns of its primary key, or of a unique index without NULL; none where it has no key. */
  readonly key: readonly string[];
}

/** A source table that a task copies, and which rows of it. */
export interface SelectedTable {
  readonly table: SourceTable;
  readonly filters: readonly RowFilter[];
}

/**
 * The source tables that a task copies: included or named explicitly by one rule at least, and excluded by none.
 * Higher load orders come first; otherwise by name. Filters of all rules that include a table apply to it.
 */
export function selectTables(
  mappings: TableMappings,
  tables: readonly SourceTable[],
): readonly SelectedTable[] {
  const selected: (SelectedTable & { readonly order: number })[] = [];
  for (const table of tables) {
    const rules = mappings.selection.filter((rule) => appliesTo(rule, table));
    if (rules.length === 0 || rules.some(({ action }) => action === 'exclude')) continue;
    selected.push({
      table,
      filters: rules.flatMap(({ filters }) => filters),
      order: Math.max(...rules.map(({ loadOrder }) => loadOrder)),
    });
  }
  return selected
    .sort((one, other) => other.order - one.order || compareNames(one.table, other.table))
    .map(({ table, filters }) => ({ table, filters }));
}

function appliesTo(rule: SelectionRule, table: SourceTable): boolean {
  if (rule.tableType !== 'all' && rule.tableType !== table.kind) return false;
  if (rule.action === 'explicit') return rule.schemaName === table.schema && rule.tableName === table.name;
  return compileNamePattern(rule.schemaName)(table.schema) && compileNamePattern(rule.tableName)(table.name);
}

function compareNames(one: SourceTable, other: SourceTable): number {
  return compareText(one.schema, other.schema) || compareText(one.name, other.name);
}

function compareText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
