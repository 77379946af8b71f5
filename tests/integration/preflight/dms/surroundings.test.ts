import { DatabaseMigrationServiceClient } from '@aws-sdk/client-database-migration-service';
import { describe, expect, it } from 'vitest';
import { definePipeline } from '../../../../src/definition/define-pipeline.ts';
import { checkDms, readDmsLogin } from '../../../../src/preflight/dms/check-dms.ts';
import type { MappingsReader } from '../../../../src/preflight/dms/judge-mappings.ts';
import { type StandInAnswers, startStandIn } from '../../../fixtures/endpoint/stand-in.ts';

const NOW = Date.parse('2026-06-01T00:00:00Z');
const arn = (resource: string) => `arn:aws:dms:eu-central-1:123456789012:${resource}`;
const TASK = {
  ...{ ReplicationTaskIdentifier: 'nightly', ReplicationTaskArn: arn('task:N'), MigrationType: 'full-load' },
  ...{ SourceEndpointArn: arn('endpoint:S'), TargetEndpointArn: arn('endpoint:T') },
  ...{ ReplicationInstanceArn: arn('rep:R'), TableMappings: '{"loads":"sales"}' },
  ReplicationTaskSettings: '{"FullLoadSettings":{"TargetTablePrepMode":"TRUNCATE_BEFORE_LOAD"}}',
};
const OTHER = { ...TASK, ReplicationTaskIdentifier: 'other', ReplicationTaskArn: arn('task:O') };
const ENDPOINT = {
  ...{ EndpointArn: arn('endpoint:T'), EngineName: 'redshift', Username: 'dms', DatabaseName: 'dev' },
  ServerName: 'mart.abc.eu-central-1.redshift.amazonaws.com',
};
const tested = (endpoint: string) => ({
  ...{ EndpointArn: endpoint, ReplicationInstanceArn: arn('rep:R'), Status: 'successful' },
});
const HEALTHY: StandInAnswers = {
  DescribeReplicationTasks: { ReplicationTasks: [TASK] },
  DescribeConnections: { Connections: [tested(arn('endpoint:S')), tested(arn('endpoint:T'))] },
  DescribeEndpoints: { Endpoints: [ENDPOINT] },
  DescribeReplicationInstances: {
    ReplicationInstances: [{ ReplicationInstanceArn: arn('rep:R'), EngineVersion: '3.5.4' }],
  },
  DescribeReplicationTaskAssessmentRuns: { ReplicationTaskAssessmentRuns: [] },
};

const pipeline = definePipeline({
  ...{ name: 'sales', tasks: ['nightly'], steps: { Load: { call: 'dbo.sp_x' } } },
  stagedTables: [{ table: 'dbo.sales_stg', source: 'erp.sales' }],
});
/** `{"loads":"sales"}` loads erp.sales. */
const readMappings: MappingsReader = (document) => ({
  targetOf: ({ schema, name }) =>
    (document as { loads: string }).loads === name
      ? { schema: schema === 'erp' ? 'dbo' : '', name: `${name}_stg` }
      : undefined,
});

async function startDms(answers: StandInAnswers) {
  const { config } = await startStandIn({ ...HEALTHY, ...answers });
  const dms = new DatabaseMigrationServiceClient(config);
  return { pipelines: [pipeline], dms, taskArns: { nightly: TASK.ReplicationTaskArn } };
}

async function check(answers: StandInAnswers = {}, now = NOW) {
  const target = { clusterIdentifier: 'mart', database: 'dev', dbUser: 'runtime' };
  const around = { dmsUser: 'dms', target, clock: { now: () => now } };
  return checkDms({ ...(await startDms(answers)), readMappings, around });
}

const idsOf = async (...args: Parameters<typeof check>) => (await check(...args)).map(({ id }) => id);
const endpoint = (parts: object) => ({ DescribeEndpoints: { Endpoints: [{ ...ENDPOINT, ...parts }] } });

describe('what a task stands on', () => {
  it('has no findings where all is in order', async () => {
    expect(await check()).toEqual([]);
  });

  it.each<[string, object, readonly string[]]>([
    ['another user', { Username: 'admin' }, ['endpoint-user']],
    [
      'a user in a secret',
      { Username: undefined, RedshiftSettings: { SecretsManagerSecretId: 'arn' } },
      ['endpoint-secret'],
    ],
    ['another database', { DatabaseName: 'test' }, ['endpoint-database']],
    ['another cluster', { ServerName: ENDPOINT.ServerName.replace('mart', 'other') }, ['endpoint-server']],
    ['an address that tells nothing', { ServerName: '10.0.0.7' }, []],
    ['another engine', { EngineName: 's3' }, ['endpoint-engine']],
  ])('finds an endpoint with %s', async (_title, parts, expected) => {
    expect(await idsOf(endpoint(parts))).toEqual(expected);
  });

  it('finds an engine version that ends, by the day', async () => {
    expect(await idsOf({}, Date.parse('2026-10-01'))).toEqual([]);
    expect(await idsOf({}, Date.parse('2026-10-03'))).toEqual(['engine-ends']);
    expect(await idsOf({}, Date.parse('2027-04-01'))).toEqual(['engine-ended']);
  });

  it('names what the last premigration assessment has found', async () => {
    const run = (name: string, day: number, Status: string) => ({
      ...{ ReplicationTaskAssessmentRunArn: arn(`run:${name}`), Status },
      ReplicationTaskAssessmentRunCreationDate: Date.parse(`2026-05-0${day}`) / 1_000,
    });
    const found = await check({
      DescribeReplicationTaskAssessmentRuns: {
        ReplicationTaskAssessmentRuns: [run('old', 1, 'failed'), run('new', 2, 'failed')],
      },
      DescribeReplicationTaskIndividualAssessments: ({ Filters }: { Filters: { Values: string[] }[] }) => ({
        ReplicationTaskIndividualAssessments:
          Filters[0]?.Values[0] === arn('run:new')
            ? [
                { IndividualAssessmentName: 'unsupported-data-types-in-source', Status: 'failed' },
                { IndividualAssessmentName: 'full-lob-not-nullable-at-target', Status: 'passed' },
              ]
            : [],
      }),
    });

    expect(found.map(({ what }) => what)).toEqual([
      'The last premigration assessment of the task is failed: unsupported-data-types-in-source failed.',
    ]);
  });

  it('finds another task that loads a staged table, on the same endpoint alone', async () => {
    const beside = (parts: object) => ({
      DescribeReplicationTasks: { ReplicationTasks: [TASK, { ...OTHER, ...parts }] },
    });

    expect(await idsOf(beside({}))).toEqual(['loaded-by-another']);
    expect(await idsOf(beside({ TargetEndpointArn: arn('endpoint:X') }))).toEqual([]);
    expect(await idsOf(beside({ TableMappings: '{"loads":"stock"}' }))).toEqual([]);
    expect(await idsOf(beside({ TableMappings: 'not JSON' }))).toEqual([]);
  });

  it('goes on where one of the questions is refused, and names it', async () => {
    const found = await check({
      ...endpoint({ Username: 'admin' }),
      DescribeReplicationInstances: { error: 'AccessDeniedException' },
    });

    expect(found.map(({ id }) => id)).toEqual(['endpoint-user', 'could-not-look']);
    expect(found[1]?.what).toContain('Not looked at: the engine versions.');
  });

  it('does with answers that hold only what AWS requires', async () => {
    const bare = {
      DescribeReplicationTasks: { ReplicationTasks: [{ ReplicationTaskArn: TASK.ReplicationTaskArn }] },
      ...{ DescribeConnections: {}, DescribeEndpoints: {}, DescribeReplicationInstances: {} },
      DescribeReplicationTaskAssessmentRuns: {},
    };

    expect(await idsOf(bare)).toEqual(['settings-hidden', 'mappings-unread']);
    expect(await idsOf({ ...bare, DescribeReplicationTasks: {} })).toEqual(['task-missing']);
  });

  it('does with members that another AWS leaves empty', async () => {
    const empty = Object.fromEntries(Object.keys(TASK).map((name) => [name, null]));
    const answers = {
      DescribeReplicationTasks: {
        ReplicationTasks: [{ ...empty, ReplicationTaskArn: TASK.ReplicationTaskArn }],
        Marker: null,
      },
      DescribeConnections: { Connections: [{}], Marker: null },
      DescribeEndpoints: { Endpoints: [{}] },
      DescribeReplicationInstances: { ReplicationInstances: [{}] },
      DescribeReplicationTaskAssessmentRuns: { ReplicationTaskAssessmentRuns: [{}] },
    };

    expect(await idsOf(answers)).toEqual(['settings-hidden', 'mappings-unread']);
  });

  it('tells the user whose grants count, where DMS shows one', async () => {
    const loginOf = async (answers: StandInAnswers) => readDmsLogin(await startDms(answers));

    expect(await loginOf(endpoint({ Username: 'admin' }))).toBe('admin');
    expect(await loginOf(endpoint({ Username: undefined }))).toBeUndefined();
    expect(await loginOf({ DescribeEndpoints: { error: 'AccessDeniedException' } })).toBeUndefined();
  });
});
