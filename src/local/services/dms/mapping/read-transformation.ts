import { type MappingRule, type TransformationDocument, TransformationSchema } from './rule-schemas.ts';
import type { TransformationRule } from './rules.ts';
import { requireExpression } from './sqlite-expression.ts';

type ColumnDocument = Extract<TransformationDocument, { 'rule-target': 'column' }>;
type Located = Exclude<TransformationDocument, { 'rule-target': 'table-tablespace' | 'index-tablespace' }>;

const UNSUPPORTED = /^(?:data-masking-|add-before-image-columns)/;
const WITHOUT_VALUE = ['convert-lowercase', 'convert-uppercase'];

/**
 * Reads a transformation rule; undefined for one that changes nothing here.
 * @throws Error, ZodError
 */
export function readTransformation(rule: MappingRule): TransformationRule | undefined {
  const action = String(rule['rule-action']);
  if (UNSUPPORTED.test(action)) throw new Error(`rule-action ${action} is not supported by the local DMS`);
  const document = TransformationSchema.parse(rule);
  if (!isLocated(document) || document['rule-action'] === 'define-primary-key') return undefined;
  if (document['rule-target'] === 'column') return readColumnRule(document);
  return renaming(document, document['rule-target'], document['rule-action'], '%');
}

function readColumnRule(document: ColumnDocument): TransformationRule {
  const { 'rule-action': action, 'object-locator': locator, 'data-type': dataType } = document;
  if (action === 'add-column') return readAddedColumn(document);
  const columnName = locator['column-name'];
  if (!columnName) throw new Error('object-locator.column-name: is missing');
  if (action === 'change-data-type' && !dataType) throw new Error('data-type: is missing');
  switch (action) {
    case 'remove-column':
    case 'include-column':
    case 'change-data-type':
      return {
        ...located(document),
        target: 'column',
        action,
        columnName,
        sourceType: locator['data-type'] ?? undefined,
        dataType: dataType ?? undefined,
      };
    default:
      return renaming(document, 'column', action, columnName);
  }
}

function readAddedColumn(document: ColumnDocument): TransformationRule {
  const { value, expression, 'data-type': dataType } = document;
  if (value === '') throw new Error('value: the name of the new column is missing');
  if (expression) requireExpression(expression);
  return {
    ...located(document),
    target: 'column',
    action: 'add-column',
    name: value,
    expression: expression ?? undefined,
    dataType: dataType ?? { type: 'string' },
  };
}

function renaming(
  document: Located,
  target: 'schema' | 'table' | 'column',
  action: Extract<TransformationRule, { oldValue: string }>['action'],
  columnName: string,
): TransformationRule {
  const { value, 'old-value': oldValue, expression } = document;
  if (expression) throw new Error(`expression: a ${action} by expression is not supported by the local DMS`);
  if (value === '' && !WITHOUT_VALUE.includes(action) && !action.startsWith('replace-')) {
    throw new Error(`value: is missing, which ${action} needs`);
  }
  if (oldValue === '' && action.startsWith('replace-'))
    throw new Error(`old-value: is missing, which ${action} needs`);
  return { ...located(document), target, action, columnName, value, oldValue };
}

function located({ 'object-locator': locator }: Located) {
  return { schemaName: locator['schema-name'], tableName: locator['table-name'] ?? '%' };
}

function isLocated(document: TransformationDocument): document is Located {
  return 'object-locator' in document;
}
