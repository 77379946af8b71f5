import fc from 'fast-check';
import jsonata from 'jsonata';
import { describe, expect, it } from 'vitest';
import { compileMemberPath, UNSURE } from '../../../../../src/local/engine/expression/member-path.ts';

const compile = (source: string) => compileMemberPath(jsonata(source).ast());
const read = (source: string, bindings: object) =>
  compile(source)?.(bindings as { readonly [name: string]: unknown });

describe('compileMemberPath', () => {
  const bindings = { states: { input: { load: { id: 'load-1', rows: 0, last: null } } } };

  it.each([
    ['$states.input.load.id', 'load-1'],
    ['$states.input.load.rows', 0],
    ['$states.input.load.last', null],
    ['$states.input.load', { id: 'load-1', rows: 0, last: null }],
    ['$states', bindings.states],
    ['$states.input.missing', undefined],
    ['$states.missing.id', undefined],
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
  ])('leaves %s to JSONata', (source) => {
    const states = { input: { items: [{ id: 1 }], name: 'sales' }, items: [{ id: 1 }] };

    expect(read(source, { states })).toBe(UNSURE);
  });

  it.each([
    '$states.input[0]',
    '$states.input[]',
    '$states.input^(id)',
    "$states.input = 'x'",
    '$merge($states.input)',
    'input.id',
    'input',
    "'text'",
    '$states.input{id: rows}',
    '$states.input@$v.id',
    '$states.*',
    '$states.input.%.input',
    '$exists($states.input) ? 1 : 2',
    "{'a': 1}.a",
  ])('does not take %s for a path of members', (source) => {
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
    let sure = 0;

    await fc.assert(
      fc.asyncProperty(data, path, async (x, text) => {
        const value = compile(text)?.({ x });
        if (value === UNSURE) return;
        sure += 1;
        expect(value).toEqual(await jsonata(text).evaluate(undefined, { x }));
      }),
      { numRuns: 1_000 },
    );
    expect(sure).toBeGreaterThan(100);
  });
});
