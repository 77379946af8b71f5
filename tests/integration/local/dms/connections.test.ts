import {
  DescribeConnectionsCommand,
  TestConnectionCommand,
} from '@aws-sdk/client-database-migration-service';
import { describe, expect, it } from 'vitest';
import { copySchema, useLocalDms } from './local-dms.ts';

const dms = useLocalDms([{ identifier: 'shop', tableMappings: copySchema('shop', 'stage') }], {
  source: `
    CREATE SCHEMA shop;
    CREATE TABLE shop.t (id integer);
    GRANT USAGE ON SCHEMA shop TO dms;
    GRANT SELECT ON shop.t TO dms;`,
  dev: `
    CREATE SCHEMA stage;
    CREATE TABLE stage.t (id integer);
    GRANT USAGE ON SCHEMA stage TO dms;
    GRANT SELECT, INSERT, TRUNCATE ON stage.t TO dms;`,
});

const connections = async () => (await dms.client.send(new DescribeConnectionsCommand({}))).Connections ?? [];

async function testTarget() {
  const { TargetEndpointArn: EndpointArn, ReplicationInstanceArn } = await dms.task('shop');
  const answer = await dms.client.send(new TestConnectionCommand({ EndpointArn, ReplicationInstanceArn }));
  await dms.idle();
  return answer.Connection;
}

describe('the connections of a task’s endpoints', () => {
  it('count as tested in the local stage', async () => {
    const { SourceEndpointArn, TargetEndpointArn } = await dms.task('shop');

    expect(await connections()).toMatchObject([
      { EndpointArn: SourceEndpointArn, Status: 'successful' },
      { EndpointArn: TargetEndpointArn, Status: 'successful' },
    ]);
  });

  it('are filtered by endpoint', async () => {
    const { TargetEndpointArn = '' } = await dms.task('shop');
    const Filters = [{ Name: 'endpoint-arn', Values: [TargetEndpointArn] }];
    const answer = await dms.client.send(new DescribeConnectionsCommand({ Filters }));

    expect(answer.Connections).toMatchObject([{ EndpointArn: TargetEndpointArn }]);
  });

  it('keep tasks from starting after a test that failed, until one succeeds', async () => {
    await dms.sql('dev', 'REVOKE CONNECT ON DATABASE dev FROM PUBLIC');
    expect(await testTarget()).toMatchObject({ Status: 'testing', EndpointIdentifier: 'localtarget' });

    expect((await connections())[1]).toMatchObject({
      Status: 'failed',
      LastFailureMessage: 'permission denied for database "dev"',
    });
    await expect(dms.start('shop', 'start-replication')).rejects.toMatchObject({
      name: 'InvalidResourceStateFault',
      message: expect.stringContaining('Test connection'),
    });

    await dms.sql('dev', 'GRANT CONNECT ON DATABASE dev TO PUBLIC');
    await testTarget();
    await dms.run('shop', 'start-replication');

    await expect(dms.task('shop')).resolves.toMatchObject({ Status: 'stopped' });
  });

  it('are not there for an endpoint or an instance that is not', async () => {
    const { TargetEndpointArn: EndpointArn, ReplicationInstanceArn } = await dms.task('shop');
    const test = (input: object) =>
      dms.client.send(new TestConnectionCommand({ EndpointArn, ReplicationInstanceArn, ...input }));

    await expect(test({ EndpointArn: `${EndpointArn}X` })).rejects.toMatchObject({
      name: 'ResourceNotFoundFault',
    });
    await expect(test({ ReplicationInstanceArn: `${ReplicationInstanceArn}X` })).rejects.toMatchObject({
      name: 'ResourceNotFoundFault',
    });
  });
});
