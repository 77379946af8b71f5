import { type DmsType, dmsTypeOf } from './dms-type.ts';
import {
  type AddColumnRule,
  type ColumnRule,
  compileNamePattern,
  type TableMappings,
  type TransformationRule,
} from './rules.ts';
import type { SourceColumn, SourceTable } from './select-tables.ts';
import { isForTable, isRenaming, rename } from './target-name.ts';

/** A column of the target, and where its values come from. */
export interface PlannedColumn {
  readonly name: string;
  /** What a new column is made as. */
  readonly type: DmsType;
  /** The column of the source; absent for an added one. */
  readonly source?: SourceColumn;
  /** The type that a rule changes the values to. */
  readonly changedTo?: DmsType;
  /** Of an added column; without one its values are NULL. */
  readonly expression?: string;
}

/**
 * The columns that a table has in the target: the source's in their order, then the added ones. Of several rules that give a
 * column a name, or a type, the one with the lowest rule-id applies.
 * @throws Error where two columns would have one name, in Redshift, which does not tell cases apart
 */
export function planColumns(mappings: TableMappings, table: SourceTable): readonly PlannedColumn[] {
  const rules = mappings.transformation.filter((rule) => rule.target === 'column' && isForTable(rule, table));
  const planned = [
    ...table.columns.filter((column) => isKept(rules, column)).map((column) => planColumn(rules, column)),
    ...rules.filter(isAdded).map(({ name, dataType, expression }) => ({
      name,
      type: dataType,
      ...(expression ? { expression } : {}),
    })),
  ];
  refuseEqualNames(planned.map(({ name }) => name));
  return planned;
}

function isKept(rules: readonly TransformationRule[], column: SourceColumn): boolean {
  const included = rules.filter(isColumnRule).filter(({ action }) => action === 'include-column');
  const removed = rules.filter(isColumnRule).filter(({ action }) => action === 'remove-column');
  const isMatch = (rule: ColumnRule) => isForColumn(rule, column);
  return !removed.some(isMatch) && (included.length === 0 || included.some(isMatch));
}

function planColumn(rules: readonly TransformationRule[], source: SourceColumn): PlannedColumn {
  const naming = rules.filter(isRenaming).find((rule) => compileNamePattern(rule.columnName)(source.name));
  const changing = rules
    .filter(isColumnRule)
    .find((rule) => rule.action === 'change-data-type' && isForColumn(rule, source));
  const changedTo = changing?.dataType;
  return {
    name: rename(naming, source.name),
    type: changedTo ?? dmsTypeOf(source.type),
    source,
    ...(changedTo ? { changedTo } : {}),
  };
}

function isForColumn(rule: ColumnRule, { name, type }: SourceColumn): boolean {
  const hasType = rule.sourceType === undefined || rule.sourceType === dmsTypeOf(type).type;
  return hasType && compileNamePattern(rule.columnName)(name);
}

function isColumnRule(rule: TransformationRule): rule is ColumnRule {
  return 'sourceType' in rule;
}

function isAdded(rule: TransformationRule): rule is AddColumnRule {
  return rule.action === 'add-column';
}

function refuseEqualNames(names: readonly string[]): void {
  const folded = names.map((name) => name.toLowerCase());
  const twice = names.find((_, index) => folded.indexOf(folded[index] ?? '') !== index);
  if (twice !== undefined) throw new Error(`the target would have two columns "${twice.toLowerCase()}"`);
}
