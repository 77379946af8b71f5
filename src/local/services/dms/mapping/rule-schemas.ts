import * as z from 'zod';
import { DMS_TYPES } from './dms-type.ts';

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
const TABLE_ACTIONS = [...RENAMING_ACTIONS, 'define-primary-key'] as const;
const COLUMN_ACTIONS = [
  ...RENAMING_ACTIONS,
  'add-column',
  'include-column',
  'remove-column',
  'change-data-type',
] as const;

/** Ids, names and values are written as texts or as numbers. */
const text = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const name = text.pipe(z.string().min(1, 'must not be empty'));
const optionalText = text.nullish().transform((value) => value ?? '');
/** DMS' console writes '' where it has no number. */
const optionalNumber = z
  .union([z.literal('').transform(() => undefined), z.coerce.number().int().min(0)])
  .nullish()
  .transform((value) => value ?? undefined);

const ONE_VALUE = ['lte', 'ste', 'gte', 'eq', 'noteq'] as const;
const ConditionSchema = z.discriminatedUnion('filter-operator', [
  z.object({ 'filter-operator': z.enum(ONE_VALUE), value: text }),
  z.object({
    'filter-operator': z.enum(['between', 'notbetween']),
    'start-value': text,
    'end-value': text,
  }),
  z.object({ 'filter-operator': z.enum(['null', 'notnull']) }),
]);

const FilterSchema = z.object({
  'filter-type': z.literal('source'),
  'column-name': name,
  'filter-conditions': z.array(ConditionSchema).min(1),
});
export type RowFilter = z.infer<typeof FilterSchema>;
export type FilterCondition = z.infer<typeof ConditionSchema>;

/** @see https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Tasks.CustomizingTasks.TableMapping.SelectionTransformation.Selections.html */
export const SelectionSchema = z.object({
  'rule-action': z.enum(['include', 'exclude', 'explicit']),
  'object-locator': z.object({
    'schema-name': name,
    'table-name': name,
    'table-type': z.enum(['table', 'view', 'all']).nullish(),
  }),
  'load-order': z.coerce.number().int().min(0).max(2_147_483_647).nullish(),
  filters: z.array(FilterSchema).nullish(),
});

const DataTypeSchema = z.object({
  type: z.enum(DMS_TYPES, { error: `must be one of ${DMS_TYPES.join(', ')}` }),
  length: optionalNumber,
  precision: optionalNumber,
  scale: optionalNumber,
});

const base = { value: optionalText, 'old-value': optionalText, expression: z.string().nullish() };
const tableLocator = z.object({ 'schema-name': name, 'table-name': name.nullish() });

/** Rules for tablespaces are for Oracle targets: they are taken and change nothing. */
const IgnoredSchema = z.object({ 'rule-target': z.enum(['table-tablespace', 'index-tablespace']) });

/** @see https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Tasks.CustomizingTasks.TableMapping.SelectionTransformation.Transformations.html */
export const TransformationSchema = z.discriminatedUnion('rule-target', [
  z.object({
    ...base,
    'rule-target': z.literal('schema'),
    'rule-action': z.enum(RENAMING_ACTIONS),
    'object-locator': tableLocator,
  }),
  z.object({
    ...base,
    'rule-target': z.literal('table'),
    'rule-action': z.enum(TABLE_ACTIONS),
    'object-locator': tableLocator,
  }),
  z.object({
    ...base,
    'rule-target': z.literal('column'),
    'rule-action': z.enum(COLUMN_ACTIONS),
    'object-locator': tableLocator.extend({
      'column-name': name.nullish(),
      'data-type': z.string().nullish(),
    }),
    'data-type': DataTypeSchema.nullish(),
  }),
  IgnoredSchema,
]);
export type TransformationDocument = z.infer<typeof TransformationSchema>;

/** @see https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Tasks.CustomizingTasks.TableMapping.SelectionTransformation.Tablesettings.html */
export const TableSettingsSchema = z.object({
  'object-locator': z.object({ 'schema-name': name, 'table-name': name }),
  'parallel-load': z
    .object({ type: z.enum(['partitions-auto', 'subpartitions-auto', 'partitions-list', 'ranges', 'none']) })
    .nullish(),
  'lob-settings': z.object({ mode: z.enum(['limited', 'unlimited', 'none']).nullish() }).nullish(),
});

/** What every rule has. */
export const RuleSchema = z.looseObject({ 'rule-type': z.string(), 'rule-id': name });
export type MappingRule = z.infer<typeof RuleSchema>;

export const DocumentSchema = z.object({
  rules: z.array(z.unknown()).min(1, 'must be a list with a selection rule'),
});
