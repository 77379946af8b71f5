import { ModifyReplicationTaskCommand } from '@aws-sdk/client-database-migration-service';
import { describe, expect, it } from 'vitest';
import { copySchema, useLocalDms } from './local-dms.ts';

const dms = useLocalDms([{ identifier: 'night', tableMappings: copySchema('plain', 't_plain') }], {
  source:
    'CREATE SCHEMA plain; CREATE TABLE plain.t (id integer); INSERT INTO plain.t VALUES (1); GRANT USAGE ON SCHEMA plain TO dms; GRANT SELECT ON plain.t TO dms',
  dev: 'CREATE SCHEMA t_plain; CREATE TABLE t_plain.t (id integer); GRANT USAGE ON SCHEMA t_plain TO dms; GRANT INSERT, TRUNCATE ON t_plain.t TO dms',
});

async function modify(changes: object): Promise<void> {
  const { ReplicationTaskArn } = await dms.task('night');
  await dms.client.send(new ModifyReplicationTaskCommand({ ReplicationTaskArn, ...changes }));
}
const settings = (value: unknown) => ({ ReplicationTaskSettings: JSON.stringify(value) });

describe('a task that is modified', () => {
  it('has the settings that are given, keeps the others, and shows no load until it is started', async () => {
    await dms.run('night', 'start-replication');

    await modify(settings({ FullLoadSettings: { TargetTablePrepMode: 'DO_NOTHING' } }));

    const { StopReason, ReplicationTaskSettings = '', ...task } = await dms.task('night');
    expect({ StopReason, ...task }).toMatchObject({
      Status: 'ready',
      ReplicationTaskStats: { TablesLoaded: 0, FullLoadProgressPercent: 0 },
    });
    expect(StopReason).toBeUndefined();
    expect(JSON.parse(ReplicationTaskSettings)).toMatchObject({
      FullLoadSettings: { TargetTablePrepMode: 'DO_NOTHING' },
      ErrorBehavior: { DataErrorPolicy: 'SUSPEND_TABLE' },
    });
    await dms.run('night', 'reload-target');
    expect(await dms.sql('dev', 'SELECT count(*)::integer AS rows FROM t_plain.t')).toEqual([{ rows: 2 }]);
  });

  it.each([
    ['settings that are none', settings({ FullLoadSettings: { TargetTablePrepMode: 'TRUNCATE' } })],
    ['a setting in other letters', settings({ FullLoadSettings: { targetTablePrepMode: 'DO_NOTHING' } })],
    ['a text that is no JSON', { ReplicationTaskSettings: '{' }],
    ['what is not supported', { TableMappings: '{}' }],
  ])('refuses %s', async (_, changes) => {
    await expect(modify(changes)).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
  });

  it('is refused while it runs', async () => {
    const lock = await dms.open('source');
    await lock.query('BEGIN; LOCK plain.t');
    await dms.start('night', 'reload-target');

    await expect(modify(settings({}))).rejects.toMatchObject({ name: 'InvalidResourceStateFault' });

    await lock.end();
    await dms.idle();
  });
});
