import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { RedshiftDataClient } from '@aws-sdk/client-redshift-data';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { localClientConfig } from '../../src/local-stage/local-client-config.ts';
import { LOCAL_CLUSTER, LOCAL_DATABASE, localTaskArn } from '../../src/local-stage/local-stage.ts';
import { type Stack, startStack } from '../../src/local-stage/stack.ts';
import { createSqlRunner } from '../../src/migrations/sql-runner.ts';
import { type WatchedEndpoint, watchEndpoint } from '../fixtures/endpoint/watched-endpoint.ts';
import { copyProject, runIn } from '../fixtures/scaffold/copied-project.ts';
import {
  HAND_MADE_MAPPINGS,
  HAND_MADE_WAREHOUSE,
  LOSING_SETTINGS,
} from '../fixtures/scaffold/hand-made-stage.ts';

let folder: string;
let stack: Stack;
let watched: WatchedEndpoint;

const cli = (file: string, ...args: readonly string[]) =>
  runIn(folder, process.execPath, `src/cli/${file}.ts`, ...args);
const fromStage = (...flags: readonly string[]) =>
  cli('new', 'pipeline', 'hr', '--from-stage', 'local', '--endpoint-url', watched.url, ...flags);
const text = (path: string) => readFile(join(folder, path), 'utf8');

beforeAll(async () => {
  folder = await copyProject('stage');
  const task = {
    sourceDatabase: 'source',
    targetDatabase: LOCAL_DATABASE,
    tableMappings: HAND_MADE_MAPPINGS,
  };
  stack = await startStack({
    ...{ port: 0, pipelines: [], functions: [], onNotification: () => {}, onLog: () => {}, report: () => {} },
    tasks: ['nightly', 'weekly'].map((identifier) => ({
      ...task,
      ...{ identifier, arn: localTaskArn(identifier), settings: LOSING_SETTINGS },
    })),
  });
  const api = new RedshiftDataClient(localClientConfig(stack.url));
  const target = { clusterIdentifier: LOCAL_CLUSTER, database: LOCAL_DATABASE, dbUser: 'owner' };
  await createSqlRunner(api, target).transaction('the stage', HAND_MADE_WAREHOUSE);
  api.destroy();
  watched = await watchEndpoint(stack.url);
});
afterAll(async () => {
  await watched.close();
  await stack.close();
  await rm(folder, { recursive: true });
});

describe('npm run new -- pipeline NAME --from-stage STAGE', () => {
  it.each([
    ['several tasks', [], /several DMS tasks: name one of them with --task: nightly, weekly/],
    [
      'a task that is not there',
      ['--task', 'monthly'],
      /"monthly": DMS has no such task; there are: nightly, weekly/,
    ],
    ['a file with mappings besides', ['--mappings', 'x.json'], /cannot be used with/],
    [
      'a table that the task does not load',
      ['--task', 'nightly', '--tables', 'CRM.USERS'],
      /do not select the table CRM\.USERS/,
    ],
  ])('refuses in words, and writes nothing: %s', async (_title, flags, message) => {
    await expect(fromStage(...flags)).rejects.toMatchObject({ stderr: expect.stringMatching(message) });

    expect((await readdir(join(folder, 'src/pipelines'))).includes('hr.ts')).toBe(false);
  });

  describe('of a stage with tables and procedures', () => {
    let said: string;
    beforeAll(async () => {
      ({ stdout: said } = await fromStage('--task', 'nightly'));
    });

    it('only asks', () => {
      const operations = [...new Set(watched.calls.map((call) => call.split('.')[1] ?? call))];

      expect(operations.filter((name) => !/^(Describe|List|Get)/.test(name))).toEqual(['ExecuteStatement']);
      expect(watched.statements.length).toBeGreaterThan(5);
      expect(watched.statements.filter((sql) => !/^SELECT\b/.test(sql) || /;|\bINTO\b/.test(sql))).toEqual(
        [],
      );
    });

    it('says what it has found, what is wrong with it, and what it has guessed', () => {
      const [found = '', guessed = ''] = said.split('Guessed:');

      expect(found).toContain(
        'staged tables with their columns: staging.badges, staging.employees, staging.offices',
      );
      expect(found).toContain('the procedure mart.sp_dim_employee, which step Load_Dim_Employee calls');
      expect(found).toContain('TargetTablePrepMode is DROP_AND_CREATE.');
      expect(found).toContain('changed in the local file');
      expect(guessed).toContain('that HR.BADGES, HR.EMPLOYEES, HR.OFFICES are called so in the source');
    });

    it('calls the procedure that is there, and writes those that are missing', async () => {
      const pipeline = await text('src/pipelines/hr.ts');

      expect(pipeline).toContain("call: { procedure: 'mart.sp_dim_employee', args: [{ run: 'loadId' }] }");
      expect(pipeline).toContain("call: 'staging.sp_load_offices'");
      expect(pipeline).toContain(
        '// found: the procedure, which reads staging.employees. guessed: that it belongs',
      );
      const migrations = await readdir(join(folder, 'sql/migrations'));
      expect(migrations.filter((file) => /_hr[._]|__procedure_load_staging/.test(file)).toSorted()).toEqual([
        'R__procedure_load_staging_badges_prod.sql',
        'R__procedure_load_staging_offices_prod.sql',
        'R__user_grants_hr.sql',
        'V003__create_hr_tables.sql',
      ]);
    });

    it('defines nothing anew that is there', async () => {
      const tables = await text('sql/migrations/V003__create_hr_tables.sql');

      expect(tables.match(/CREATE \w+ \S+ ?/g)).toEqual(['CREATE TABLE staging.offices_prod ']);
      expect(tables).toContain('found: columns and types');
      expect(await text('sql/migrations/R__procedure_load_staging_badges_prod.sql')).toContain(
        'INSERT INTO staging.badges_prod (badge)',
      );
    });

    it('grants only what is missing', async () => {
      const grants = await text('sql/migrations/R__user_grants_hr.sql');

      expect(grants).toContain(`GRANT USAGE ON SCHEMA mart TO \${runtime}, \${dms};`);
      expect(grants).toContain(`GRANT SELECT, INSERT, TRUNCATE ON\n  staging.badges\nTO \${dms};`);
      expect(grants).toContain('mart.sp_clear()');
      expect(grants).not.toContain('USAGE ON SCHEMA staging');
    });

    it('notes the task’s ARN for the stage', async () => {
      const service = await text('serverless.yml');

      expect(service.match(/nightly: \S+/g)).toEqual(Array(2).fill(`nightly: ${localTaskArn('nightly')}`));
    });

    it('says the same when it is asked again, also once the stage has its migrations', async () => {
      const again = await fromStage('--task', 'nightly');
      await cli('migrate', '--endpoint-url', stack.url);
      const migrated = await fromStage('--task', 'nightly');

      const nothing = 'Everything is there already. Nothing was changed.\n';
      expect([again.stdout, migrated.stdout]).toEqual([nothing, nothing]);
    });

    it('runs on this machine, with what the stage has', async () => {
      const { stdout } = await cli('start', '--pipeline', 'hr').catch((error) => error);

      expect(stdout).toContain('✓ the run SUCCEEDED');
    });
  });
});
