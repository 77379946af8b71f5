import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compactSql, readStatements, splitSql } from '../../src/sql-text.ts';

describe('splitSql', () => {
  it.each([
    ['a string', "SELECT ';'"],
    ['a string with a doubled quote', "SELECT 'it''s; fine'"],
    ['a string with an escaped quote', "SELECT 'it\\'s; fine'"],
    ['a quoted name', 'SELECT 1 AS "a;b"'],
    ['a line comment', 'SELECT 1 -- a;b\n+ 1'],
    ['a block comment', 'SELECT /* a;b */ 1'],
    ['a nested block comment', 'SELECT /* a /* b; */ c; */ 1'],
    ['dollar quotes', 'CREATE PROCEDURE p() AS $$ BEGIN DELETE FROM t; END; $$ LANGUAGE plpgsql'],
    ['dollar quotes with a tag', 'CREATE PROCEDURE p() AS $body$ SELECT $$;$$; $body$ LANGUAGE plpgsql'],
  ])('does not split at a semicolon in %s', (_, statement) => {
    expect(splitSql(`${statement};\nSELECT 2;`)).toEqual([statement, 'SELECT 2']);
  });

  it('leaves out what holds only blanks and comments', () => {
    expect(splitSql(';; -- nothing\n; /* nothing; */')).toEqual([]);
  });

  it('keeps the comment above a statement with it', () => {
    expect(splitSql('/* why */\nSELECT 1;')).toEqual(['/* why */\nSELECT 1']);
  });

  it('does not take a dollar sign inside a name for a quote', () => {
    expect(splitSql('SELECT a$$b; SELECT c$$d')).toEqual(['SELECT a$$b', 'SELECT c$$d']);
  });

  it('takes a string of megabytes', () => {
    const long = `SELECT '${"it''s; ".repeat(1_000_000)}'`;

    expect(splitSql(`${long};SELECT 2`)).toEqual([long, 'SELECT 2']);
  });

  it('gives back any statements that were joined by semicolons', () => {
    const part = fc.oneof(
      fc.constantFrom('SELECT', 'x', '1', '+', '(', ')', ','),
      fc.string({ maxLength: 8 }).map((text) => `'${text.replaceAll(/['\\]/g, '$&$&')}'`),
      fc.string({ maxLength: 8 }).map((text) => `"${text.replaceAll('"', '""')}"`),
      fc.stringMatching(/^[a-z; ']{0,8}$/).map((text) => `$q$${text}$q$`),
      fc.stringMatching(/^[a-z; ']{0,8}$/).map((text) => `/*${text}*/`),
    );
    const statement = fc
      .array(part, { minLength: 1, maxLength: 6 })
      .map((parts) => ['SELECT', ...parts].join(' '));

    fc.assert(
      fc.property(fc.array(statement, { maxLength: 5 }), (statements) => {
        expect(splitSql(statements.join(' ; '))).toEqual(statements);
      }),
    );
  });
});

describe('readStatements', () => {
  it('says on which line a statement begins, below its comments', () => {
    expect(readStatements('-- first\nSELECT 1;\n\n/* second\n */\nSELECT\n2;SELECT 3')).toEqual([
      { text: '-- first\nSELECT 1', line: 2 },
      { text: '/* second\n */\nSELECT\n2', line: 6 },
      { text: 'SELECT 3', line: 7 },
    ]);
  });

  it.each([
    ['string', "'it''s"],
    ['string', "'ends in a backslash\\'"],
    ['quoted name', '"na""me'],
    ['comment', '/* outer /* inner */'],
    ['dollar-quoted text', '$$ BEGIN; END; $body$'],
    ['dollar-quoted text', '$body$ BEGIN; END; $$'],
  ])('names the line of a %s that is not closed: %s', (what, opening) => {
    expect(() => readStatements(`SELECT 1;\nSELECT\n  ${opening};\nSELECT 3;\n`)).toThrow(
      new SyntaxError(`line 3: a ${what} begins here that is not closed`),
    );
  });

  it('takes a quote inside another kind of quote for text', () => {
    expect(splitSql(`SELECT '"', "'", $$'"/*$$ -- '\n; SELECT '/*' /* ' " $$ */`)).toEqual([
      `SELECT '"', "'", $$'"/*$$ -- '`,
      `SELECT '/*' /* ' " $$ */`,
    ]);
  });
});

describe('compactSql', () => {
  it.each([
    ['SELECT 1 -- one\n+ 2', 'SELECT 1 + 2'],
    ['/* why */\nSELECT\n\n  a,\n  b', 'SELECT a, b'],
    ["SELECT '--', \"/*\", ' x  y '", "SELECT '--', \"/*\", ' x  y '"],
    ['SELECT 1/* gone */', 'SELECT 1'],
  ])('puts %j on one line: %j', (sql, compact) => {
    expect(compactSql(sql)).toBe(compact);
  });
});
