import { ModifyReplicationTaskCommand } from '@aws-sdk/client-database-migration-service';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CheckFlags } from '../../../src/cli/check/check-settings.ts';
import { checkStageOf } from '../../../src/cli/check/check-stage-of.ts';
import { holdPipeline } from '../../../src/executions/hold.ts';
import { localClientConfig } from '../../../src/local-stage/local-client-config.ts';
import { localMachineArn } from '../../../src/local-stage/local-stage.ts';
import { pipelines } from '../../../src/pipelines/index.ts';
import { exitCodeOf, type Finding } from '../../../src/preflight/finding.ts';
import { type WatchedEndpoint, watchEndpoint } from '../../fixtures/endpoint/watched-endpoint.ts';
import { type Sample, startSample, TASK_ARN } from '../sample-stack.ts';
import { deployedPipelines, spoiltPipelines } from './spoilt-tree.ts';

const USERS = { ownerUser: 'owner', dmsUser: 'dms' };
const flagsFor = ({ url }: { readonly url: string }): CheckFlags => ({ ...USERS, endpointUrl: url });

/** `id object|task|user` of each finding. */
const shortOf = ({ id, where }: Finding) =>
  [id, where.object ?? where.task ?? where.pipeline ?? '', where.user ?? ''].join(' ').trim();

describe('a healthy sample', () => {
  let sample: Sample;
  let watched: WatchedEndpoint;
  beforeAll(async () => {
    sample = await startSample();
    watched = await watchEndpoint(sample.stack.url);
  });
  afterAll(async () => {
    await watched.close();
    await sample.close();
  });

  it('has no findings, and is only asked', async () => {
    const { findings } = await checkStageOf(flagsFor(watched), pipelines, pipelines);

    expect(findings).toEqual([]);
    const operations = [...new Set(watched.calls.map((call) => call.split('.')[1] ?? call))];
    // ExecuteStatement submits what follows: queries alone.
    expect(operations.filter((name) => !/^(Describe|List|Get)/.test(name))).toEqual(['ExecuteStatement']);
    expect(watched.statements.length).toBeGreaterThan(5);
    expect(watched.statements.filter((sql) => !/^SELECT\b/.test(sql) || /;|\bINTO\b/.test(sql))).toEqual([]);
  });

  it('has none after a load either', async () => {
    await sample.load();

    const { findings } = await checkStageOf(flagsFor(watched), pipelines, pipelines);

    expect(findings).toEqual([]);
  });
});

describe('a warehouse, a DMS and a stage that are spoilt in every way', () => {
  let sample: Sample;
  let watched: WatchedEndpoint;
  let findings: readonly Finding[];
  beforeAll(async () => {
    sample = await startSample({ pipelines: deployedPipelines });
    await spoil(sample);
    watched = await watchEndpoint(sample.stack.url, {
      // The local DMS has no such tasks.
      'AmazonDMSv20160101.DescribeReplicationTasks': (answer) => {
        const { ReplicationTasks = [], ...rest } = JSON.parse(answer);
        const typed = ReplicationTasks.map((task: { readonly ReplicationTaskIdentifier: string }) =>
          task.ReplicationTaskIdentifier === 'ongoing-task' ? { ...task, MigrationType: 'cdc' } : task,
        );
        return JSON.stringify({ ReplicationTasks: typed, ...rest });
      },
    });
    ({ findings } = await checkStageOf(flagsFor(watched), spoiltPipelines, spoiltPipelines));
  });
  afterAll(async () => {
    await watched.close();
    await sample.close();
  });

  it.each([
    ['a procedure that is missing', 'procedure-missing dbo.sp_missing'],
    ['a procedure with other arguments', 'procedure-arguments dbo.sp_load_fact_sales'],
    ['a column that an audit names', 'column-missing dbo.dim_cust'],
    ['a grant on a procedure', 'grant-missing dbo.sp_load_cust_dim runtime'],
    ['a grant on a table that a procedure empties', 'grant-missing dbo.dim_cust runtime'],
    ['a grant on a table that a procedure fills', 'grant-missing dbo.dim_cust_key runtime'],
    ['a grant of DMS', 'grant-missing dbo.customer_stg dms'],
    ['migrations that are behind', 'migrations-due'],
    ['a V file that was changed', 'migration-contradicts V001__create_staging_and_production_tables.sql'],
    ['a task that is missing', 'task-missing missing-task'],
    ['a task of type cdc', 'task-type ongoing-task'],
    ['DROP_AND_CREATE', 'prep-mode dms-full-dump-task'],
    ['policies that skip rows', 'skips-rows dms-full-dump-task'],
    ['mappings that miss a staged table', 'mapping-misses-table dbo.customer_stg'],
    ['a rule that matches other ARNs', 'rule-arns redshift-elt-local-LoadFinishedRule'],
    ['a message in a queue', 'queue-not-empty redshift-elt-local-dead-letters'],
    ['a hold', 'pipeline-held redshift-elt-load-customer-sales-local'],
    ['a short statement_timeout', 'statement-timeout  runtime'],
    ['TRUNCATE in a procedure', 'commits-unmarked dbo.sp_truncates'],
    ['a machine of another tree', 'machine-differs redshift-elt-load-customer-sales-local'],
    ['a machine that is not deployed', 'machine-missing third-local'],
  ])('finds %s', (_title, expected) => {
    expect(findings.map(shortOf)).toContain(expected);
  });

  it('finds all of it at once, and says of each what follows and what to do', () => {
    expect(exitCodeOf(findings)).toBe(1);
    for (const { what, consequence, repair } of findings)
      expect([what, consequence, repair].map((text) => text.length > 10)).toEqual([true, true, true]);
    const grant = findings.find((finding) => shortOf(finding) === 'grant-missing dbo.dim_cust runtime');
    expect(grant?.repair).toContain(
      `GRANT DELETE ON dbo.dim_cust TO \${runtime}; in sql/migrations/R__user_grants.sql, then: npm run migrate`,
    );
  });

  it('says of a wrong database that nothing can be asked there, and looks at all else', async () => {
    const other = await watchEndpoint(sample.stack.url, {}, (body) =>
      body.replaceAll('"Database":"dev"', '"Database":"nowhere"'),
    );

    const { findings: found } = await checkStageOf(flagsFor(other), deployedPipelines, deployedPipelines);
    await other.close();

    const ofWarehouse = found.filter(({ area }) => area === 'warehouse');
    expect(ofWarehouse).toMatchObject([
      { id: 'warehouse-unreachable', what: expect.stringContaining('nowhere') },
    ]);
    expect(found.map(shortOf)).toContain('prep-mode dms-full-dump-task');
  });

  it('finds what it can of a stage in which DMS does not answer', async () => {
    const deaf = await watchEndpoint(sample.stack.url, {
      'AmazonDMSv20160101.DescribeReplicationTasks': () => 'no answer',
    });

    const { findings: found } = await checkStageOf(flagsFor(deaf), deployedPipelines, deployedPipelines);
    await deaf.close();

    const ids = new Set(found.map(({ id }) => id));
    expect([...ids]).toEqual(expect.arrayContaining(['could-not-look', 'grant-missing', 'pipeline-held']));
  });
});

/** Everything that can be wrong without another tree. */
async function spoil({ warehouse, stack, dms, sfn }: Sample): Promise<void> {
  await warehouse.transaction('grants', [
    'REVOKE EXECUTE ON PROCEDURE dbo.sp_load_cust_dim() FROM runtime',
    'REVOKE DELETE ON dbo.dim_cust FROM runtime',
    'REVOKE INSERT ON dbo.dim_cust_key FROM runtime',
    'REVOKE TRUNCATE ON dbo.customer_stg FROM dms',
    'CREATE PROCEDURE dbo.sp_truncates() AS $$ BEGIN TRUNCATE dbo.fact_sales; END; $$ LANGUAGE plpgsql',
    'GRANT EXECUTE ON PROCEDURE dbo.sp_truncates() TO runtime',
    "UPDATE elt.schema_history SET checksum = 'of another text' WHERE script LIKE 'V001%'",
    "DELETE FROM elt.schema_history WHERE script = 'R__procedure_fence.sql'",
  ]);
  const client = new pg.Client(await stack.warehouse.connection('dev', 'runtime'));
  await client.connect();
  await client.query("ALTER ROLE runtime SET statement_timeout = '60s'");
  await client.end();
  await dms.send(
    new ModifyReplicationTaskCommand({
      ReplicationTaskArn: TASK_ARN,
      ReplicationTaskSettings: JSON.stringify({
        FullLoadSettings: { TargetTablePrepMode: 'DROP_AND_CREATE' },
        ErrorBehavior: { DataErrorPolicy: 'LOG_ERROR', DataTruncationErrorPolicy: 'LOG_ERROR' },
      }),
    }),
  );
  await holdPipeline(sfn, localMachineArn('redshift-elt-load-customer-sales'), 'the source is being moved');
  const sqs = new SQSClient(localClientConfig(stack.url));
  const QueueUrl = `${stack.url}/000000000000/redshift-elt-local-dead-letters`;
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'an event' }));
  sqs.destroy();
}
