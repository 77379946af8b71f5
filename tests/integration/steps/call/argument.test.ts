import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Session, Warehouse } from '../../../../src/local/contracts.ts';
import { createWarehouse } from '../../../../src/local/warehouse/create-warehouse.ts';
import type { Argument } from '../../../../src/steps/call/argument.ts';
import { compileStep } from '../../../../src/steps/compile-step.ts';
import { parseStep, type Step } from '../../../../src/steps/step.ts';

let warehouse: Warehouse;
let session: Session;
beforeAll(async () => {
  warehouse = await createWarehouse();
  session = await warehouse.open('dev', 'owner');
  await session.execute('CREATE TABLE arrived (value varchar(400))', []);
});
afterAll(() => warehouse?.close());

/** What the state machine puts in the place of a run's value. */
const LOAD_TIME = '2026-11-24T13:45:12.000Z';

/** The CALL that is compiled for a procedure with one argument, and its values. */
function compiled(argument: Argument) {
  const step = parseStep('Take', { call: { procedure: 'public.sp_takes', args: [argument] }, commits: true });
  const { sqls, parameters } = compileStep('p', step as Step);
  const values = Object.entries(parameters).map(([name, value]) => ({
    name,
    value: value.startsWith('{%') ? LOAD_TIME : value,
  }));
  return { sql: String(sqls[0]), values };
}

/** Calls a procedure whose parameter has the type, and answers what arrived there, as text. */
async function arrivesAt(types: readonly string[], argument: Argument): Promise<unknown> {
  for (const type of types) {
    await session.execute(
      `CREATE PROCEDURE sp_takes(argument ${type}) AS $$
       BEGIN INSERT INTO arrived VALUES (argument${type === 'boolean' ? '::integer' : ''}::varchar(400)); END; $$ LANGUAGE plpgsql`,
      [],
    );
  }
  const { sql, values } = compiled(argument);
  const failed = await session.execute(sql, values).then(
    () => undefined,
    (error: Error) => error.message,
  );
  for (const type of types) await session.execute(`DROP PROCEDURE sp_takes(${type})`, []);
  const { rows } = await session.execute('SELECT value FROM arrived', []);
  await session.execute('DELETE FROM arrived', []);
  return failed ?? rows?.[0]?.[0];
}

describe('an argument of CALL', () => {
  it.each(['smallint', 'integer', 'bigint', 'numeric(18,0)', 'real', 'double precision'])(
    'that is a small whole number fits a parameter of type %s',
    async (type) => {
      expect(await arrivesAt([type], 5)).toBe('5');
    },
  );

  it.each([
    [-40_000, 'integer', '-40000'],
    [40_000, 'bigint', '40000'],
    [3_000_000_000, 'bigint', '3000000000'],
    [3_000_000_000, 'numeric(18,0)', '3000000000'],
    [1e20, 'numeric(38,0)', '100000000000000000000'],
    [0.25, 'numeric(18,2)', '0.25'],
    [0.25, 'double precision', '0.25'],
    [-12.5, 'real', '-12.5'],
    [1e-7, 'double precision', '1e-07'],
    [5, 'numeric(18,2)', '5'],
  ] as const)('that is the number %s fits a parameter of type %s', async (value, type, arrived) => {
    expect(await arrivesAt([type], value)).toBe(arrived);
  });

  it.each(['varchar(20)', 'varchar', 'char(3)'])('that is text fits a parameter of type %s', async (type) => {
    expect(await arrivesAt([type], 'äb')).toBe('äb');
  });

  it('that is text is not cut', async () => {
    expect(await arrivesAt(['varchar(400)'], 'x'.repeat(300))).toBe('x'.repeat(300));
  });

  // A boolean becomes no text, but a number.
  it.each([
    [true, '1'],
    [false, '0'],
  ])('that is %s fits a parameter of type boolean', async (value, arrived) => {
    expect(await arrivesAt(['boolean'], value)).toBe(arrived);
  });

  it('that is a number chooses the numeric one of procedures of one name, a text the other', async () => {
    expect(compiled('5').sql).toMatch(/::varchar/);
    expect(await arrivesAt(['smallint', 'varchar'], 5)).toBe('5');
    expect(await arrivesAt(['smallint', 'varchar'], 'five')).toBe('five');
  });

  it.each([
    [{ value: 5, as: 'bigint' }, 'bigint', '5'],
    [{ value: '2026-11-24', as: 'date' }, 'date', '2026-11-24'],
    [{ value: 5, as: 'varchar' }, 'varchar(5)', '5'],
    [{ value: '0.5', as: 'numeric(18,2)' }, 'numeric(18,2)', '0.50'],
    [{ run: 'loadTime' }, 'varchar(24)', LOAD_TIME],
    [{ run: 'loadTime', as: 'timestamp' }, 'timestamp', '2026-11-24 13:45:12'],
  ] as const)('that is %j has the type that is asked for: %s', async (argument, type, arrived) => {
    expect(await arrivesAt([type], argument)).toBe(arrived);
  });

  it('that is text does not fit a parameter of type integer: Redshift looks at types', async () => {
    expect(await arrivesAt(['integer'], '5')).toMatch(/sp_takes\(character varying\) does not exist/);
  });
});
