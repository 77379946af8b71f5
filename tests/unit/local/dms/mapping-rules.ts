import type { SourceTable } from '../../../../src/local/services/dms/mapping/select-tables.ts';

let ids = 0;

export const identity = () => ({ 'rule-id': String(++ids), 'rule-name': `rule-${ids}` });

export function selection(
  schema: string,
  table: string,
  action = 'include',
  more: object = {},
  type?: string,
) {
  const locator = { 'schema-name': schema, 'table-name': table, ...(type ? { 'table-type': type } : {}) };
  return {
    ...identity(),
    'rule-type': 'selection',
    'rule-action': action,
    'object-locator': locator,
    ...more,
  };
}

export function schemaRule(schema: string, action: string, more: object = {}) {
  const locator = { 'schema-name': schema };
  const rule = { 'rule-type': 'transformation', 'rule-target': 'schema', 'rule-action': action };
  return { ...identity(), ...rule, 'object-locator': locator, ...more };
}

export function tableRule(schema: string, table: string, action: string, more: object = {}) {
  return {
    ...schemaRule(schema, action, more),
    'rule-target': 'table',
    'object-locator': { 'schema-name': schema, 'table-name': table },
  };
}

export const table = (name: string, kind: SourceTable['kind'] = 'table'): SourceTable => {
  const [schema = '', tableName = ''] = name.split('.');
  return { schema, name: tableName, kind, columns: [{ name: 'a', type: 'integer' }], key: [] };
};
