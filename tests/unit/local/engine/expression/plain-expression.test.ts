import fc from 'fast-check';
import jsonata from 'jsonata';
import { describe, expect, it } from 'vitest';
import { compilePlainExpression } from '../../../../../src/local/engine/expression/plain-expression.ts';
import { UNSURE } from '../../../../../src/local/engine/expression/plain-node.ts';

const compile = (source: string) => compilePlainExpression(jsonata(source).ast());
const read = (source: string, bindings: object) =>
  compile(source)?.(bindings as { readonly [name: string]: unknown });

describe('compilePlainExpression', () => {
  const bindings = { states: { input: { load: { id: 'load-1', rows: 0, last: null } } } };

  it.each([
    ['$states.input.load.id', 'load-1'],
    ['$states.input.load.rows', 0],
    ['$states.input.load.last', null],
    ['$states.input.load', { id: 'load-1', rows: 0, last: null }],
    ['$states.input.missing', undefined],
    ['$states.missing.id', undefined],
    ['$exists($states.input.load.last) ? $states.input.load.last : 1', null],
    ['$exists($states.input.load.next) ? $states.input.load.next : 1', 1],
    ["{'a': $states.input.load.id, 'b': 'c'}", { a: 'load-1', b: 'c' }],
    [
      "$merge([$states.input, {'turn': $states.input.load.id}])",
      { ...bindings.states.input, turn: 'load-1' },
    ],
    ["$sift($states.input.load, function($v, $k) { $k != 'id' })", { rows: 0, last: null }],
  ])('reads %s', (source, expected) => {
    expect(read(source, bindings)).toEqual(expected);
  });

  it.each([
    '$states.input.items',
    '$states.items.id',
    '$states.input.items.id',
    '$unknown.input',
    '$states.input.constructor',
    '$states.input.name.length',
    '$exists($states.items) ? 1 : 2',
    "$merge([$states.input.name, {'a': 1}])",
    "$merge([$states.input, {'a': $states.missing}])",
    "$sift($states.items, function($v, $k) { $k != 'id' })",
    "$sift($states.only, function($v, $k) { $k != 'id' })",
  ])('leaves %s to JSONata', (source) => {
    const states = { input: { items: [{ id: 1 }], name: 'sales' }, items: [{ id: 1 }], only: { id: 1 } };

    expect(read(source, { states })).toBe(UNSURE);
  });

  it.each(['$exists($a) ? 1 : 2', "$merge([$a, {'b': 1}])", "$sift($a, function($v, $k) { $k != 'b' })"])(
    'leaves %s to JSONata where a variable has the name of the function',
    (source) => {
      expect(read(source, { a: { c: 1 }, exists: 1, merge: 1, sift: 1 })).toBe(UNSURE);
    },
  );

  it.each([
    '$states.input[0]',
    '$states.input[]',
    '$states.input^(id)',
    "$states.input = 'x'",
    '$merge($states.input)',
    '$merge([$states.input][0])',
    '$merge([$states.input]).a',
    'input.id',
    '$states.input{id: rows}',
    '$states.input@$v.id',
    '$exists($states.input) ? 1',
    '$states.input ? 1 : 2',
    "{'a': 1, 'a': 2}",
    '{$states.input: 1}',
    "{'a': 1}.a",
    "$sift($states.input, function($v, $k) { $v != 'id' })",
    "$sift($states.input, function($k, $k) { $k != 'id' })",
    "$sift($states.input, function($v, $k) { $k = 'id' })",
    '$sift($states.input, function($v, $k) { $k != $v })',
    "$sift($states.input, function($v, $k, $o) { $k != 'id' })",
    "$sift($states.input, function($v, $k)<ss:b> { $k != 'id' })",
    '$sift($states.input)',
  ])('does not take %s for a plain expression', (source) => {
    expect(compile(source)).toBeUndefined();
  });

  it('says what JSONata says, whatever the data', async () => {
    const key = fc.constantFrom('a', 'b', 'c');
    const leaf = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null));
    const { data } = fc.letrec((tie) => ({
      data: fc.oneof(
        { maxDepth: 3 },
        leaf,
        fc.dictionary(key, tie('data'), { maxKeys: 3 }),
        fc.array(tie('data'), { maxLength: 2 }),
      ),
    }));
    const path = fc.array(key, { maxLength: 3 }).map((keys) => ['$x', ...keys].join('.'));
    const { source } = fc.letrec<{ source: string }>((tie) => ({
      source: fc.oneof(
        { maxDepth: 3 },
        path,
        fc.constantFrom('1', "'text'", 'null', 'true'),
        fc
          .tuple(path, tie('source'), tie('source'))
          .map(([asked, a, b]) => `$exists(${asked}) ? ${a} : ${b}`),
        fc.tuple(key, tie('source')).map(([name, value]) => `{'${name}': ${value}}`),
        fc.tuple(tie('source'), tie('source')).map(([a, b]) => `$merge([${a}, ${b}])`),
        fc
          .tuple(tie('source'), key)
          .map(([object, name]) => `$sift(${object}, function($v, $k) { $k != '${name}' })`),
      ),
    }));
    let plain = 0;

    await fc.assert(
      fc.asyncProperty(data, source, async (x, text) => {
        const value = compile(text)?.({ x }) ?? UNSURE;
        if (value === UNSURE) return;
        plain += 1;
        expect(value).toEqual(await jsonata(text).evaluate(undefined, { x }));
      }),
      { numRuns: 1_000 },
    );
    expect(plain).toBeGreaterThan(100);
  });
});
