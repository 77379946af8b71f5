import { describe, expect, it } from 'vitest';
import { readTableMappings } from '../../../../src/local/services/dms/mapping/table-mappings.ts';
import { identity, schemaRule, selection, tableRule } from './mapping-rules.ts';

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
