import { describe, expect, it } from 'vitest';
import { copySchema, useLocalDms } from './local-dms.ts';

const rows = (policies: object, more: object = {}) => ({
  FullLoadSettings: { TargetTablePrepMode: 'TRUNCATE_BEFORE_LOAD' },
  ErrorBehavior: policies,
  ...more,
});
const task = (identifier: string, settings: object, schema = 'plain') => ({
  identifier,
  tableMappings: copySchema(schema, `t_${schema}`),
  settings,
});
const mode = (TargetTablePrepMode: string) => ({ FullLoadSettings: { TargetTablePrepMode } });
const validated = (more: object = {}) =>
  rows({ DataErrorPolicy: 'LOG_ERROR' }, { ValidationSettings: { EnableValidation: true }, ...more });

const dms = useLocalDms(
  [
    task('drops-foreign', mode('DROP_AND_CREATE')),
    task('drops-own', mode('DROP_AND_CREATE'), 'own'),
    task('appends', mode('DO_NOTHING')),
    task('skips', rows({ DataErrorPolicy: 'LOG_ERROR', DataTruncationErrorPolicy: 'IGNORE_RECORD' }), 'bad'),
    task('truncation', rows({ DataTruncationErrorPolicy: 'SUSPEND_TABLE' }), 'bad'),
    task('escalates', rows({ DataErrorPolicy: 'IGNORE_RECORD', DataErrorEscalationCount: 2 }), 'bad'),
    task('stops-on-row', rows({ DataErrorPolicy: 'STOP_TASK' }), 'bad'),
    task('stops-on-table', rows({ TableErrorPolicy: 'STOP_TASK' }), 'lost'),
    task('no-tables', rows({ FailOnNoTablesCaptured: false }), 'nowhere'),
    task('default', {}),
    task('validates', validated(), 'valid'),
    {
      ...task('told', validated(), 'plain'),
      validationStates: { 'plain.t': 'Suspended records' as const },
    },
  ],
  {
    source: `
      CREATE SCHEMA plain;
      CREATE TABLE plain.t (id integer PRIMARY KEY, name varchar(5), at timestamp(3), big text, flag boolean);
      INSERT INTO plain.t VALUES (1, 'a', '2026-01-01', 'x', true), (2, NULL, NULL, NULL, NULL);
      CREATE SCHEMA own;
      CREATE TABLE own.t AS SELECT * FROM plain.t;
      ALTER TABLE own.t ADD PRIMARY KEY (id);
      CREATE SCHEMA bad;
      CREATE TABLE bad.t (id varchar(10), name varchar(20));
      INSERT INTO bad.t SELECT i::text, 'n' FROM generate_series(1, 1200) i;
      INSERT INTO bad.t VALUES ('one', 'n'), ('2000', 'far too long'), (NULL, 'n');
      INSERT INTO bad.t SELECT i::text, 'n' FROM generate_series(3001, 3003) i;
      CREATE SCHEMA lost;
      CREATE TABLE lost.a (id integer);
      CREATE TABLE lost.b (id integer);
      CREATE SCHEMA valid;
      CREATE TABLE valid.fine (id integer PRIMARY KEY, amount numeric(10,2));
      INSERT INTO valid.fine VALUES (1, 1.5), (2, NULL);
      CREATE TABLE valid.skipped (id integer PRIMARY KEY, name varchar(20));
      INSERT INTO valid.skipped VALUES (1, 'a'), (2, 'far too long');
      CREATE TABLE valid.changed (id integer, region integer, PRIMARY KEY (region, id));
      INSERT INTO valid.changed VALUES (1, 1), (2, 1);
      CREATE TABLE valid.without_key (id integer);
      CREATE TABLE valid.failing (id integer PRIMARY KEY);
      CREATE TABLE valid.unreadable (id integer PRIMARY KEY);
      GRANT USAGE ON SCHEMA plain, own, bad, lost, valid TO dms;
      GRANT SELECT ON ALL TABLES IN SCHEMA plain, own, bad, lost, valid TO dms;`,
    dev: `
      CREATE SCHEMA t_plain;
      CREATE TABLE t_plain.t (id integer, name varchar(5), at timestamp, big varchar(10), flag boolean);
      INSERT INTO t_plain.t (id) VALUES (0);
      CREATE SCHEMA t_own;
      CREATE SCHEMA t_bad;
      CREATE TABLE t_bad.t (id integer NOT NULL, name varchar(5));
      CREATE SCHEMA t_lost;
      CREATE TABLE t_lost.b (id integer);
      CREATE SCHEMA t_valid;
      CREATE TABLE t_valid.fine (id integer, amount numeric(18,2));
      CREATE TABLE t_valid.skipped (id integer, name varchar(5));
      CREATE TABLE t_valid.changed (id integer, region integer);
      CREATE TABLE t_valid.without_key (id integer);
      CREATE TABLE t_valid.unreadable (id integer);
      CREATE FUNCTION t_valid.spoil() RETURNS trigger LANGUAGE plpgsql AS
        'BEGIN NEW.id := NEW.id * 10; RETURN NEW; END';
      CREATE TRIGGER spoil BEFORE INSERT ON t_valid.changed FOR EACH ROW EXECUTE FUNCTION t_valid.spoil();
      GRANT EXECUTE ON FUNCTION t_valid.spoil() TO dms;
      GRANT USAGE ON SCHEMA t_plain, t_own, t_bad, t_lost, t_valid TO dms, runtime;
      GRANT CREATE ON SCHEMA t_own TO dms;
      GRANT SELECT, INSERT, TRUNCATE ON ALL TABLES IN SCHEMA t_plain, t_own, t_bad, t_lost, t_valid TO dms;
      REVOKE SELECT ON t_valid.unreadable FROM dms;`,
  },
);

const logOf = (identifier: string) =>
  dms.log
    .filter((line) => line.startsWith(`${identifier}: `))
    .map((line) => line.slice(identifier.length + 2));
const count = async (table: string) =>
  (await dms.sql('dev', `SELECT count(*)::integer AS n FROM ${table}`))[0]?.n;

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

describe('a row that does not fit', () => {
  it('is left out, without a table error, where it is only logged or ignored', async () => {
    await dms.run('skips', 'start-replication');

    await expect(dms.tables('skips')).resolves.toMatchObject([
      { TableState: 'Table completed', FullLoadRows: 1203, FullLoadErrorRows: 0 },
    ]);
    expect(await count('t_bad.t')).toBe(1203);
    expect(logOf('skips')).toEqual([
      'bad.t: a row was left out: invalid input syntax for type integer: "one"',
      'bad.t: a row was left out: value too long for type character varying(5)',
      expect.stringMatching(/^bad\.t: a row was left out: null value in column "id"/),
    ]);
  });

  it('suspends its table by the policy for truncation alone', async () => {
    await dms.run('truncation', 'start-replication');

    await expect(dms.tables('truncation')).resolves.toMatchObject([
      { TableState: 'Table error', FullLoadRows: 0 },
    ]);
    expect(logOf('truncation').at(-1)).toContain('value too long');
    expect(await count('t_bad.t')).toBe(0);
  });

  it('suspends its table when as many are ignored as DataErrorEscalationCount says', async () => {
    await dms.run('escalates', 'start-replication');

    await expect(dms.tables('escalates')).resolves.toMatchObject([{ TableState: 'Table error' }]);
    expect(logOf('escalates').at(-1)).toContain('2 rows do not fit, DataErrorEscalationCount is 2');
  });

  it('ends the task where the policy stops it', async () => {
    await dms.run('stops-on-row', 'start-replication');

    await expect(dms.task('stops-on-row')).resolves.toMatchObject({
      Status: 'failed',
      LastFailureMessage: expect.stringMatching(/DataErrorPolicy is STOP_TASK: invalid input syntax/),
    });
    await expect(dms.tables('stops-on-row')).resolves.toMatchObject([{ TableState: 'Table error' }]);
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

describe('validation', () => {
  it('compares each table with its source', async () => {
    await dms.run('validates', 'start-replication');

    const tables = await dms.tables('validates');
    expect(
      tables.map((table) => [table.TableName, table.ValidationState, table.ValidationFailedRecords]),
    ).toEqual([
      ['changed', 'Mismatched records', 4],
      ['failing', 'Table error', 0],
      ['fine', 'Validated', 0],
      ['skipped', 'Mismatched records', 1],
      ['unreadable', 'Error', 0],
      ['without_key', 'No primary key', 0],
    ]);
    expect(logOf('validates')).toEqual(
      expect.arrayContaining([
        'valid.skipped: validation says Mismatched records: 1',
        'valid.unreadable could not be validated: permission denied for table unreadable',
      ]),
    );
  });

  it('says what the stack was told to say', async () => {
    await dms.run('told', 'start-replication');

    await expect(dms.tables('told')).resolves.toMatchObject([
      { TableState: 'Table completed', ValidationState: 'Suspended records' },
    ]);
  });
});
