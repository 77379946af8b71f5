import { compileNamePattern } from './name-pattern.ts';
import type { SelectionRule, TableMappings } from './table-mappings.ts';

/** A table or view of the source database. */
export interface SourceTable {
  readonly schema: string;
  readonly name: string;
  readonly kind: 'table' | 'view';
  readonly columns: readonly string[];
}

/**
 * The source tables that a task copies: included or named explicitly by one rule at least, and excluded by none.
 * Higher load orders come first; otherwise by name.
 */
export function selectTables(
  mappings: TableMappings,
  tables: readonly SourceTable[],
): readonly SourceTable[] {
  const orders = new Map<SourceTable, number>();
  for (const table of tables) {
    const rules = mappings.selection.filter((rule) => appliesTo(rule, table));
    if (rules.length === 0 || rules.some(({ action }) => action === 'exclude')) continue;
    orders.set(table, Math.max(...rules.map(({ loadOrder }) => loadOrder)));
  }
  return [...orders.keys()].sort((one, other) => {
    const byOrder = (orders.get(other) ?? 0) - (orders.get(one) ?? 0);
    return byOrder || compareText(one.schema, other.schema) || compareText(one.name, other.name);
  });
}

function appliesTo(rule: SelectionRule, table: SourceTable): boolean {
  if (rule.tableType !== 'all' && rule.tableType !== table.kind) return false;
  if (rule.action === 'explicit') return rule.schemaName === table.schema && rule.tableName === table.name;
  return compileNamePattern(rule.schemaName)(table.schema) && compileNamePattern(rule.tableName)(table.name);
}

function compareText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
