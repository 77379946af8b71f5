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

/** Orders rules as DMS applies them: the lower rule-id first. Ids that are no numbers, which DMS does not document, come last. */
export function compareRuleIds(one: string, other: string): number {
  const [first, second] = [numberOf(one), numberOf(other)];
  if (first === undefined || second === undefined)
    return Number(first === undefined) - Number(second === undefined);
  return first < second ? -1 : first > second ? 1 : 0;
}

function numberOf(id: string): bigint | undefined {
  return /^\d+$/.test(id) ? BigInt(id) : undefined;
}

/**
 * Compiles a name of an object locator: `%` any text, `_` one character, `[ab]` one of a set, `[a-d]` one of
 * a range, `[_]` the character itself.
 * Case counts. A name without any of these is matched exactly.
 * @see https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Tasks.CustomizingTasks.TableMapping.SelectionTransformation.Wildcards.html
 */
export function compileNamePattern(pattern: string): (name: string) => boolean {
  const parts = pattern.match(/\[[^\]]+\]|[\s\S]/g) ?? [];
  const expression = new RegExp(`^${parts.map(toExpression).join('')}$`, 's');
  return (name) => expression.test(name);
}

/** Whether the name can match more than one object. `_` does not count: names of tables have it, and mean it. */
export function isPattern(name: string): boolean {
  return name.includes('%') || /\[[^\]]{2,}\]/.test(name);
}

function toExpression(part: string): string {
  if (part === '%') return '.*';
  if (part === '_') return '.';
  if (part.length === 1) return part.replace(/[\\^$.*+?()[\]{}|]/, '\\$&');
  return `[${part.slice(1, -1).replace(/[\\\]^]/g, '\\$&')}]`;
}
