import { BatchExecuteStatementCommand, DescribeStatementCommand } from '@aws-sdk/client-redshift-data';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/clock.ts';
import {
  effectiveStatements,
  readWrittenRows,
  type StepStatement,
} from '../../../src/report/read/read-written-rows.ts';
import type { RunStep } from '../../../src/run-history/run.ts';
import { type LocalRedshift, startLocalRedshift } from '../../fixtures/local-redshift.ts';

const TARGET = { clusterIdentifier: 'redshiftcluster-abcd', database: 'dev', dbUser: 'owner' };

let redshift: LocalRedshift;
beforeAll(async () => {
  redshift = await startLocalRedshift();
});
afterAll(() => redshift.close());

/** Runs statements in one transaction, as a step does. */
async function runStep(
  step: string,
  sqls: readonly string[],
): Promise<StepStatement & { status?: string | undefined }> {
  const { client } = redshift;
  const target = { ClusterIdentifier: TARGET.clusterIdentifier, Database: 'dev', DbUser: 'owner' };
  const { Id } = await client.send(
    new BatchExecuteStatementCommand({ ...target, Sqls: [...sqls], WaitTimeSeconds: 30 }),
  );
  const { RedshiftPid, CreatedAt, UpdatedAt, Status } = await client.send(
    new DescribeStatementCommand({ Id, WaitTimeSeconds: 30 }),
  );
  const times = { from: CreatedAt?.getTime() ?? 0, to: UpdatedAt?.getTime() ?? 0 };
  return { step, pid: RedshiftPid ?? 0, ...times, status: Status };
}

const read = (steps: readonly StepStatement[], dbUser = 'owner') =>
  readWrittenRows({ api: redshift.client, target: { ...TARGET, dbUser }, clock: systemClock }, steps);

describe('statements in which steps took effect', () => {
  it('are those that this run applied, and of which it is known where they ran', () => {
    const place = { redshiftPid: 7, startedAt: 10, endedAt: 20 };
    const step: Omit<RunStep, 'name'> = {
      ...{ kind: 'call', state: 'done', commits: false, effect: 'applied', attempts: 1, retried: [] },
      ...place,
    };
    const { redshiftPid: _, ...unknownPlace } = step;

    const found = effectiveStatements({
      steps: [
        { ...step, name: 'Applied' },
        { ...step, name: 'Before', alreadyApplied: true },
        { ...step, name: 'Undone', effect: 'not-applied' },
        { ...step, name: 'Check', kind: 'check', effect: 'reads-only' },
        { ...unknownPlace, name: 'Somewhere' },
      ],
    });

    expect(found).toEqual([{ step: 'Applied', pid: 7, from: 10, to: 20 }]);
  });
});

describe('the rows that steps wrote', () => {
  it('are summed up by table, for each step on its own', async () => {
    await redshift.run('CREATE SCHEMA mart');
    await redshift.run('CREATE TABLE mart.dim (a int)');
    await redshift.run('CREATE TABLE mart.fact (a int)');
    const first = await runStep('First', [
      'INSERT INTO mart.dim VALUES (1), (2), (3)',
      'UPDATE mart.dim SET a = 4 WHERE a = 3',
      'INSERT INTO mart.fact VALUES (1)',
    ]);
    const second = await runStep('Second', ['DELETE FROM mart.dim', 'INSERT INTO mart.dim VALUES (7)']);
    const idle = await runStep('Idle', ['SELECT 1', 'SELECT 2']);

    expect(await read([first, second, idle])).toEqual(
      new Map([
        [
          'First',
          [
            { table: 'mart.dim', inserted: 4, deleted: 1 },
            { table: 'mart.fact', inserted: 1, deleted: 0 },
          ],
        ],
        ['Second', [{ table: 'mart.dim', inserted: 1, deleted: 3 }]],
        ['Idle', []],
      ]),
    );
  });

  it('are those of steps that ran at the same time, each in its own session', async () => {
    const names = ['A', 'B', 'C', 'D'];
    for (const name of names) await redshift.run(`CREATE TABLE same_time_${name} (a int)`);

    const steps = await Promise.all(
      names.map((name, index) =>
        runStep(name, [
          `INSERT INTO same_time_${name} VALUES ${Array(index + 1)
            .fill('(1)')
            .join(', ')}`,
          'SELECT 1',
        ]),
      ),
    );

    expect([...(await read(steps))].map(([step, written]) => [step, written[0]?.inserted])).toEqual([
      ['A', 1],
      ['B', 2],
      ['C', 3],
      ['D', 4],
    ]);
  });

  it('leave out tables of the orchestrator, temporary ones and dropped ones', async () => {
    await redshift.run('CREATE SCHEMA elt');
    await redshift.run('CREATE TABLE elt.fence (a int)');
    await redshift.run('CREATE TABLE kept (a int)');
    await redshift.run('CREATE TABLE dropped (a int)');
    const step = await runStep('Step', [
      'INSERT INTO elt.fence VALUES (1)',
      'CREATE TEMP TABLE passing AS SELECT 1 AS a',
      'INSERT INTO passing VALUES (1)',
      'INSERT INTO dropped VALUES (1)',
      'INSERT INTO kept VALUES (1)',
    ]);
    await redshift.run('DROP TABLE dropped');

    expect((await read([step])).get('Step')).toEqual([{ table: 'public.kept', inserted: 1, deleted: 0 }]);
  });

  it('leave out what was rolled back, and what another user wrote', async () => {
    await redshift.run('CREATE TABLE undone (a int)');
    const failed = await runStep('Failed', ['INSERT INTO undone VALUES (1)', 'SELECT 1 / 0']);
    const done = await runStep('Done', ['INSERT INTO undone VALUES (1)', 'SELECT 1']);

    expect(failed.status).toBe('FAILED');
    expect((await read([failed])).get('Failed')).toEqual([]);
    expect((await read([done], 'runtime')).get('Done')).toEqual([]);
    expect((await read([done])).get('Done')).toHaveLength(1);
  });

  it.each([
    `it's "quoted"; drop table x; --`,
    '<script>alert(1)</script>',
    '\u202erev\u001b[31m 🙂',
    'a.b.c',
    ' blanks ',
    '%_\\n',
  ])('name a table %j as it is called', async (name) => {
    const quoted = `"${name.replaceAll('"', '""')}"`;
    await redshift.run(`CREATE SCHEMA ${quoted}`);
    await redshift.run(`CREATE TABLE ${quoted}.${quoted} (a int)`);
    const step = await runStep('Step', [`INSERT INTO ${quoted}.${quoted} VALUES (1), (2)`, 'SELECT 1']);

    expect((await read([step])).get('Step')).toEqual([{ table: `${name}.${name}`, inserted: 2, deleted: 0 }]);
  });

  it('belong to the step that ran, when another was submitted before it ended', async () => {
    await redshift.run('CREATE TABLE waited (a int)');
    const first = await runStep('First', ['INSERT INTO waited VALUES (1)', 'SELECT 1']);
    // Times are whole milliseconds: what it writes must not begin in the one in which the first ended.
    const slow = 'SELECT 1 FROM pg_sleep(0.005)';
    const runSecond = () => runStep('Second', [slow, 'INSERT INTO waited VALUES (1), (2)']);
    let second = await runSecond();
    while (second.pid !== first.pid) second = await runSecond();
    const early = { ...second, from: first.from };

    const inserted = [...(await read([early, first])).values()].map(([written]) => written?.inserted);
    expect(inserted).toEqual([2, 1]);
  });

  it('are asked for only when there is a step', async () => {
    const target = { ...TARGET, clusterIdentifier: 'nowhere' };

    expect(await readWrittenRows({ api: redshift.client, target, clock: systemClock }, [])).toEqual(
      new Map(),
    );
    await expect(
      readWrittenRows({ api: redshift.client, target, clock: systemClock }, [
        { step: 'A', pid: 1, from: 0, to: 1 },
      ]),
    ).rejects.toThrow(/asking for the rows that steps wrote was refused/);
  });
});
