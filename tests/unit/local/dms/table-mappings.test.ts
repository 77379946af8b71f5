import { describe, expect, it } from 'vitest';
import { compileNamePattern } from '../../../../src/local/services/dms/mapping/rules.ts';
import { type SourceTable, selectTables } from '../../../../src/local/services/dms/mapping/select-tables.ts';
import { readTableMappings } from '../../../../src/local/services/dms/mapping/table-mappings.ts';
import { targetName } from '../../../../src/local/services/dms/mapping/target-name.ts';
import { schemaRule, selection, table, tableRule } from './mapping-rules.ts';

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
