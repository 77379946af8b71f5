import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readEffects } from '../../../../src/preflight/sql/touched-tables.ts';

/** Tables with their rights, as one text each. */
function touched(sql: string): readonly string[] {
  return [...readEffects(sql).tables]
    .map(([table, rights]) => `${table}: ${[...rights].toSorted().join(' ')}`)
    .toSorted();
}

describe('the tables that SQL touches', () => {
  it.each<[string, string, readonly string[]]>([
    ['a query', 'SELECT a FROM dbo.x', ['dbo.x: SELECT']],
    [
      'several tables with aliases',
      'SELECT 1 FROM dbo.x AS a, dbo.y b, dbo.z',
      ['dbo.x: SELECT', 'dbo.y: SELECT', 'dbo.z: SELECT'],
    ],
    [
      'joins',
      'SELECT 1 FROM dbo.x JOIN dbo.y USING (id) LEFT JOIN dbo.z ON true',
      ['dbo.x: SELECT', 'dbo.y: SELECT', 'dbo.z: SELECT'],
    ],
    [
      'a subquery',
      'SELECT 1 FROM (SELECT 1 FROM dbo.x) s WHERE EXISTS (SELECT 1 FROM dbo.y)',
      ['dbo.x: SELECT', 'dbo.y: SELECT'],
    ],
    ['INSERT', 'INSERT INTO dbo.t (a) SELECT a FROM dbo.x', ['dbo.t: INSERT', 'dbo.x: SELECT']],
    ['INSERT of values', "INSERT INTO dbo.t VALUES (1, 'FROM dbo.no')", ['dbo.t: INSERT']],
    ['UPDATE with a condition', 'UPDATE dbo.t SET a = 1 WHERE b = 2', ['dbo.t: SELECT UPDATE']],
    [
      'UPDATE from another table',
      'UPDATE dbo.t SET a = s.a FROM dbo.x s WHERE s.id = t.id',
      ['dbo.t: SELECT UPDATE', 'dbo.x: SELECT'],
    ],
    ['DELETE of all', 'DELETE FROM dbo.t', ['dbo.t: DELETE']],
    ['DELETE without FROM', 'DELETE dbo.t', ['dbo.t: DELETE']],
    [
      'DELETE with USING',
      'DELETE FROM dbo.t USING dbo.x WHERE t.id = x.id',
      ['dbo.t: DELETE SELECT', 'dbo.x: SELECT'],
    ],
    ['TRUNCATE', 'TRUNCATE TABLE dbo.t', ['dbo.t: TRUNCATE']],
    [
      'MERGE',
      'MERGE INTO dbo.t USING dbo.x s ON t.id = s.id WHEN MATCHED THEN UPDATE SET a = s.a WHEN NOT MATCHED THEN INSERT VALUES (1)',
      ['dbo.t: INSERT SELECT UPDATE', 'dbo.x: SELECT'],
    ],
    [
      'quoted names, folded as Redshift does',
      'SELECT 1 FROM "DBO"."Order Details"',
      ['dbo.order details: SELECT'],
    ],
    ['comments', 'SELECT 1 -- FROM dbo.no\nFROM dbo.x /* JOIN dbo.no /* nested */ */', ['dbo.x: SELECT']],
    [
      'CTEs',
      'WITH a AS (SELECT 1 FROM dbo.x), b (c) AS (SELECT 1 FROM a) SELECT 1 FROM b',
      ['dbo.x: SELECT'],
    ],
    [
      'temporary tables',
      'CREATE TEMP TABLE IF NOT EXISTS t AS SELECT 1 FROM dbo.x; INSERT INTO t SELECT 1; INSERT INTO #u SELECT 1 FROM t; DROP TABLE t',
      ['dbo.x: SELECT'],
    ],
    [
      'FROM that is before no table',
      'SELECT extract(year FROM a), substring(b FROM 2), trim(c FROM d) FROM dbo.x WHERE a IS NOT DISTINCT FROM b',
      ['dbo.x: SELECT'],
    ],
    [
      'functions',
      'SELECT 1 FROM generate_series(1, 2), dbo.f(1) f, (SELECT 1) AS s, dbo.x',
      ['dbo.x: SELECT'],
    ],
    ['columns that are called like words', 'SELECT t.from, t.update FROM dbo.x t', ['dbo.x: SELECT']],
    ['SELECT … FOR UPDATE', 'SELECT 1 FROM dbo.x FOR UPDATE', ['dbo.x: SELECT']],
    [
      'a cursor',
      'DECLARE c CURSOR FOR SELECT 1 FROM dbo.x; BEGIN FETCH c INTO r; FETCH NEXT FROM c INTO r; END;',
      ['dbo.x: SELECT'],
    ],
    ['SELECT INTO a variable', 'BEGIN SELECT INTO n count(*) FROM dbo.x; END;', ['dbo.x: SELECT']],
    [
      'a loop',
      'FOR r IN SELECT 1 FROM dbo.x LOOP UPDATE dbo.t SET a = 1; END LOOP;',
      ['dbo.t: UPDATE', 'dbo.x: SELECT'],
    ],
    [
      'a text that is run as a whole',
      "EXECUTE 'DELETE FROM dbo.t WHERE a = ''x'''; COMMIT;",
      ['dbo.t: DELETE SELECT'],
    ],
  ])('%s', (_title, sql, expected) => {
    expect(touched(sql)).toEqual(expected);
  });

  it('never fails, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom(
            'from',
            'dbo',
            '.',
            'x',
            '(',
            ')',
            ',',
            ';',
            "'",
            '"',
            '$$',
            'with',
            'as',
            'delete',
            'execute',
            ' ',
            '/*',
            '#t',
          ),
        ),
        (parts) => {
          expect(readEffects(parts.join(' ')).doubts).toBeInstanceOf(Array);
        },
      ),
    );
  });
});

describe('what ends the transaction', () => {
  it.each([
    ['TRUNCATE', 'BEGIN TRUNCATE dbo.t; END;', ['TRUNCATE']],
    ['COMMIT', 'BEGIN DELETE FROM dbo.t; COMMIT; END;', ['COMMIT']],
    ['ROLLBACK behind THEN', 'BEGIN IF a THEN ROLLBACK; END IF; END;', ['ROLLBACK']],
    ['TRUNCATE in a text that is run', "BEGIN EXECUTE 'TRUNCATE dbo.t'; END;", ['TRUNCATE']],
    ['not a column of that name', 'SELECT commit FROM dbo.x', []],
    ['not a comment', 'BEGIN -- TRUNCATE dbo.t;\n DELETE FROM dbo.t; END;', []],
  ])('%s', (_title, sql, expected) => {
    expect(readEffects(sql).commits).toEqual(expected);
  });
});

describe('what words do not say', () => {
  it.each([
    [
      'dynamic SQL',
      "BEGIN EXECUTE 'DELETE FROM ' || t; END;",
      'it runs dynamic SQL (EXECUTE), which is not read',
    ],
    [
      'a called procedure without a schema',
      'BEGIN CALL sp_other(1); END;',
      'it calls sp_other, which is not followed: which procedure it is, is not certain',
    ],
    [
      'a name without a schema',
      'SELECT 1 FROM x',
      'x stands without a schema: which table it is depends on search_path',
    ],
    ['another database', 'SELECT 1 FROM other.dbo.x', 'other.dbo.x is in another database'],
    [
      'a table that it makes',
      'BEGIN CREATE TABLE dbo.t (a int); END;',
      'it makes a table, for which it needs CREATE on a schema',
    ],
    [
      'ALTER',
      'BEGIN ALTER TABLE dbo.t APPEND FROM dbo.u; END;',
      'what ALTER needs is not known from its words',
    ],
    [
      'a text without an end',
      "SELECT 'x",
      'its text cannot be read: line 1: a string begins here that is not closed',
    ],
  ])('%s', (_title, sql, doubt) => {
    expect(readEffects(sql).doubts).toEqual([doubt]);
  });

  it('names the procedures that are called', () => {
    const { calls, doubts } = readEffects(
      'BEGIN CALL dbo.sp_a(1); IF x THEN CALL "dbo"."SP_B"(); END IF; END',
    );

    expect({ calls, doubts }).toEqual({ calls: new Set(['dbo.sp_a', 'dbo.sp_b']), doubts: [] });
  });

  it('names the functions that are called', () => {
    expect([...readEffects('SELECT dbo.f_py(a), lower(b) FROM dbo.x').functions]).toEqual([
      'dbo.f_py',
      'lower',
    ]);
  });
});
