import { compileNamePattern, isPattern } from './name-pattern.ts';
import type { TableMappings, TransformationRule } from './table-mappings.ts';

/** Schema and table name of one side. */
export interface TableName {
  readonly schema: string;
  readonly name: string;
}

/**
 * What a source table is called in the target. One rule applies to a schema and one to a table: of several that match, the
 * one that names its object without a wildcard, and of those the first in the document.
 */
export function targetName(mappings: TableMappings, source: TableName): TableName {
  const rules = mappings.transformation.filter((rule) => matches(rule, source));
  return {
    schema: rename(mostSpecific(rules, 'schema'), source.schema),
    name: rename(mostSpecific(rules, 'table'), source.name),
  };
}

function matches(rule: TransformationRule, source: TableName): boolean {
  if (!compileNamePattern(rule.schemaName)(source.schema)) return false;
  return rule.target === 'schema' || compileNamePattern(rule.tableName ?? '%')(source.name);
}

function mostSpecific(
  rules: readonly TransformationRule[],
  target: TransformationRule['target'],
): TransformationRule | undefined {
  const candidates = rules.filter((rule) => rule.target === target);
  const exact = candidates.filter(
    ({ tableName, schemaName }) => !isPattern(tableName ?? '') && !isPattern(schemaName),
  );
  const exactTable = candidates.filter(({ tableName }) => tableName !== undefined && !isPattern(tableName));
  return exact[0] ?? exactTable[0] ?? candidates[0];
}

function rename(rule: TransformationRule | undefined, name: string): string {
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
