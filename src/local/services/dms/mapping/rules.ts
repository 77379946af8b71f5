import type { DmsType } from './dms-type.ts';
import type { RENAMING_ACTIONS, RowFilter } from './rule-schemas.ts';

/** A rule that says which source tables are copied. */
export interface SelectionRule {
  readonly action: 'include' | 'exclude' | 'explicit';
  readonly schemaName: string;
  readonly tableName: string;
  readonly tableType: 'table' | 'view' | 'all';
  /** Tables with a higher number are loaded first. @default 0 */
  readonly loadOrder: number;
  /** Rows pass that pass each of them. */
  readonly filters: readonly RowFilter[];
}

/** What a rule is for: the objects that its patterns match. */
interface Locator {
  readonly schemaName: string;
  readonly tableName: string;
}

/** A rule that gives a schema, a table or a column another name in the target. */
export interface RenamingRule extends Locator {
  readonly target: 'schema' | 'table' | 'column';
  readonly action: (typeof RENAMING_ACTIONS)[number];
  readonly columnName: string;
  readonly value: string;
  readonly oldValue: string;
}

/** A rule that takes columns out, or leaves only those that it names, or changes their type. */
export interface ColumnRule extends Locator {
  readonly target: 'column';
  readonly action: 'remove-column' | 'include-column' | 'change-data-type';
  readonly columnName: string;
  /** DMS' type that a column must have for the rule to apply. */
  readonly sourceType: string | undefined;
  /** The type that it is changed to. */
  readonly dataType: DmsType | undefined;
}

/** A rule that adds a column. */
export interface AddColumnRule extends Locator {
  readonly target: 'column';
  readonly action: 'add-column';
  readonly name: string;
  /** In SQLite's language, with `$COLUMN` for a column of the source; NULL without. */
  readonly expression: string | undefined;
  readonly dataType: DmsType;
}

export type TransformationRule = RenamingRule | ColumnRule | AddColumnRule;

/** The table mappings of a task, read and checked. */
export interface TableMappings {
  readonly selection: readonly SelectionRule[];
  /** The lowest rule-id first: of several rules for one object DMS applies the first. */
  readonly transformation: readonly TransformationRule[];
}
