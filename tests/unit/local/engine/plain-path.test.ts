import fc from 'fast-check';
import jsonata from 'jsonata';
import { describe, expect, it } from 'vitest';
import { compilePlainPath } from '../../../../src/local/engine/plain-path.ts';

const read = (source: string, bindings: object) =>
  compilePlainPath(jsonata(source).ast())?.(bindings as { readonly [name: string]: unknown });

describe('compilePlainPath', () => {
  it('reads members of members', () => {
    const bindings = { states: { input: { load: { id: 'load-1', rows: 0, last: null } } } };

    expect(read('$states.input.load.id', bindings)).toBe('load-1');
    expect(read('$states.input.load.rows', bindings)).toBe(0);
    expect(read('$states.input.load.last', bindings)).toBeNull();
    expect(read('$states.input.load', bindings)).toEqual({ id: 'load-1', rows: 0, last: null });
  });

  it.each([
    '$states.input.items',
    '$states.items.id',
    '$states.missing',
    '$states.input.items.id',
    '$unknown.input',
    '$states.input.constructor',
    '$states.input.name.length',
  ])('leaves %s to JSONata', (source) => {
    const bindings = { states: { input: { items: [{ id: 1 }], name: 'sales' }, items: [{ id: 1 }] } };

    expect(read(source, bindings)).toBeUndefined();
  });

  it.each([
    '$states.input[0]',
    '$states.input[]',
    '$states.input^(id)',
    "$states.input = 'x'",
    '$merge([$states.input])',
    'input.id',
    '$states.input{id: rows}',
    '$states.input@$v.id',
  ])('does not take %s for a plain path', (source) => {
    expect(compilePlainPath(jsonata(source).ast())).toBeUndefined();
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

    await fc.assert(
      fc.asyncProperty(data, fc.array(key, { minLength: 1, maxLength: 4 }), async (value, keys) => {
        const source = `$x.${keys.join('.')}`;
        const plain = read(source, { x: value });
        if (plain === undefined) return;
        expect(plain).toEqual(await jsonata(source).evaluate(undefined, { x: value }));
      }),
    );
  });
});
