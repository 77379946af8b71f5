import fc from 'fast-check';
import jsonata from 'jsonata';
import { describe, expect, it } from 'vitest';
import { compilePlainExpression, UNSURE } from '../../../../src/local/engine/plain-expression.ts';

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
  ])('leaves %s to JSONata', (source) => {
    const states = { input: { items: [{ id: 1 }], name: 'sales' }, items: [{ id: 1 }] };

    expect(read(source, { states })).toBe(UNSURE);
  });

  it.each(['$exists($a) ? 1 : 2', "$merge([$a, {'b': 1}])"])(
    'leaves %s to JSONata where a variable has the name of the function',
    (source) => {
      expect(read(source, { a: {}, exists: 1, merge: 1 })).toBe(UNSURE);
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
