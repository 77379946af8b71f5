import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textOf } from '../../../../../src/local/warehouse/dialect/token/token-list.ts';
import { translate, translateDynamic } from '../../../../../src/local/warehouse/dialect/translate.ts';
import { lex } from '../../../../../src/sql-lexer.ts';

const text = (sql: string) => translate(sql, [], 'redshift').text;

/** Texts that would be translated or refused if they were not quoted. */
const tempting = fc.constantFrom(
  ...[
    'nvl(a, b)',
    'ENCODE lzo',
    ':name',
    'SELECT TOP 1',
    'sysdate',
    'minus select',
    '::numeric',
    'ON CONFLICT',
    '#temp',
  ],
  ...['varchar(max)', 'decode(1,2,3)', ';', '$1', 'ARRAY[1]', 'getdate()', 'qualify', 'a->>b', 'truncate t'],
);
const inside = fc.array(fc.oneof(tempting, fc.string()), { maxLength: 4 }).map((parts) => parts.join(' '));
const quoted = fc.oneof(
  inside.map((content) => `'${content.replaceAll(/['\\]/g, (sign) => sign + sign)}'`),
  inside.map((content) => `"${content.replaceAll('"', '""')}x"`),
  inside.map((content) => `$q$${content.replaceAll('$', '')}$q$`),
  inside.map((content) => `1 /* ${content.replaceAll(/[*/]/g, '')} */`),
  inside.map((content) => `1 -- ${content.replaceAll(/[\r\n]/g, '')}\n`),
);

/** Only ASCII letters, as on Redshift. */
const lower = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());

describe('translate', () => {
  it('changes no string, comment or dollar-quoted string, and of quoted names the case, unless it counts', () => {
    const kept = (sql: string) =>
      lex(sql)
        .filter(({ kind }) => /^(string|comment|body|name)$/.test(kind))
        .map((token) => token.text);
    const folded = (sql: string) =>
      textOf(
        lex(sql).map((token) => (token.kind === 'name' ? { ...token, text: lower(token.text) } : token)),
      );

    fc.assert(
      fc.property(fc.array(quoted, { minLength: 1, maxLength: 5 }), (parts) => {
        const sql = `SELECT nvl(${parts.join(', ')}), ${parts.join(', ')} FROM t`;
        expect(kept(translate(sql, [], 'redshift', true).text)).toEqual(kept(sql));
        expect(kept(text(sql))).toEqual(kept(folded(sql)));
      }),
    );
  });

  it('changes nothing in a statement that both databases know', () => {
    const sql = '  SELECT a.b, count(*) /* all */ FROM x.a AS a\n WHERE a.b > 1 GROUP BY 1 -- end';

    expect(text(sql)).toBe(sql);
  });

  it('leaves a statement of the source database alone, but for its parameters', () => {
    const sql = 'INSERT INTO t SELECT n, :v FROM generate_series(1, 3) AS n ON CONFLICT DO NOTHING';

    expect(translate(sql, [{ name: 'v', value: 'x' }], 'postgres')).toEqual({
      command: 'INSERT',
      text: sql.replace(':v', '$1'),
      values: ['x'],
    });
  });

  it('gives every use of a parameter a number of its own', () => {
    const parameters = [
      { name: 'a', value: '1' },
      { name: 'b', value: '2' },
    ];

    expect(translate('CALL p(:b, :a, :b)', parameters, 'redshift')).toMatchObject({
      text: 'CALL p($1::varchar, $2::varchar, $3::varchar)',
      values: ['2', '1', '2'],
    });
  });

  it.each([
    ['/* c */ with a as (select 1) select * from a', 'SELECT'],
    ['create or replace procedure p() as $$ begin null; end $$ language plpgsql', 'CREATE PROCEDURE'],
    ['create temp table t (a int)', 'CREATE TABLE'],
    ['drop table t', 'DROP TABLE'],
    ['call p()', 'CALL'],
    ['begin', 'BEGIN'],
    ['truncate t', 'TRUNCATE'],
  ])('classifies %s as %s', (sql, command) => {
    expect(translate(sql, [], 'redshift').command).toBe(command);
  });

  it.each(['', '  ', '-- only a comment', ';'])('finds no statement in "%s"', (sql) => {
    expect(() => text(sql)).toThrow('ERROR: syntax error at end of input');
  });

  it('keeps the lines of a body, so that the server names the right one', () => {
    const body = `
      BEGIN
        CREATE TABLE a (
          x int ENCODE az64
        );
        TRUNCATE b;
        PERFORM 1;
      EXCEPTION WHEN OTHERS THEN
        -- said once
        INSERT INTO log
        VALUES (SQLERRM);
      END;`;
    const written = text(`CREATE PROCEDURE p() AS $$${body}$$ LANGUAGE plpgsql`);
    const lineOf = (sql: string, word: string) =>
      sql.slice(sql.indexOf('$$'), sql.indexOf(word)).split('\n').length;

    expect(lineOf(written, 'PERFORM')).toBe(lineOf(`$$${body}`, 'PERFORM'));
  });
});

describe('translateDynamic', () => {
  it('says of a TRUNCATE that it commits', () => {
    expect(translateDynamic('truncate table t', false)).toEqual({ text: 'TRUNCATE TABLE t', commits: true });
    expect(translateDynamic('select nvl(1, 2)', false)).toEqual({
      text: 'select coalesce(1, 2)',
      commits: false,
    });
  });

  it.each(['commit', 'ROLLBACK', 'begin'])('refuses %s', (sql) => {
    expect(() => translateDynamic(sql, false)).toThrow('cannot be invoked from dynamic SQL');
  });
});
