import {
  compileNamePattern,
  type RenamingRule,
  type TableMappings,
  type TransformationRule,
} from './rules.ts';

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

/** The name that a rule makes of a name; the name itself where no rule is for it. */
export function rename(rule: RenamingRule | undefined, name: string): string {
  if (!rule) return name;
  const { action, value, oldValue } = rule;
  switch (action) {
    case 'rename':
      return value;
    case 'add-prefix':
      return value + name;
    case 'add-suffix':
      return name + value;
    case 'remove-prefix':
      return replacePrefix(name, value, '');
    case 'remove-suffix':
      return replaceSuffix(name, value, '');
    case 'replace-prefix':
      return replacePrefix(name, oldValue, value);
    case 'replace-suffix':
      return replaceSuffix(name, oldValue, value);
    case 'convert-lowercase':
      return name.toLowerCase();
    case 'convert-uppercase':
      return name.toUpperCase();
  }
}

function replacePrefix(name: string, from: string, to: string): string {
  return name.startsWith(from) ? to + name.slice(from.length) : name;
}

function replaceSuffix(name: string, from: string, to: string): string {
  return name.endsWith(from) ? name.slice(0, name.length - from.length) + to : name;
}
