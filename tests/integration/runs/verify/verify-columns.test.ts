import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../../src/clock.ts';
import { definePipeline } from '../../../../src/definition/define-pipeline.ts';
import { migrate } from '../../../../src/migrations/migrate.ts';
import { createSqlRunner } from '../../../../src/migrations/sql-runner.ts';
import { type ShapedTable, verifyColumns } from '../../../../src/runs/verify/verify-columns.ts';
import { type LocalRedshift, startLocalRedshift } from '../../../fixtures/local-redshift.ts';

const TABLES = Array.from({ length: 40 }, (_, index) => `mart.stg_${index}`);
const target = { clusterIdentifier: 'redshiftcluster-abcd', database: 'dev', dbUser: 'owner' };
const placeholders = { owner: 'owner', runtime: 'runtime', dms: 'dms' };

let redshift: LocalRedshift;
let folder: string;
let verifications = 0;
let sent: string[] = [];

const pipeline = definePipeline({
  name: 'load-many',
  tasks: ['a-task'],
  stagedTables: TABLES as [string, ...string[]],
  steps: { Load: { call: 'mart.sp_load', commits: true } },
});

const applyMigrations = () =>
  migrate({ runner: createSqlRunner(redshift.client, target), folder, placeholders, pipelines: [pipeline] });

async function alter(...sqls: readonly string[]): Promise<void> {
  for (const sql of sqls) {
    const { Status, Error: error } = await redshift.run(sql);
    if (Status !== 'FINISHED') throw new Error(`${sql}: ${error}`);
  }
}

/** As runtime sees them, and as a run asks: each under a name of its own. */
function verify(tables: readonly ShapedTable[] = TABLES.map((table) => ({ table }))) {
  verifications += 1;
  const execution = { arn: `arn:run-${verifications}`, name: `run-${verifications}`, redriveCount: 0 };
  const context = {
    api: redshift.client,
    clock: systemClock,
    random: Math.random,
    remainingMs: () => 600_000,
  };
  sent = [];
  return verifyColumns(
    context,
    { pipeline: 'load-many', target: { ...target, dbUser: 'runtime' }, execution },
    tables,
  );
}

describe('the columns of staged tables in the warehouse', () => {
  beforeAll(async () => {
    redshift = await startLocalRedshift({
      intercept: async (call, next) => {
        sent.push(call.operation);
        return next();
      },
    });
    folder = await mkdtemp(join(tmpdir(), 'elt-columns-'));
    const tables = TABLES.map(
      (table) => `CREATE TABLE ${table} (id varchar(10), amount numeric(10,2), at timestamp, note text);`,
    );
    await writeFile(
      join(folder, 'V1__tables.sql'),
      ['CREATE SCHEMA mart;', ...tables.slice(0, 20)].join('\n'),
    );
    await writeFile(join(folder, 'V1.1__tables.sql'), tables.slice(20).join('\n'));
    await writeFile(
      join(folder, 'R__grants.sql'),
      `GRANT USAGE ON SCHEMA mart, elt TO \${runtime}; GRANT SELECT ON ALL TABLES IN SCHEMA mart TO \${runtime};`,
    );
  });
  afterAll(async () => {
    await redshift.close();
    await rm(folder, { recursive: true });
  });

  it('are not compared before a migrate has noted them, and that is said', async () => {
    await alter('CREATE SCHEMA elt', 'GRANT USAGE ON SCHEMA elt TO runtime');

    expect(await verify()).toEqual({
      problems: [],
      warnings: [expect.stringContaining('npm run migrate notes it')],
    });
    await alter('DROP SCHEMA elt');
  });

  it('are those that the migrations made, forty tables in one query', async () => {
    await applyMigrations();

    expect(await verify()).toEqual({ problems: [], warnings: [] });
    expect(sent.filter((operation) => operation === 'ExecuteStatement')).toHaveLength(2);
  });

  it('are told with their table when something else has changed them', async () => {
    await alter(
      'ALTER TABLE mart.stg_1 DROP COLUMN note',
      'ALTER TABLE mart.stg_2 ADD COLUMN extra integer',
      'ALTER TABLE mart.stg_3 RENAME COLUMN amount TO total',
      'DROP TABLE mart.stg_4',
      'CREATE TABLE mart.stg_4 (id varchar(5), amount numeric(12,2), note varchar(256), at timestamptz)',
      'GRANT SELECT ON mart.stg_4 TO runtime',
    );

    expect(await verify()).toEqual({
      problems: [
        'mart.stg_1: note is gone (varchar(256))',
        'mart.stg_2: extra is new (integer)',
        'mart.stg_3: amount is gone (numeric(10,2)); total may be its new name',
        'mart.stg_3: total is new (numeric(10,2))',
        'mart.stg_4: id is narrower, varchar(5) in the place of varchar(10)',
        'mart.stg_4: at has another type, timestamptz in the place of timestamp',
      ],
      warnings: [
        'mart.stg_4: amount is wider, numeric(12,2) in the place of numeric(10,2)',
        'mart.stg_4: its columns stand in another order',
      ],
    });
  });

  it('stay as they were noted when a migration speaks of other tables', async () => {
    await writeFile(join(folder, 'V2__other.sql'), 'CREATE TABLE mart.other (x integer);');
    await applyMigrations();

    expect((await verify([{ table: 'mart.stg_1' }])).problems).toHaveLength(1);
  });

  it('are noted anew by a migration that speaks of them', async () => {
    await writeFile(join(folder, 'V3__more.sql'), 'ALTER TABLE MART."stg_5" ADD COLUMN more date;');
    await applyMigrations();

    expect(await verify([{ table: 'mart.stg_5' }])).toEqual({ problems: [], warnings: [] });
    expect(await applyMigrations()).toEqual([]);
  });

  it('are those of the definition where it names them', async () => {
    const columns = [
      { name: 'id', type: 'varchar(10)' },
      { name: 'amount', type: 'decimal(10,2)' },
      { name: 'at', type: 'timestamp' },
    ];

    expect(await verify([{ table: 'mart.stg_6', columns, extra: 'warn' }])).toEqual({
      problems: [],
      warnings: ['mart.stg_6: note is new (varchar(256))'],
    });
    expect(sent.filter((operation) => operation === 'ExecuteStatement')).toHaveLength(1);
  });

  it('are not judged of a table that is not there: the count says it', async () => {
    expect(await verify([{ table: 'mart.gone' }])).toEqual({ problems: [], warnings: [] });
  });
});
