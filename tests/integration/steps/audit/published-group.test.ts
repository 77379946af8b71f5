import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { PipelineDefinition } from '../../../../src/definition/pipeline.ts';
import { type AuditedWarehouse, startAuditedWarehouse, startOf } from './audited-step.ts';

let mart: AuditedWarehouse;
let load = 0;

const procedure = (table: string, value: string) => `CREATE OR REPLACE PROCEDURE mart.sp_${table}() AS $$
BEGIN
  DELETE FROM mart.${table};
  INSERT INTO mart.${table} VALUES (${value});
END;
$$ LANGUAGE plpgsql`;

/** Steps of which the last fails where its value is NULL, or is no value of the first. */
const STEPS: PipelineDefinition['steps'] = {
  First: { call: 'mart.sp_first', audit: [{ unique: 'mart.first', columns: ['x'] }] },
  Second: {
    call: 'mart.sp_second',
    after: ['First'],
    audit: [
      { notNull: 'mart.second', columns: ['x'], showRows: true },
      { references: 'mart.second', columns: ['x'], to: 'mart.first', showRows: true },
    ],
  },
};
const production = () =>
  mart.rows('SELECT (SELECT max(x) FROM mart.first), (SELECT max(x) FROM mart.second)');

describe('steps that are published together', () => {
  beforeAll(async () => {
    mart = await startAuditedWarehouse();
    await mart.run('CREATE TABLE mart.first (x integer)', 'CREATE TABLE mart.second (x integer)');
  });
  afterAll(() => mart.redshift.close());
  beforeEach(async () => {
    load += 1;
    await mart.run(procedure('first', '1'), procedure('second', '1'));
    await mart.publish(STEPS, load);
    load += 1;
    await mart.run(procedure('first', '2'));
  });

  it('are one step with one record, and say which they are', async () => {
    await mart.run(procedure('second', '2'));

    await expect(mart.publish(STEPS, load)).resolves.toMatchObject({
      status: 'FINISHED',
      members: ['First', 'Second'],
    });

    expect(await production()).toEqual([[2, 2]]);
    expect(await mart.findings(load)).toHaveLength(3);
  });

  it('leave the rows of the first when an audit of the second fails', async () => {
    await mart.run(procedure('second', '9'));

    const failure = mart.publish(STEPS, load);

    await expect(failure).rejects.toMatchObject({
      name: 'DataCheckFailed',
      message: expect.stringContaining(
        `"references mart.second (x) to mart.first (x)": 1 wrong row; nothing was published: production still shows the load of ${startOf(load - 1)}. The first of "references mart.second (x) to mart.first (x)": [{"x":9}]. (step Publish_Together`,
      ),
    });
    await expect(failure).rejects.toMatchObject({
      message: expect.stringContaining('published together: First and Second'),
    });
    expect(await production()).toEqual([[1, 1]]);
    expect(await mart.findings(load)).toEqual([]);
  });

  it.each([
    ['a procedure of the first', procedure('first', '1 / 0'), '2', 'member First, in "CALL mart.sp_first()"'],
    [
      'a procedure of the second',
      procedure('first', '2'),
      '1 / 0',
      'member Second, in "CALL mart.sp_second()"',
    ],
  ])('name the one whose statement failed: %s', async (_, first, second, place) => {
    await mart.run(first, procedure('second', second));

    await expect(mart.publish(STEPS, load)).rejects.toMatchObject({
      name: 'StatementFailed',
      message: expect.stringMatching(/division by zero/),
    });
    await expect(mart.publish(STEPS, load)).rejects.toMatchObject({
      message: expect.stringContaining(`(step Publish_Together of publish-mart, ${place}`),
    });
    expect(await production()).toEqual([[1, 1]]);
  });

  it('name the one whose audit cannot run', async () => {
    const broken = { unique: 'mart.gone', columns: ['x'] } as const;
    await mart.run(procedure('second', '2'));

    await expect(
      mart.publish({ ...STEPS, Third: { call: 'mart.sp_second', audit: [broken] } }, load),
    ).rejects.toMatchObject({
      name: 'StatementFailed',
      message: expect.stringMatching(
        /"mart\.gone" does not exist.*, member Third, in "INSERT INTO elt\.audit_/s,
      ),
    });
    expect(await production()).toEqual([[1, 1]]);
  });
});
