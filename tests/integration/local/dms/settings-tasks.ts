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

/** Tasks of all kinds of settings, over tables that fit them and tables that do not. */
export function useSettingsTasks() {
  const dms = useLocalDms(
    [
      task('drops-foreign', mode('DROP_AND_CREATE')),
      task('drops-own', mode('DROP_AND_CREATE'), 'own'),
      task('appends', mode('DO_NOTHING')),
      task(
        'skips',
        rows({ DataErrorPolicy: 'LOG_ERROR', DataTruncationErrorPolicy: 'IGNORE_RECORD' }),
        'bad',
      ),
      task('truncation', rows({ DataTruncationErrorPolicy: 'SUSPEND_TABLE' }), 'bad'),
      task('escalates', rows({ DataErrorPolicy: 'IGNORE_RECORD', DataErrorEscalationCount: 2 }), 'bad'),
      task('stops-on-row', rows({ DataErrorPolicy: 'STOP_TASK' }), 'bad'),
      task('stops-on-table', rows({ TableErrorPolicy: 'STOP_TASK' }), 'lost'),
      task('no-tables', rows({ FailOnNoTablesCaptured: false }), 'nowhere'),
      task('default', {}),
      task('validates', validated(), 'valid'),
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
  return {
    dms,
    logOf: (identifier: string) =>
      dms.log
        .filter((line) => line.startsWith(`${identifier}: `))
        .map((line) => line.slice(identifier.length + 2)),
    count: async (table: string) =>
      (await dms.sql('dev', `SELECT count(*)::integer AS n FROM ${table}`))[0]?.n,
  };
}
