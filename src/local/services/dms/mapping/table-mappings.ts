import * as z from 'zod';
import { readTransformation } from './read-transformation.ts';
import {
  DocumentSchema,
  type MappingRule,
  RuleSchema,
  SelectionSchema,
  TableSettingsSchema,
} from './rule-schemas.ts';
import {
  compareRuleIds,
  isPattern,
  type SelectionRule,
  type TableMappings,
  type TransformationRule,
} from './rules.ts';

const FOREIGN_TYPES: Readonly<Record<string, string>> = {
  'object-mapping':
    'is for targets such as DynamoDB, Kinesis and Kafka; a Redshift target takes none: leave the rule out',
  'post-processing': 'is for S3 targets; a Redshift target takes none: leave the rule out',
};
const TYPES = 'selection, transformation, table-settings, validation';

/**
 * Reads the JSON document of a task's table mappings.
 * @throws Error naming each rule and field that is wrong, or that the local DMS does not support
 * @see https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Tasks.CustomizingTasks.TableMapping.SelectionTransformation.html
 */
export function readTableMappings(document: unknown): TableMappings {
  const problems: string[] = [];
  const collect = <T>(what: string, read: () => T): T | undefined => {
    try {
      return read();
    } catch (error) {
      problems.push(`${what}${describeProblem(error)}`);
      return undefined;
    }
  };
  const { rules = [] } = collect('', () => DocumentSchema.parse(document)) ?? {};
  const read = rules.map((given, index) => {
    const rule = collect(`rule number ${index + 1}: `, () => RuleSchema.parse(given));
    return rule && collect(`rule ${rule['rule-id']}: `, () => readRule(rule));
  });
  const found = read.filter((rule) => rule !== undefined);
  problems.push(...repeatedIds(found.map(({ id }) => id)));
  if (problems.length === 0 && !found.some(({ selection }) => selection)) {
    problems.push('rules: there is no selection rule');
  }
  if (problems.length > 0) throw new Error(`table mappings are not valid: ${problems.join('; ')}`);
  const sorted = found.toSorted((one, other) => compareRuleIds(one.id, other.id));
  return {
    selection: sorted.flatMap(({ selection }) => selection ?? []),
    transformation: sorted.flatMap(({ transformation }) => transformation ?? []),
  };
}

interface ReadRule {
  readonly id: string;
  readonly selection?: SelectionRule;
  readonly transformation?: TransformationRule | undefined;
}

/** A rule without effect here has neither member. */
function readRule(rule: MappingRule): ReadRule {
  const [type, id] = [rule['rule-type'], rule['rule-id']];
  if (type === 'selection') return { id, selection: readSelection(rule) };
  if (type === 'transformation') return { id, transformation: readTransformation(rule) };
  if (type === 'table-settings') requireExactTable(rule);
  else if (type !== 'validation')
    throw new Error(`rule-type ${type} ${FOREIGN_TYPES[type] ?? `is none of ${TYPES}`}`);
  return { id };
}

function readSelection(rule: MappingRule): SelectionRule {
  const { 'object-locator': locator, filters, ...parsed } = SelectionSchema.parse(rule);
  if (filters?.length && isPattern(locator['table-name'])) {
    throw new Error('filters are for tables that are named exactly: table-name has a wildcard');
  }
  return {
    action: parsed['rule-action'],
    schemaName: locator['schema-name'],
    tableName: locator['table-name'],
    tableType: locator['table-type'] ?? 'table',
    loadOrder: parsed['load-order'] ?? 0,
    // DMS applies the filters of included tables alone.
    filters: parsed['rule-action'] === 'include' ? (filters ?? []) : [],
  };
}

/** The settings of tables change nothing here, but DMS takes none with a wildcard. */
function requireExactTable(rule: MappingRule): void {
  const { 'object-locator': locator } = TableSettingsSchema.parse(rule);
  if (Object.values(locator).some((part) => part.includes('%'))) {
    throw new Error(
      'failed validation. Exact schema and table name required when using table settings rule.',
    );
  }
}

function repeatedIds(ids: readonly string[]): readonly string[] {
  const repeated = new Set(ids.filter((id, index) => ids.indexOf(id) !== index));
  return [...repeated].map((id) => `rule-id ${id} is used twice`);
}

function describeProblem(error: unknown): string {
  if (!(error instanceof z.ZodError)) return (error as Error).message;
  return error.issues
    .map(({ path, message }) => [path.join('.'), message].filter(Boolean).join(': '))
    .join(', ');
}
