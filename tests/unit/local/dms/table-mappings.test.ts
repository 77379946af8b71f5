import { describe, expect, it } from 'vitest';
import { compileNamePattern } from '../../../../src/local/services/dms/mapping/name-pattern.ts';
import { type SourceTable, selectTables } from '../../../../src/local/services/dms/mapping/select-tables.ts';
import { readTableMappings } from '../../../../src/local/services/dms/mapping/table-mappings.ts';
import { targetName } from '../../../../src/local/services/dms/mapping/target-name.ts';

let ids = 0;
const identity = () => ({ 'rule-id': String(++ids), 'rule-name': `rule-${ids}` });

function selection(schema: string, table: string, action = 'include', more: object = {}, type?: string) {
  const locator = { 'schema-name': schema, 'table-name': table, ...(type ? { 'table-type': type } : {}) };
  return {
    ...identity(),
    'rule-type': 'selection',
    'rule-action': action,
    'object-locator': locator,
    ...more,
  };
}
function schemaRule(schema: string, action: string, more: object = {}) {
  const locator = { 'schema-name': schema };
  const rule = { 'rule-type': 'transformation', 'rule-target': 'schema', 'rule-action': action };
  return { ...identity(), ...rule, 'object-locator': locator, ...more };
}
function tableRule(schema: string, table: string, action: string, more: object = {}) {
  return {
    ...schemaRule(schema, action, more),
    'rule-target': 'table',
    'object-locator': { 'schema-name': schema, 'table-name': table },
  };
}

const table = (name: string, kind: SourceTable['kind'] = 'table'): SourceTable => {
  const [schema = '', tableName = ''] = name.split('.');
  return { schema, name: tableName, kind, columns: ['a'] };
};

function selected(rules: readonly object[], tables: readonly SourceTable[]): string[] {
  return selectTables(readTableMappings({ rules }), tables).map(({ schema, name }) => `${schema}.${name}`);
}
function renamed(rules: readonly object[], name: string): string {
  const to = targetName(readTableMappings({ rules }), table(name));
  return `${to.schema}.${to.name}`;
}

describe('name patterns', () => {
  it.each([
    ['%', 'anything', true],
    ['Test%', 'Tests', true],
    ['Test%', 'test', false],
    ['%a%b', 'xaxb', true],
    ['tab_', 'tab1', true],
    ['tab[_]', 'tab1', false],
    ['tab[_]', 'tab_', true],
    ['tab[12]', 'tab2', true],
    ['a.b', 'axb', false],
    ['a$(b)', 'a$(b)', true],
  ])('%s and %s', (pattern, name, expected) => {
    expect(compileNamePattern(pattern)(name)).toBe(expected);
  });
});

describe('selection rules', () => {
  const tables = [table('s.sales'), table('s.customer'), table('s.v_sales', 'view'), table('other.sales')];

  it('include the tables that match, by name, and leave views out', () => {
    expect(selected([selection('s', '%')], tables)).toEqual(['s.customer', 's.sales']);
  });

  it('exclude with precedence over any include', () => {
    const rules = [selection('%', 'sales', 'exclude'), selection('%', '%'), selection('other', 'sales')];

    expect(selected(rules, tables)).toEqual(['s.customer']);
  });

  it('name tables explicitly, without patterns', () => {
    expect(selected([selection('s', 'sales', 'explicit')], tables)).toEqual(['s.sales']);
    expect(selected([selection('s', '%', 'explicit')], tables)).toEqual([]);
  });

  it('take views when asked to', () => {
    expect(selected([selection('s', '%', 'include', {}, 'view')], tables)).toEqual(['s.v_sales']);
    expect(selected([selection('s', '%', 'include', {}, 'all')], tables)).toHaveLength(3);
  });

  it('load tables with a higher order first', () => {
    const rules = [selection('s', '%'), selection('s', 'sales', 'include', { 'load-order': '2' })];

    expect(selected(rules, tables)).toEqual(['s.sales', 's.customer']);
  });
});

describe('transformation rules', () => {
  it('keep a name that no rule is for', () => {
    expect(renamed([schemaRule('x', 'rename', { value: 'y' })], 's.t')).toBe('s.t');
  });

  it.each([
    ['rename', { value: 'new' }, 's.new'],
    ['add-prefix', { value: 'stg_' }, 's.stg_Tab_old'],
    ['add-suffix', { value: '_stg' }, 's.Tab_old_stg'],
    ['remove-prefix', { value: 'Tab_' }, 's.old'],
    ['remove-suffix', { value: '_old' }, 's.Tab'],
    ['remove-suffix', { value: 'no' }, 's.Tab_old'],
    ['replace-prefix', { value: 'X', 'old-value': 'Tab' }, 's.X_old'],
    ['replace-suffix', { value: 'new', 'old-value': 'old' }, 's.Tab_new'],
    ['convert-lowercase', {}, 's.tab_old'],
    ['convert-uppercase', {}, 's.TAB_OLD'],
  ])('%s %j', (action, more, expected) => {
    expect(renamed([tableRule('s', '%', action, more)], 's.Tab_old')).toBe(expected);
  });

  it('apply one rule to the schema and one to the table', () => {
    const rules = [
      schemaRule('s', 'rename', { value: 'dbo' }),
      tableRule('%', '%', 'add-suffix', { value: '_stg' }),
    ];

    expect(renamed(rules, 's.customer')).toBe('dbo.customer_stg');
  });

  it('prefer the rule that names its table over a pattern, whatever the order', () => {
    const rules = [
      tableRule('s', '%', 'add-suffix', { value: '_stg' }),
      tableRule('%', 'sales', 'rename', { value: 'half_exact' }),
      tableRule('s', 'sales', 'rename', { value: 'fact_sales_stg' }),
    ];

    expect(renamed(rules, 's.sales')).toBe('s.fact_sales_stg');
    expect(renamed(rules, 't.sales')).toBe('t.half_exact');
    expect(renamed(rules, 's.other')).toBe('s.other_stg');
  });

  it('take the first of several patterns', () => {
    const rules = [
      tableRule('s', 't%', 'rename', { value: 'first' }),
      tableRule('s', '%', 'rename', { value: 'second' }),
    ];

    expect(renamed(rules, 's.t')).toBe('s.first');
  });
});

describe('a mapping document', () => {
  it.each([
    [
      'column rules',
      { ...tableRule('s', 't', 'rename'), 'rule-target': 'column' },
      'only rules for schemas and tables',
    ],
    ['row filters', selection('s', 't', 'include', { filters: [{}] }), 'row filters are not supported'],
    ['an unknown action', selection('s', 't', 'only'), 'rule-action'],
    ['an unknown kind of rule', { ...identity(), 'rule-type': 'object-mapping' }, 'rule-type'],
    [
      'a rule without a locator',
      { ...identity(), 'rule-type': 'selection', 'rule-action': 'include' },
      'object-locator',
    ],
  ])('with %s is refused by name', (_, rule, message) => {
    expect(() => readTableMappings({ rules: [rule] })).toThrow(message);
  });

  it('with one rule id twice is refused', () => {
    const rule = selection('s', 't');

    expect(() => readTableMappings({ rules: [rule, rule] })).toThrow(
      `rule-id ${rule['rule-id']} is used twice`,
    );
  });

  it('that is no object is refused', () => {
    expect(() => readTableMappings(undefined)).toThrow('table mappings are not valid');
  });
});
