import { describe, expect, it } from 'vitest';
import { useSettingsTasks } from './settings-tasks.ts';

const { count, dms, logOf } = useSettingsTasks();

describe('DROP_AND_CREATE', () => {
  it('fails a table that DMS does not own, and leaves it as it was', async () => {
    await dms.run('drops-foreign', 'start-replication');

    await expect(dms.tables('drops-foreign')).resolves.toMatchObject([
      { TableState: 'Table error', FullLoadRows: 0 },
    ]);
    expect(logOf('drops-foreign')).toEqual([
      'plain.t could not be loaded into t_plain.t: DROP_AND_CREATE: must be owner of table t',
    ]);
    expect(await count('t_plain.t')).toBe(1);
  });

  it('makes a table of its own anew, with DMS’ types, owned by DMS and without a grant', async () => {
    await dms.sql(
      'dev',
      'CREATE TABLE t_own.t (id varchar(99), left_over integer); GRANT SELECT ON t_own.t TO runtime',
      'dms',
    );
    await dms.run('drops-own', 'start-replication');

    expect(logOf('drops-own')).toEqual([]);
    const columns = await dms.sql(
      'dev',
      `SELECT attname AS name, format_type(atttypid, atttypmod) AS type, attnotnull AS key FROM pg_attribute
       WHERE attrelid = 't_own.t'::regclass AND attnum > 0 ORDER BY attnum`,
    );
    expect(columns).toEqual([
      { name: 'id', type: 'integer', key: true },
      { name: 'name', type: 'character varying(20)', key: false },
      { name: 'at', type: 'timestamp without time zone', key: false },
      { name: 'big', type: 'character varying(32768)', key: false },
      { name: 'flag', type: 'character varying(5)', key: false },
    ]);
    await expect(dms.sql('dev', 'SELECT * FROM t_own.t', 'runtime')).rejects.toThrow(
      'permission denied for table t',
    );
    await expect(dms.sql('dev', 'SELECT id, flag FROM t_own.t ORDER BY id', 'dms')).resolves.toEqual([
      { id: 1, flag: 'true' },
      { id: 2, flag: null },
    ]);
  });

  it('is what a task does whose settings say nothing', async () => {
    const { ReplicationTaskSettings } = await dms.task('default');

    expect(JSON.parse(ReplicationTaskSettings ?? '')).toMatchObject({
      FullLoadSettings: { TargetTablePrepMode: 'DROP_AND_CREATE', MaxFullLoadSubTasks: 8 },
      ErrorBehavior: { DataErrorPolicy: 'LOG_ERROR' },
      ValidationSettings: { EnableValidation: false },
    });
  });
});

describe('DO_NOTHING', () => {
  it('appends to what is there', async () => {
    await dms.run('appends', 'start-replication');
    await dms.run('appends', 'reload-target');

    await expect(dms.tables('appends')).resolves.toMatchObject([
      { TableState: 'Table completed', FullLoadRows: 2 },
    ]);
    expect(await count('t_plain.t')).toBe(5);
  });
});

describe('a table that cannot be loaded', () => {
  it('ends the task where the policy stops it', async () => {
    await dms.run('stops-on-table', 'start-replication');

    await expect(dms.task('stops-on-table')).resolves.toMatchObject({
      Status: 'failed',
      LastFailureMessage: expect.stringContaining(
        'TableErrorPolicy is STOP_TASK: relation "t_lost.a" does not exist',
      ),
    });
  });
});

describe('a task without tables', () => {
  it('finishes where it need not find any', async () => {
    await dms.run('no-tables', 'start-replication');

    await expect(dms.task('no-tables')).resolves.toMatchObject({
      Status: 'stopped',
      StopReason: 'Stop Reason FULL_LOAD_ONLY_FINISHED',
      ReplicationTaskStats: { TablesLoaded: 0, FullLoadProgressPercent: 100 },
    });
  });
});
