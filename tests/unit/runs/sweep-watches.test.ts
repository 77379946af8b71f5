import { DescribeReplicationTasksCommand } from '@aws-sdk/client-database-migration-service';
import {
  CancelStatementCommand,
  DescribeStatementCommand,
  ListStatementsCommand,
} from '@aws-sdk/client-redshift-data';
import { DescribeExecutionCommand, ListExecutionsCommand, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { beforeEach, describe, expect, it } from 'vitest';
import { ORDERS_TASK_ARN, orders } from '../../fixtures/pipeline.ts';
import { finishedTask } from '../../fixtures/turn-request.ts';
import { api, dms, exists, machineMade, reset, sfn, sweep } from './sweep-world.ts';

describe('what sweepLoads sees', () => {
  beforeEach(reset);

  describe('of hours without a published load', () => {
    const weekly = { ...orders, hoursWithoutLoad: 192 };
    const now = '2026-12-02T02:00:00.000Z';
    const runOf = (executionArn: string, outcome: string, stopDate: string) =>
      sfn
        .on(DescribeExecutionCommand, { executionArn })
        .resolves({ status: 'SUCCEEDED', output: JSON.stringify({ outcome }), stopDate: new Date(stopDate) });
    const listed = (...names: readonly string[]) =>
      sfn.on(ListExecutionsCommand).resolves({
        executions: names.map((executionArn) => ({ executionArn, name: executionArn }) as never),
      });

    beforeEach(() => listed());

    it.each([
      ['within them', '2026-11-24T02:00:00.000Z', []],
      ['before them', '2026-11-24T01:59:59.999Z', ['load-orders']],
    ])('says whether they have passed: published %s', async (_, stopDate, overdue) => {
      listed('superseded', 'published');
      runOf('superseded', 'superseded', '2026-12-02T01:00:00.000Z');
      runOf('published', 'published', stopDate);

      await expect(sweep({ pipelines: [weekly], now })).resolves.toMatchObject({ overdue, failed: [] });
    });

    it.each([
      ['since longer than them', '01:00', ['load-orders']],
      ['since less', '02:01', []],
    ])(
      'counts from when the pipeline is there, where nothing was published: %s',
      async (_, made, overdue) => {
        machineMade(made);

        await expect(sweep({ pipelines: [weekly], now })).resolves.toMatchObject({ overdue });
      },
    );

    it('counts the hours of the stage for a pipeline that has none of its own', async () => {
      await expect(sweep({ now: '2026-11-25T02:29:59.999Z' })).resolves.toMatchObject({ overdue: [] });
      await expect(sweep({ now: '2026-11-25T02:30:00.000Z' })).resolves.toMatchObject({
        overdue: ['load-orders'],
      });
    });

    const deadline = { at: '06:30', timezone: 'UTC', days: ['MON'], loadHours: 12 } as const;
    it.each([
      ['loads whenever somebody wants it', { hoursWithoutLoad: 'never' }],
      ['has a deadline', { deadline }],
    ] as const)('counts none for a pipeline that %s', async (_, more) => {
      const pipelines = [{ ...orders, ...more }];

      await expect(sweep({ pipelines, now })).resolves.toMatchObject({ overdue: [] });
    });

    it('asks for no list where the load in staging was published within them', async () => {
      const output = JSON.stringify({ outcome: 'published' });
      const stopDate = new Date('2026-11-24T01:30:00.000Z');
      sfn.on(DescribeExecutionCommand).resolves({ status: 'SUCCEEDED', output, stopDate });

      await expect(sweep()).resolves.toMatchObject({ overdue: [] });
      expect(sfn.commandCalls(ListExecutionsCommand)).toHaveLength(0);
    });

    it.each([
      ['nothing was published since', [], ['load-orders']],
      ['a later run of the load was published', ['continued'], []],
    ])('sees a run that has timed out at once: %s', async (_, later, overdue) => {
      const pipelines = [{ ...orders, hoursWithoutLoad: 'never' as const }];
      const stopDate = new Date('2026-11-24T01:30:00.000Z');
      sfn.on(DescribeExecutionCommand).resolves({ status: 'TIMED_OUT', stopDate });
      listed(...later);
      runOf('continued', 'published', '2026-11-24T01:45:00.000Z');

      await expect(sweep({ pipelines })).resolves.toMatchObject({ overdue });
    });

    it('says so when it cannot know', async () => {
      sfn.on(ListExecutionsCommand).rejects(new Error('slow down'));

      await expect(sweep({ pipelines: [weekly], now })).resolves.toMatchObject({
        overdue: [],
        failed: ['load-orders'],
        runs: [{}, { reason: expect.stringContaining('may be overdue: ServiceUnavailable') }],
      });
    });
  });

  it('names a pipeline whose finished load has waited too long for its companion', async () => {
    const both = { ...orders, tasks: ['orders-task', 'items-task'] };
    const ended = { ...finishedTask.ReplicationTaskStats, StopDate: new Date('2026-11-24T01:30:00.000Z') };
    dms.on(DescribeReplicationTasksCommand).callsFake(({ Filters }) => ({
      ReplicationTasks: [
        Filters[0].Values[0] === ORDERS_TASK_ARN
          ? { ...finishedTask, ReplicationTaskStats: ended }
          : { ReplicationTaskArn: Filters[0].Values[0], Status: 'ready' },
      ],
    }));
    sfn.on(ListExecutionsCommand).resolves({ executions: [] });

    await expect(sweep({ pipelines: [both], now: '2026-11-24T03:30:00.000Z' })).resolves.toMatchObject({
      missingCompanions: [],
    });
    await expect(sweep({ pipelines: [both], now: '2026-11-24T03:30:00.001Z' })).resolves.toMatchObject({
      missingCompanions: ['load-orders'],
      runs: [{ outcome: 'waiting' }],
    });
  });

  describe('of a statement that still runs', () => {
    beforeEach(() => {
      sfn.on(StartExecutionCommand).rejects(exists);
      api.on(ListStatementsCommand, { Status: 'STARTED' }).resolves({
        Statements: [
          { Id: 'orphan', StatementName: 'run-1/Load_Orders/1', Status: 'STARTED', CreatedAt: new Date() },
        ],
      });
      api.on(CancelStatementCommand).resolves({ Status: true });
      api.on(DescribeStatementCommand).resolves({ Status: 'ABORTED' });
    });

    it('asks about the execution that its parameters name: pipelines may share execution names', async () => {
      const execution = 'arn:aws:states:eu-central-1:123456789012:execution:load-items-dev:run-1';
      api.on(ListStatementsCommand, { Status: 'STARTED' }).resolves({
        Statements: [
          {
            ...{
              Id: 'foreign',
              StatementName: 'run-1/Load_Orders/1',
              Status: 'STARTED',
              CreatedAt: new Date(),
            },
            QueryParameters: [{ name: 'execution', value: execution }],
          },
        ],
      });
      sfn.on(DescribeExecutionCommand).resolves({ status: 'ABORTED' });
      sfn.on(DescribeExecutionCommand, { executionArn: execution }).resolves({ status: 'RUNNING' });

      await expect(sweep({ pipelines: [orders, { ...orders, name: 'load-items' }] })).resolves.toMatchObject({
        reaped: [],
      });
    });

    it('cancels it when its step is none of the definition that is deployed now', async () => {
      const execution = 'arn:aws:states:eu-central-1:123456789012:execution:load-orders-dev:run-1';
      api.on(ListStatementsCommand, { Status: 'STARTED' }).resolves({
        Statements: [
          {
            ...{ Id: 'old', StatementName: 'run-1/Load_By_Old_Name/1', Status: 'STARTED' as const },
            CreatedAt: new Date(),
            QueryParameters: [{ name: 'execution', value: execution }],
          },
        ],
      });
      sfn.on(DescribeExecutionCommand, { executionArn: execution }).resolves({ status: 'ABORTED' });

      await expect(sweep()).resolves.toMatchObject({ reaped: ['old'] });
    });

    it.each(['ABORTED', 'TIMED_OUT'] as const)('cancels it when its execution is %s', async (status) => {
      sfn.on(DescribeExecutionCommand).resolves({ status });

      await expect(sweep()).resolves.toMatchObject({ reaped: ['orphan'] });
      expect(api.commandCalls(CancelStatementCommand)[0]?.args[0].input).toEqual({ Id: 'orphan' });
    });

    it.each(['RUNNING', 'FAILED'] as const)('leaves it when its execution is %s', async (status) => {
      sfn.on(DescribeExecutionCommand).resolves({ status });

      await expect(sweep()).resolves.toMatchObject({ reaped: [] });
      expect(api.commandCalls(CancelStatementCommand)).toHaveLength(0);
    });

    it('leaves it when no pipeline knows its execution', async () => {
      await expect(sweep()).resolves.toMatchObject({ reaped: [] });
    });
  });
});
