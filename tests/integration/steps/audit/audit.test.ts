import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AuditDefinition } from '../../../../src/steps/audit/definition.ts';
import { type AuditedWarehouse, startAuditedWarehouse, startOf } from './audited-step.ts';

let mart: AuditedWarehouse;
let load = 0;

/** The procedure puts these rows into mart.sale, in the place of those that are there. */
const procedure = (...rows: readonly string[]) => `CREATE OR REPLACE PROCEDURE mart.sp_load() AS $$
BEGIN
  DELETE FROM mart.sale;
  ${rows.map((row) => `INSERT INTO mart.sale VALUES (${row});`).join('\n  ')}
END;
$$ LANGUAGE plpgsql`;

const UNIQUE = { unique: 'mart.sale', columns: ['number', 'line'] } as const;
const NOT_NULL = { notNull: 'mart.sale', columns: ['number', 'customer'] } as const;
const REFERENCES = {
  references: 'mart.sale',
  columns: ['customer'],
  to: 'mart.Customer',
  key: ['Cust Id'],
} as const;
const ACCEPTED = { accepted: 'mart.sale', column: 'flag', values: ['Y', "N'o"] } as const;
const NUMBERS = { accepted: 'mart.sale', column: 'line', values: [1, 2] } as const;
const ROWS = { rows: 'mart.sale', min: 1, max: 3 } as const;

const GOOD = "'a', 1, 7, 'Y'";

describe('an audit', () => {
  beforeAll(async () => {
    mart = await startAuditedWarehouse();
    await mart.run(
      'CREATE TABLE mart.sale (number varchar(10), line integer, customer integer, flag varchar(5))',
      'CREATE TABLE mart.customer ("cust id" integer)',
      'INSERT INTO mart.customer VALUES (7), (8)',
    );
  });
  afterAll(() => mart.redshift.close());
  beforeEach(async () => {
    load += 1;
    await mart.run('DELETE FROM mart.sale', "INSERT INTO mart.sale VALUES ('before', 1, 7, 'Y')");
  });

  it.each<[string, AuditDefinition, readonly string[], string]>([
    ['unique', UNIQUE, [GOOD, "'a', 2, 7, 'Y'"], 'unique mart.sale (number, line)'],
    ['unique, NULLs', UNIQUE, ["'a', NULL, 7, 'Y'", "'a', NULL, 7, 'Y'"], 'unique mart.sale (number, line)'],
    ['unique, empty', UNIQUE, [], 'unique mart.sale (number, line)'],
    ['notNull', NOT_NULL, [GOOD], 'notNull mart.sale (number, customer)'],
    ['notNull, empty', NOT_NULL, [], 'notNull mart.sale (number, customer)'],
    [
      'references',
      REFERENCES,
      [GOOD, "'b', 1, 8, 'Y'"],
      'references mart.sale (customer) to mart.customer (cust id)',
    ],
    [
      'references, NULLs',
      REFERENCES,
      ["'b', 1, NULL, 'Y'"],
      'references mart.sale (customer) to mart.customer (cust id)',
    ],
    ['accepted', ACCEPTED, [GOOD, "'b', 1, 7, 'N''o'", "'c', 1, 7, NULL"], 'accepted mart.sale (flag)'],
    ['accepted numbers', NUMBERS, [GOOD, "'b', 2, 7, 'Y'"], 'accepted mart.sale (line)'],
    ['named', { ...UNIQUE, name: 'one line once' }, [GOOD], 'one line once'],
  ])('passes, and leaves its count: %s', async (_, audit, rows, name) => {
    await mart.run(procedure(...rows));

    await expect(mart.load([audit], load)).resolves.toMatchObject({ complete: true, status: 'FINISHED' });

    expect(await mart.findings(load)).toEqual([[name, 0, null, null]]);
    expect(await mart.rows('SELECT count(*) FROM mart.sale')).toEqual([[rows.length]]);
  });

  it.each<[string, AuditDefinition, readonly string[], number]>([
    ['unique', UNIQUE, [GOOD, GOOD, GOOD, "'b', 1, 7, 'Y'", "'b', 1, 7, 'Y'"], 2],
    ['notNull', NOT_NULL, ["NULL, 1, NULL, 'Y'", "'b', 1, NULL, 'Y'", GOOD], 2],
    ['references', REFERENCES, ["'b', 1, 9, 'Y'", "'c', 1, 9, 'Y'", GOOD], 2],
    ['accepted', ACCEPTED, ["'b', 1, 9, 'y'", GOOD], 1],
    ['accepted numbers', NUMBERS, ["'b', 3, 9, 'Y'", GOOD], 1],
  ])('fails with its count, and nobody sees a row of the load: %s', async (_, audit, rows, wrongRows) => {
    await mart.run(procedure(...rows));

    const failure = mart.load([audit], load);

    await expect(failure).rejects.toMatchObject({
      name: 'DataCheckFailed',
      message: expect.stringContaining(
        `": ${wrongRows} wrong row${wrongRows === 1 ? '' : 's'}; nothing was published`,
      ),
    });
    expect(await mart.rows('SELECT number FROM mart.sale')).toEqual([['before']]);
    expect(await mart.findings(load)).toEqual([]);
  });

  it('names all that failed, and the load that production still shows', async () => {
    await mart.run(procedure(GOOD));
    await mart.load([UNIQUE], load);
    load += 1;
    await mart.run(procedure("NULL, 1, 9, 'x'"));

    const failure = mart.load([UNIQUE, NOT_NULL, REFERENCES, ACCEPTED], load);

    await expect(failure).rejects.toMatchObject({
      message: expect.stringContaining(
        [
          '"accepted mart.sale (flag)": 1 wrong row',
          '"notNull mart.sale (number, customer)": 1 wrong row',
          '"references mart.sale (customer) to mart.customer (cust id)": 1 wrong row',
          `nothing was published: production still shows the load of ${startOf(load - 1)}`,
        ].join('; '),
      ),
    });
  });

  it('names ten that failed, and counts the others', async () => {
    await mart.run(procedure("NULL, 1, 9, 'x'"));
    const many = Array.from({ length: 12 }, (_, index) => ({ ...NOT_NULL, name: `audit ${10 + index}` }));

    await expect(mart.load(many, load)).rejects.toMatchObject({
      message: expect.stringMatching(/^"audit 10": .*"audit 19": 1 wrong row; 2 more; nothing was published/),
    });
  });

  it('shows the wrong rows as they were before the rollback, where it may', async () => {
    await mart.run(procedure("'b', 1, 9, 'Y'", "'c', 1, 9, 'x'"));

    const failure = mart.load(
      [{ ...REFERENCES, showRows: true }, ACCEPTED, { ...UNIQUE, showRows: true }],
      load,
    );

    await expect(failure).rejects.toMatchObject({
      message: expect.stringMatching(
        /The first of "references mart\.sale .*": \[\{"customer":9\},\{"customer":9\}\]\. \(step Load of load-mart/,
      ),
    });
    await expect(failure).rejects.not.toMatchObject({ message: expect.stringContaining('"flag"') });
  });

  it('only warns where it is to, and leaves its count', async () => {
    await mart.run(procedure("'b', 1, 9, 'Y'"));

    await mart.load([{ ...REFERENCES, severity: 'warn', name: 'customers' }, ROWS], load);

    expect(await mart.findings(load)).toEqual([
      ['customers', 1, null, null],
      ['rows mart.sale', 0, 1, null],
    ]);
    expect(await mart.rows('SELECT number FROM mart.sale')).toEqual([['b']]);
  });

  it('that cannot run is a failed statement, and rolls back, too', async () => {
    await mart.run(procedure(GOOD));

    await expect(mart.load([{ unique: 'mart.gone', columns: ['x'] }], load)).rejects.toMatchObject({
      name: 'StatementFailed',
      message: expect.stringContaining('relation "mart.gone" does not exist'),
    });
    expect(await mart.rows('SELECT number FROM mart.sale')).toEqual([['before']]);
  });
});
