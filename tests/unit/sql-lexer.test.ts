import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lex } from '../../src/sql-lexer.ts';

const kinds = (sql: string) =>
  lex(sql)
    .filter(({ kind }) => kind !== 'space')
    .map(({ kind, text }) => `${kind} ${text}`);

describe('lex', () => {
  it('tells words, names, strings, numbers and signs apart', () => {
    expect(kinds(`select "A""b", 'it''s', E'\\'x', 1.5e-3 from a.b;`)).toEqual([
      'word select',
      'name "A""b"',
      'sign ,',
      `string 'it''s'`,
      'sign ,',
      `string E'\\'x'`,
      'sign ,',
      'number 1.5e-3',
      'word from',
      'word a',
      'sign .',
      'word b',
      'sign ;',
    ]);
  });

  it('takes a backslash in any string for an escape', () => {
    expect(kinds(`'a\\'b' 'c'`)).toEqual([`string 'a\\'b'`, `string 'c'`]);
  });

  it('sees parameters where they are none of ::, :=, a string or a comment', () => {
    expect(kinds(`:a::int :b:= ':c' /* :d */ -- :e`)).toEqual([
      'parameter :a',
      'sign ::',
      'word int',
      'parameter :b',
      'sign :=',
      `string ':c'`,
      'comment /* :d */',
      'comment -- :e',
    ]);
  });

  it('nests block comments', () => {
    expect(kinds('/* a /* b */ c */ d')).toEqual(['comment /* a /* b */ c */', 'word d']);
  });

  it('ends an operator where a comment begins', () => {
    expect(kinds('1 +-- x\n2 */* y */ 3')).toEqual([
      'number 1',
      'sign +',
      'comment -- x',
      'number 2',
      'sign *',
      'comment /* y */',
      'number 3',
    ]);
  });

  it('keeps dollar-quoted bodies whole, whatever quotes are in them', () => {
    expect(kinds(`$x$ 'a $$ b $x$ $1 a$b$c`)).toEqual([`body $x$ 'a $$ b $x$`, 'position $1', 'word a$b$c']);
  });

  it('reads a range of PL/pgSQL and names of temporary tables', () => {
    expect(kinds('1..10 #work 5 # 3')).toEqual([
      'number 1',
      'sign ..',
      'number 10',
      'word #work',
      'number 5',
      'sign #',
      'number 3',
    ]);
  });

  it.each([`'abc`, `"abc`, '$$ abc', '/* /* */', `E'abc\\'`])('calls %s broken', (sql) => {
    expect(lex(sql).at(-1)?.kind).toBe('broken');
  });

  it('loses nothing of any text', () => {
    const pieces = fc.constantFrom(
      "'",
      '"',
      '$$',
      '$a$',
      '--',
      '/*',
      '*/',
      '\n',
      ' ',
      ':',
      '::',
      'e',
      '\\',
      '1.',
      '.',
      '#',
      'é',
    );
    const sql = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(fc.oneof(pieces, fc.string())).map((parts) => parts.join('')),
    );

    fc.assert(
      fc.property(
        sql,
        (text) =>
          lex(text)
            .map((token) => token.text)
            .join('') === text,
      ),
    );
  });
});
