import * as z from 'zod';

/** A rule that says which source tables are copied. */
export interface SelectionRule {
  readonly action: 'include' | 'exclude' | 'explicit';
  readonly schemaName: string;
  readonly tableName: string;
  readonly tableType: 'table' | 'view' | 'all';
  /** Tables with a higher number are loaded first. @default 0 */
  readonly loadOrder: number;
}

/** A rule that gives a schema or a table another name in the target. */
export interface TransformationRule {
  readonly target: 'schema' | 'table';
  readonly action: (typeof RENAMING_ACTIONS)[number];
  readonly schemaName: string;
  /** Absent in rules for schemas. */
  readonly tableName: string | undefined;
  readonly value: string;
  readonly oldValue: string;
}

/** The table mappings of a task, read and checked. Rules keep the document's order. */
export interface TableMappings {
  readonly selection: readonly SelectionRule[];
  readonly transformation: readonly TransformationRule[];
}

export const RENAMING_ACTIONS = [
  'rename',
  'add-prefix',
  'add-suffix',
  'remove-prefix',
  'remove-suffix',
  'replace-prefix',
  'replace-suffix',
  'convert-lowercase',
  'convert-uppercase',
] as const;

const identity = { 'rule-id': z.coerce.string(), 'rule-name': z.coerce.string() };

const SelectionSchema = z.object({
  ...identity,
  'rule-type': z.literal('selection'),
  'rule-action': z.enum(['include', 'exclude', 'explicit']),
  'object-locator': z.object({
    'schema-name': z.string().min(1),
    'table-name': z.string().min(1),
    'table-type': z.enum(['table', 'view', 'all']).default('table'),
  }),
  'load-order': z.coerce.number().int().min(0).default(0),
  filters: z.array(z.unknown()).max(0, 'row filters are not supported by the local DMS').nullish(),
});

const TransformationSchema = z.object({
  ...identity,
  'rule-type': z.literal('transformation'),
  'rule-target': z.enum(
    ['schema', 'table'],
    'only rules for schemas and tables are supported by the local DMS',
  ),
  'rule-action': z.enum(RENAMING_ACTIONS),
  'object-locator': z.object({
    'schema-name': z.string().min(1),
    'table-name': z.string().min(1).optional(),
  }),
  value: z.string().nullish(),
  'old-value': z.string().nullish(),
});

const DocumentSchema = z.object({
  rules: z.array(z.discriminatedUnion('rule-type', [SelectionSchema, TransformationSchema])),
});

/**
 * Reads the JSON document of a task's table mappings.
 * @throws Error naming the rule and the field that is wrong, or that the local DMS does not support
 * @see https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Tasks.CustomizingTasks.TableMapping.SelectionTransformation.html
 */
export function readTableMappings(document: unknown): TableMappings {
  const parsed = DocumentSchema.safeParse(document);
  if (!parsed.success) throw new Error(`table mappings are not valid:\n${z.prettifyError(parsed.error)}`);
  const { rules } = parsed.data;
  const ids = rules.map((rule) => rule['rule-id']);
  const repeated = ids.find((id, index) => ids.indexOf(id) !== index);
  if (repeated !== undefined)
    throw new Error(`table mappings are not valid: rule-id ${repeated} is used twice`);
  return {
    selection: rules.filter((rule) => rule['rule-type'] === 'selection').map(selectionRule),
    transformation: rules.filter((rule) => rule['rule-type'] === 'transformation').map(transformationRule),
  };
}

function selectionRule(rule: z.infer<typeof SelectionSchema>): SelectionRule {
  return {
    action: rule['rule-action'],
    schemaName: rule['object-locator']['schema-name'],
    tableName: rule['object-locator']['table-name'],
    tableType: rule['object-locator']['table-type'],
    loadOrder: rule['load-order'],
  };
}

function transformationRule(rule: z.infer<typeof TransformationSchema>): TransformationRule {
  return {
    target: rule['rule-target'],
    action: rule['rule-action'],
    schemaName: rule['object-locator']['schema-name'],
    tableName: rule['object-locator']['table-name'],
    value: rule.value ?? '',
    oldValue: rule['old-value'] ?? '',
  };
}
