import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  findPlaceholders,
  parametersOf,
} from '../../../../src/local/services/redshift-data/operation/parameters.ts';

describe('placeholders', () => {
  it.each([
    ['select :a, :a, :b_1', ['a', 'b_1']],
    ["select ':a', 'it''s :b'", []],
    ['select ":a"', []],
    ['select 1 -- :a\n, :b', ['b']],
    ['select 1 /* :a */, :b', ['b']],
    ["select '1'::int, :a::int", ['a']],
    ['create procedure p() as $$ begin x := :a; end $$', []],
    ['create procedure p() as $body$ :a $$ :b $body$', []],
    ['call p(:a,:b)', ['a', 'b']],
    ["unload ('select * from t where id = :id') to 's3://x'", []],
  ])('of %s are %o', (sql, names) => {
    expect([...findPlaceholders(sql)]).toEqual(names);
  });

  it('in a literal of any text are none', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const sql = `select '${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}', :end`;

        expect([...findPlaceholders(sql)]).toEqual(['end']);
      }),
    );
  });

  it('are scanned in linear time', () => {
    const sql = "'".repeat(99_999);

    expect(findPlaceholders(sql).size).toBe(0);
  });
});

it('a SQL of a batch gets only the parameters that it uses', () => {
  const parameters = [
    { name: 'a', value: '1' },
    { name: 'b', value: '2' },
  ];

  expect(parametersOf('select :b', parameters)).toEqual([{ name: 'b', value: '2' }]);
});
