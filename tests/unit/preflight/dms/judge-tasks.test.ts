import { describe, expect, it } from 'vitest';
import { definePipeline } from '../../../../src/definition/define-pipeline.ts';
import { judgeMappings, type MappingsReader } from '../../../../src/preflight/dms/judge-mappings.ts';
import { judgeConnections, judgeTasks } from '../../../../src/preflight/dms/judge-tasks.ts';
import type { ReadTask } from '../../../../src/preflight/dms/read-tasks.ts';

const ARN = 'arn:aws:dms:eu-central-1:123456789012:task:ABC';
const FITTING = JSON.stringify({ FullLoadSettings: { TargetTablePrepMode: 'TRUNCATE_BEFORE_LOAD' } });

function taskOf(parts: object = {}): ReadTask {
  const task = {
    ...{ ReplicationTaskArn: ARN, MigrationType: 'full-load' as const, ReplicationTaskSettings: FITTING },
    ...{
      TableMappings: '{}',
      SourceEndpointArn: 'source',
      TargetEndpointArn: 'target',
      ReplicationInstanceArn: 'rep',
    },
    ...parts,
  };
  return { identifier: 'nightly', arn: ARN, task };
}

describe('DMS tasks', () => {
  it('says nothing of one that fits', () => {
    expect(judgeTasks([taskOf()])).toEqual([]);
  });

  it.each<[string, object, string]>([
    ['cdc', { MigrationType: 'cdc' }, 'task-type'],
    ['full-load-and-cdc', { MigrationType: 'full-load-and-cdc' }, 'task-type'],
    [
      'DO_NOTHING',
      { ReplicationTaskSettings: FITTING.replace('TRUNCATE_BEFORE_LOAD', 'DO_NOTHING') },
      'prep-mode',
    ],
    [
      'LOG_ERROR',
      { ReplicationTaskSettings: '{"ErrorBehavior":{"DataErrorPolicy":"LOG_ERROR"}}' },
      'skips-rows',
    ],
    ['settings that are hidden', { ReplicationTaskSettings: undefined }, 'settings-hidden'],
  ])('%s', (_title, parts, id) => {
    expect(judgeTasks([taskOf(parts)]).map((finding) => finding.id)).toEqual([id]);
  });

  it('tells a configuration of DMS Serverless from a task that is gone', () => {
    const gone = { identifier: 'nightly', arn: ARN, missing: 'no DMS task has the ARN' };
    const serverless = { ...gone, arn: ARN.replace(':task:', ':replication-config:') };

    expect(judgeTasks([gone, serverless]).map(({ id }) => id)).toEqual(['task-missing', 'task-serverless']);
  });

  it('wants both endpoints tested with the task’s own instance', () => {
    const connections = [
      {
        EndpointArn: 'source',
        ReplicationInstanceArn: 'rep',
        Status: 'failed',
        LastFailureMessage: 'no route',
      },
      { EndpointArn: 'target', ReplicationInstanceArn: 'another', Status: 'successful' },
    ];

    expect(judgeConnections([taskOf()], connections).map(({ what }) => what)).toEqual([
      'The connection test of the source endpoint source is failed: no route.',
      'The connection of the target endpoint target was never tested with the task’s replication instance.',
    ]);
    const tested = ['source', 'target'].map((EndpointArn) => ({
      ...{ EndpointArn, ReplicationInstanceArn: 'rep', Status: 'successful' },
    }));
    expect(judgeConnections([taskOf()], tested)).toEqual([]);
  });
});

describe('table mappings', () => {
  const pipeline = definePipeline({
    ...{ name: 'sales', tasks: ['nightly'], steps: { Load: { call: 'dbo.sp_x' } } },
    stagedTables: [{ table: 'dbo.t_stg', source: 'ERP.T' }],
  });
  const reader =
    (target?: { schema: string; name: string }): MappingsReader =>
    () => ({ targetOf: ({ schema, name }) => (`${schema}.${name}` === 'ERP.T' ? target : undefined) });
  const judge = (readMappings: MappingsReader) =>
    judgeMappings([pipeline], [taskOf()], readMappings).map(({ id, what }) => `${id}: ${what}`);

  it('says nothing where the staged table is filled, in whatever case', () => {
    expect(judge(reader({ schema: 'DBO', name: 'T_STG' }))).toEqual([]);
  });

  it('names where the source goes instead, or that it goes nowhere', () => {
    expect(judge(reader({ schema: 'dbo', name: 't' }))).toEqual([
      'mapping-misses-table: The task’s table mappings load ERP.T into dbo.t, and not into dbo.t_stg.',
    ]);
    expect(judge(reader())).toEqual([
      'mapping-misses-table: The task’s table mappings do not include ERP.T, from which dbo.t_stg is to be filled. Upper and lower case count.',
    ]);
  });

  it('is uncertain of mappings that cannot be read, and of a table without a source', () => {
    const unreadable: MappingsReader = () => {
      throw new Error('rule 3: is not known');
    };
    const unnamed = definePipeline({
      ...{ name: 'sales', tasks: ['nightly'], stagedTables: ['dbo.t_stg'] },
      steps: { Load: { call: 'dbo.sp_x' } },
    });

    expect(judge(unreadable)).toEqual([
      'mappings-unread: The task’s table mappings were not read: rule 3: is not known.',
    ]);
    expect(judgeMappings([unnamed], [taskOf()], reader())).toMatchObject([
      { id: 'source-unnamed', severity: 'uncertain' },
    ]);
  });
});
