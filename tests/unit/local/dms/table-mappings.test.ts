import { describe, expect, it } from 'vitest';
import { compileNamePattern } from '../../../../src/local/services/dms/mapping/rules.ts';
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
  return { schema, name: tableName, kind, columns: [{ name: 'a', type: 'integer' }], key: [] };
};

function selected(rules: readonly object[], tables: readonly SourceTable[]): string[] {
  const found = selectTables(readTableMappings({ rules }), tables);
  return found.map((one) => `${one.table.schema}.${one.table.name}`);
}
function renamed(rules: readonly object[], name: string): string {
  const to = targetName(readTableMappings({ rules: [selection('%', '%'), ...rules] }), table(name));
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
    ['tab[a-d]', 'tabc', true],
    ['tab[a-d]', 'tabe', false],
    ['tab[^a]', 'tab^', true],
    ['tab[^a]', 'tabb', false],
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

  it('give way to the one with the lower rule-id, wherever it stands and whatever it names', () => {
    const suffix = tableRule('s', '%', 'add-suffix', { value: '_stg', 'rule-id': 9 });
    const exact = tableRule('s', 'sales', 'rename', { value: 'fact_sales_stg', 'rule-id': '10' });

    expect(renamed([exact, suffix], 's.sales')).toBe('s.sales_stg');
    expect(renamed([{ ...exact, 'rule-id': '08' }, suffix], 's.sales')).toBe('s.fact_sales_stg');
    expect(renamed([{ ...exact, 'rule-id': 'named' }, suffix], 's.sales')).toBe('s.sales_stg');
  });

  it('leave the schema to the settings where no rule is for it', () => {
    const mappings = readTableMappings({
      rules: [selection('%', '%'), schemaRule('s', 'rename', { value: 'dbo' })],
    });

    expect(targetName(mappings, table('s.t'), 'staging').schema).toBe('dbo');
    expect(targetName(mappings, table('other.t'), 'staging').schema).toBe('staging');
    expect(targetName(mappings, table('other.t')).schema).toBe('other');
  });
});

/** A rule of a column, `schema.table.column`. */
function columnRule(locator: string, action: string, more: object = {}) {
  const [schema, name, column] = locator.split('.');
  return {
    ...schemaRule('', action, more),
    'rule-target': 'column',
    'object-locator': {
      'schema-name': schema,
      'table-name': name,
      ...(column ? { 'column-name': column } : {}),
    },
  };
}
const add = (more: object) =>
  columnRule('s.t', 'add-column', { value: 'x', 'data-type': { type: 'string', length: 5 }, ...more });
const filtered = (filter: object) => selection('s', 't', 'include', { filters: [filter] });

describe('a mapping document', () => {
  it.each<[string, object, string]>([
    ['a filter that is none', filtered({}), 'filters.0.filter-type'],
    [
      'an unknown operator',
      filtered({
        'filter-type': 'source',
        'column-name': 'a',
        'filter-conditions': [{ 'filter-operator': 'gt' }],
      }),
      'filters.0.filter-conditions.0.filter-operator',
    ],
    [
      'a filter for a wildcard',
      selection('s', '%', 'include', {
        filters: [
          {
            'filter-type': 'source',
            'column-name': 'a',
            'filter-conditions': [{ 'filter-operator': 'null' }],
          },
        ],
      }),
      'filters are for tables that are named exactly',
    ],
    ['an unknown action', selection('s', 't', 'only'), 'rule-action'],
    [
      'object-mapping',
      { ...identity(), 'rule-type': 'object-mapping' },
      'rule-type object-mapping is for targets such as',
    ],
    [
      'post-processing',
      { ...identity(), 'rule-type': 'post-processing' },
      'rule-type post-processing is for S3 targets',
    ],
    [
      'an unknown kind of rule',
      { ...identity(), 'rule-type': 'sort' },
      'rule-type sort is none of selection,',
    ],
    ['masking', columnRule('s.t.a', 'data-masking-hash-mask'), 'data-masking-hash-mask is not supported'],
    [
      'before images',
      columnRule('s.t.a', 'add-before-image-columns'),
      'add-before-image-columns is not supported',
    ],
    [
      'a name by expression',
      tableRule('s', 't', 'rename', { value: 'x', expression: "$A||'x'" }),
      'by expression is not supported',
    ],
    ['a rename to nothing', tableRule('s', 't', 'rename'), 'value: is missing'],
    [
      'a replacement of nothing',
      tableRule('s', 't', 'replace-prefix', { value: 'x' }),
      'old-value: is missing',
    ],
    ['a table action for a schema', schemaRule('s', 'define-primary-key'), 'rule-action'],
    ['a column rule without a column', columnRule('s.t', 'remove-column'), 'column-name: is missing'],
    ['an unknown type', add({ 'data-type': { type: 'text' } }), 'data-type.type: must be one of bytes, date'],
    ['a column without a name', add({ value: '' }), 'the name of the new column is missing'],
    ['an expression that is none', add({ expression: "$A||'" }), 'expression: unrecognized token'],
    [
      'an unknown function',
      add({ expression: 'nvl($A, 0)' }),
      'expression: no such function: nvl, in nvl($A, 0)',
    ],
    [
      'settings for a wildcard',
      { ...selection('s', '%'), 'rule-type': 'table-settings' },
      'Exact schema and table name required',
    ],
    [
      'a rule without a locator',
      { ...identity(), 'rule-type': 'selection', 'rule-action': 'include' },
      'object-locator',
    ],
  ])('with %s is refused by rule and name', (_, rule, message) => {
    const id = Reflect.get(rule, 'rule-id');
    const read = () => readTableMappings({ rules: [selection('%', '%'), rule] });

    expect(read).toThrow(`table mappings are not valid: rule ${id}: `);
    expect(read).toThrow(message);
  });

  it('tells all that is wrong at once', () => {
    const rules = [selection('s', 't', 'only'), tableRule('s', 't', 'rename'), { 'rule-type': 'selection' }];

    expect(() => readTableMappings({ rules })).toThrow(
      /rule \d+: rule-action.*; rule \d+: value.*; rule number 3: rule-id/,
    );
  });

  it('takes rules that change nothing here', () => {
    const locator = { 'schema-name': 's', 'table-name': 't' };
    const rules = [
      selection('s', '%'),
      {
        ...identity(),
        'rule-type': 'table-settings',
        'object-locator': locator,
        'parallel-load': { type: 'ranges' },
      },
      { ...identity(), 'rule-type': 'validation', 'rule-target': 'column', 'object-locator': locator },
      tableRule('s', 't', 'define-primary-key', { 'primary-key-def': { name: 'k', columns: ['a'] } }),
      { ...schemaRule('s', 'rename', { value: 'x' }), 'rule-target': 'table-tablespace' },
    ];

    expect(readTableMappings({ rules }).transformation).toEqual([]);
  });

  it('with one rule id twice, as a text and as a number, is refused', () => {
    const rules = [
      selection('s', 't', 'include', { 'rule-id': '7' }),
      tableRule('s', 't', 'convert-lowercase', { 'rule-id': 7 }),
    ];

    expect(() => readTableMappings({ rules })).toThrow('rule-id 7 is used twice');
  });

  it.each([[undefined], [{}], [{ rules: [] }], [[]], [{ rules: [schemaRule('s', 'convert-lowercase')] }]])(
    'without a selection rule is refused: %j',
    (document) => {
      expect(() => readTableMappings(document)).toThrow('table mappings are not valid: ');
    },
  );
});
