import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AuditDefinition } from '../../../../src/steps/audit/definition.ts';
import { copyProject } from '../../../fixtures/package/project-copy.ts';
import { type AuditedWarehouse, startAuditedWarehouse } from './audited-step.ts';

let mart: AuditedWarehouse;
let load = 0;

const TABLE = '"my mart"."sale lines"';
/** The procedure adds these rows to an empty table. */
const procedure = (...rows: readonly string[]) => `CREATE OR REPLACE PROCEDURE mart.sp_load() AS $$
BEGIN
  DELETE FROM ${TABLE};
  ${rows.map((row) => `INSERT INTO ${TABLE} VALUES (${row});`).join('\n  ')}
END;
$$ LANGUAGE plpgsql`;

const SALE = 'My Mart.Sale Lines';
const UNIQUE = { unique: SALE, columns: ['Order No', 'Group'] } as const;
const REFERENCES = { references: SALE, columns: ['Order No', 'Group'], to: 'My Mart.Größen' } as const;
const INJECTION = `x'); DROP TABLE ${TABLE}; --`;
const TEXTS = ["it's", '50%', '"x"', 'a:b :audit_1 {x}', '\\', '$1', INJECTION] as const;
const quoted = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
const withText = (text: string) => `'a', 1, TRUE, 1, ${quoted(text)}, 1`;
const withNumber = (number: number) => `'a', 1, TRUE, ${number}, 'x', 1`;

const accepted = (column: string, ...values: readonly (string | number | boolean)[]) =>
  ({ accepted: SALE, column, values: values as unknown as readonly [string] }) satisfies AuditDefinition;

describe('an audit of names and values as people have them', () => {
  beforeAll(async () => {
    mart = await startAuditedWarehouse();
    await mart.run(
      'CREATE SCHEMA "my mart"',
      `CREATE TABLE ${TABLE} ("order no" varchar(10), "group" integer, is_open boolean, "amount/x" numeric(8,2), "size (cm)" varchar(100), times integer)`,
      'CREATE TABLE "my mart"."größen" ("order no" varchar(10), "group" integer)',
    );
  });
  afterAll(() => mart.redshift.close());
  beforeEach(async () => {
    load += 1;
    await mart.run('DELETE FROM "my mart"."größen"', 'INSERT INTO "my mart"."größen" VALUES (\'a\', 1)');
  });

  it.each<[string, AuditDefinition, readonly string[]]>([
    ['names with blanks, a reserved word', UNIQUE, [withText('x'), "'b', 1, TRUE, 1, 'x', 1"]],
    ['a key with one NULL', UNIQUE, ["'a', NULL, TRUE, 1, 'x', 1", "'a', NULL, TRUE, 1, 'x', 1"]],
    ['a reference with one NULL', REFERENCES, ["'b', NULL, TRUE, 1, 'x', 1", withText('x')]],
    ['no row for a name with blanks', { notNull: SALE, columns: ['Order No', 'Size (cm)'] }, []],
    ['texts with signs', accepted('Size (cm)', ...TEXTS), TEXTS.map(withText)],
    ['the boolean', accepted('Is_Open', true), [withText('x')]],
    ['numbers below zero, and parts', accepted('Amount/x', -1, 0.5, 12.25), [-1, 0.5, 12.25].map(withNumber)],
    ['as many rows as there may be', { rows: SALE, max: 2 }, [withText('x'), withText('y')]],
    ['no row where there may be some', { rows: SALE, max: 2 }, []],
  ])('passes: %s', async (_, audit, rows) => {
    await mart.run(procedure(...rows));

    await expect(mart.load([audit], load)).resolves.toMatchObject({ status: 'FINISHED' });

    expect(await mart.rows(`SELECT count(*) FROM ${TABLE}`)).toEqual([[rows.length]]);
  });

  it.each<[string, AuditDefinition, readonly string[], string]>([
    ['names with blanks', UNIQUE, [withText('x'), withText('y')], '1 wrong row'],
    ['a composite key that is not there', REFERENCES, ["'a', 2, TRUE, 1, 'x', 1"], '1 wrong row'],
    [
      'one text that is not there',
      accepted('Size (cm)', ...TEXTS),
      TEXTS.map((text) => withText(`!${text}`)),
      '7 wrong rows',
    ],
    ['the other boolean', accepted('is_open', true), ["'a', 1, FALSE, 1, 'x', 1"], '1 wrong row'],
    ['a number beside them', accepted('amount/x', -1, 0.5), [0.51, 1, -0.5].map(withNumber), '3 wrong rows'],
    ['a row too many', { rows: SALE, max: 1 }, [withText('x'), withText('y')], '2 rows'],
    [
      'a name with signs',
      { ...UNIQUE, name: `100% "it's"; ` },
      [withText('x'), withText('x')],
      '1 wrong row',
    ],
  ])('fails: %s', async (_, audit, rows, found) => {
    await mart.run(procedure(...rows));

    await expect(mart.load([audit], load)).rejects.toMatchObject({
      name: 'DataCheckFailed',
      message: expect.stringContaining(`": ${found}`),
    });
  });

  it('finds each row where the other table is empty', async () => {
    await mart.run('DELETE FROM "my mart"."größen"', procedure(withText('x'), withText('y')));

    await expect(mart.load([REFERENCES], load)).rejects.toMatchObject({
      message: expect.stringContaining('": 2 wrong rows'),
    });
  });

  it('shows a column that has the name of the count, too', async () => {
    await mart.run(procedure(withText('x'), withText('x')));
    const audit = { unique: SALE, columns: ['times'], showRows: true } as const;

    await expect(mart.load([audit], load)).rejects.toMatchObject({
      message: expect.stringContaining('[{"times":1,"times_found":2}]'),
    });
  });

  it.each([
    ['+50%', 2, 3],
    ['+57%', 100, 157],
    ['-10%', 20, 18],
    ['±29%', 100, 129],
    ['±29%', 100, 71],
  ])('lets a table change by %s: from %i rows to %i', async (change, before, now) => {
    const rows = { rows: SALE, change, name: `${change} of ${now}` } as const;
    const make = (count: number) =>
      mart.run(procedure(...Array.from({ length: count }, () => withText('x'))));
    const tooFar = change.startsWith('-') || now < before ? now - 1 : now + 1;
    await make(before);
    await mart.load([rows], load);

    await make(tooFar);
    await expect(mart.load([rows], load + 1)).rejects.toMatchObject({
      message: expect.stringContaining(`": ${tooFar} rows, ${before} in the load before`),
    });
    await make(now);
    await expect(mart.load([rows], load + 1)).resolves.toMatchObject({ status: 'FINISHED' });
    load += 1;
  });

  it('runs a query whose file has comments and semicolons', async () => {
    const project = await copyProject();
    const file = `/* Sizes; see :ticket and it's */
-- one; more
SELECT "order no", ';' AS sign -- last; '
FROM ${TABLE} WHERE "size (cm)" = 'a;--b' OR "size (cm)" LIKE '%''%' /* ; */ ;
`;
    await writeFile(join(project.folder, 'sql/checks/odd_sizes.sql'), file);
    const { compileStep } = await import(
      pathToFileURL(join(project.folder, 'src/steps/compile-step.ts')).href
    );
    await mart.run(procedure(withText('a;--b'), withText("it's"), withText('x')));

    const failure = mart.load([{ check: 'odd_sizes', showRows: true }], load, compileStep);

    await expect(failure).rejects.toMatchObject({
      message: expect.stringMatching(/"odd_sizes": 2 wrong rows;.*\[\{"order no":"a","sign":";"\},/),
    });
    await project.remove();
  });
});
