import { compileNamePattern } from './name-pattern.ts';
import { rename } from './rename.ts';
import type { RenamingRule, TableMappings, TransformationRule } from './rules.ts';

/** Schema and table name of one side. */
export interface TableName {
  readonly schema: string;
  readonly name: string;
}

/**
 * What a source table is called in the target. One rule applies to a schema and one to a table: of several that match, the
 * one with the lowest rule-id.
 * @param targetSchema the task's TargetSchema, in place of the source's where no rule is for it
 */
export function targetName(mappings: TableMappings, source: TableName, targetSchema = ''): TableName {
  const rules = mappings.transformation.filter(isRenaming);
  const ofSchema = rules.find(
    (rule) => rule.target === 'schema' && compileNamePattern(rule.schemaName)(source.schema),
  );
  const ofTable = rules.find((rule) => rule.target === 'table' && isForTable(rule, source));
  return {
    schema: ofSchema ? rename(ofSchema, source.schema) : targetSchema || source.schema,
    name: rename(ofTable, source.name),
  };
}

/** Whether the rule's patterns match the table. */
export function isForTable(rule: TransformationRule, source: TableName): boolean {
  return (
    compileNamePattern(rule.schemaName)(source.schema) && compileNamePattern(rule.tableName)(source.name)
  );
}

/** Whether the rule changes a name. */
export function isRenaming(rule: TransformationRule): rule is RenamingRule {
  return 'oldValue' in rule;
}
