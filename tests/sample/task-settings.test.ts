import { readFile } from 'node:fs/promises';
import { ModifyReplicationTaskCommand } from '@aws-sdk/client-database-migration-service';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Sample, startSample, TASK_ARN } from './sample-stack.ts';

const SETTINGS = new URL('../../sql/sample/task-settings.json', import.meta.url);

let sample: Sample;

/** Changes settings of the task, beside those of sql/sample. */
async function modifyTask(settings: string | undefined): Promise<void> {
  const command = { ReplicationTaskArn: TASK_ARN, ReplicationTaskSettings: settings };
  await sample.dms.send(new ModifyReplicationTaskCommand(command));
}

const withMode = (mode: string) =>
  modifyTask(JSON.stringify({ FullLoadSettings: { TargetTablePrepMode: mode } }));

/** The command that the cause of the last run names, carried out. */
async function obeyCause(): Promise<void> {
  const { cause = '' } = await sample.lastRun();
  const [, arn, settings] =
    /modify-replication-task --replication-task-arn (\S+) --replication-task-settings '([^']+)'/.exec(
      JSON.parse(cause).errorMessage,
    ) ?? [];
  expect(arn).toBe(TASK_ARN);
  await modifyTask(settings);
}

const facts = () => sample.warehouse.query('facts', 'SELECT count(*)::varchar FROM dbo.fact_sales');

describe('a DMS task whose settings do not fit', () => {
  beforeAll(async () => {
    sample = await startSample();
  });
  afterEach(async () => {
    await sample.renew();
    await modifyTask(await readFile(SETTINGS, 'utf8'));
  });
  afterAll(() => sample.close());

  it('fails naming DROP_AND_CREATE when DMS may make tables anew, and their grants are lost', async () => {
    await withMode('DROP_AND_CREATE');
    // What an administrator may do: the tables belong to the user of DMS, as they do from the second night on.
    await sample.warehouse.transaction('admin', [
      'DROP TABLE dbo.customer_stg, dbo.fact_sales_stg',
      'GRANT ALL ON SCHEMA dbo TO dms',
    ]);

    await sample.load();
    await sample.load('reload-target');

    expect(await sample.lastRun()).toMatchObject({
      status: 'FAILED',
      error: 'LoadIncomplete',
      cause: expect.stringMatching(
        /TargetTablePrepMode DROP_AND_CREATE.*TRUNCATE_BEFORE_LOAD.*permission denied/,
      ),
    });
    expect(await facts()).toEqual([['0']]);
    // The way out: the owner of the schema may make the tables anew.
    await sample.warehouse.transaction('recreate', [
      'DROP TABLE dbo.customer_stg, dbo.fact_sales_stg',
      'CREATE TABLE dbo.customer_stg (cust_id varchar(10), cust_name varchar(100), cust_city varchar(50))',
      'CREATE TABLE dbo.fact_sales_stg (order_number varchar(20), cust_id varchar(10), order_amt numeric(18,2))',
      'GRANT SELECT, INSERT, TRUNCATE ON dbo.customer_stg, dbo.fact_sales_stg TO dms',
      'GRANT SELECT ON dbo.customer_stg, dbo.fact_sales_stg TO runtime',
    ]);
    await obeyCause();
    await sample.load('reload-target');

    expect(await sample.lastRun()).toMatchObject({ status: 'SUCCEEDED' });
    expect(await facts()).toEqual([['6']]);
  });

  it('fails naming DROP_AND_CREATE when DMS may not drop the tables', async () => {
    await withMode('DROP_AND_CREATE');

    await sample.load();

    expect(await sample.lastRun()).toMatchObject({
      status: 'FAILED',
      error: 'LoadIncomplete',
      cause: expect.stringMatching(/Table error.*TargetTablePrepMode DROP_AND_CREATE.*TRUNCATE_BEFORE_LOAD/),
    });

    await obeyCause();
    await sample.load('reload-target');

    expect(await sample.lastRun()).toMatchObject({ status: 'SUCCEEDED' });
    expect(await facts()).toEqual([['6']]);
  });

  it('warns of DO_NOTHING in the first night, and fails naming it in the second', async () => {
    await withMode('DO_NOTHING');

    await sample.load();
    const first = await sample.lastRun();
    await sample.load('reload-target');

    expect(first).toMatchObject({
      status: 'SUCCEEDED',
      output: expect.stringContaining('TargetTablePrepMode DO_NOTHING'),
    });
    expect(await sample.lastRun()).toMatchObject({
      status: 'FAILED',
      error: 'LoadIncomplete',
      cause: expect.stringMatching(/has 12 rows, but DMS loaded 6.*TargetTablePrepMode DO_NOTHING/),
    });
    expect(await facts()).toEqual([['6']]);

    await sample.source.transaction('more', ["INSERT INTO dms_sample.sales VALUES ('106', '102', 99)"]);
    await obeyCause();
    await sample.load('reload-target');

    expect(await sample.lastRun()).toMatchObject({ status: 'SUCCEEDED' });
    expect(await facts()).toEqual([['7']]);
  });

  it('warns of policies that leave out rows', async () => {
    await modifyTask(JSON.stringify({ ErrorBehavior: { DataErrorPolicy: 'LOG_ERROR' } }));

    await sample.load();

    const { output = '' } = await sample.lastRun();
    expect(JSON.parse(output)).toMatchObject({
      outcome: 'published',
      warnings: [expect.stringMatching(/^DataErrorPolicy LOG_ERROR of arn/)],
    });
  });
});
