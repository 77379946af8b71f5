import { DescribeReplicationTasksCommand } from '@aws-sdk/client-database-migration-service';
import { ListStatementsCommand } from '@aws-sdk/client-redshift-data';
import { DescribeExecutionCommand, type ExecutionStatus, ListExecutionsCommand } from '@aws-sdk/client-sfn';
import { beforeEach, describe, expect, it } from 'vitest';
import { takeTurn } from '../../../src/runs/take-turn.ts';
import { createJumpingClock } from '../../fixtures/jumping-clock.ts';
import { mockClients } from '../../fixtures/mocked-clients.ts';
import { EXECUTION_ARN, finishedTask, turnRequest } from '../../fixtures/turn-request.ts';

const { clients, dms, sfn, api } = mockClients();

const ask = () =>
  takeTurn(
    { ...clients, clock: createJumpingClock('2026-11-24T01:10:01.000Z'), random: () => 0 },
    turnRequest,
  );
/** Another run of the pipeline, which began four days ago. */
const another = (
  status: ExecutionStatus,
  dates: { readonly stopDate?: Date; readonly redriveDate?: Date },
) => ({
  ...{
    executionArn: EXECUTION_ARN.replace('run-2', 'run-1'),
    stateMachineArn: 'arn:machine',
    name: 'run-1',
    status,
  },
  startDate: new Date('2026-11-20T01:00:00Z'),
  ...dates,
});
const lately = { stopDate: new Date('2026-11-24T00:30:00Z') };
const running = (StatementName: string) => ({
  ...{ Id: StatementName, StatementName, Status: 'STARTED' as const, CreatedAt: new Date() },
});

describe('what a turn asks', () => {
  beforeEach(() => {
    for (const client of [dms, sfn, api]) client.reset();
    dms.on(DescribeReplicationTasksCommand).resolves({ ReplicationTasks: [finishedTask] });
    sfn.on(ListExecutionsCommand).resolves({ executions: [] });
    sfn.on(DescribeExecutionCommand).resolves({ status: 'RUNNING' });
    api.on(ListStatementsCommand).resolves({ Statements: [] });
  });

  it('is DMS and the runs at the same time, and no statements when a run is ahead', async () => {
    const asked = Promise.withResolvers<void>();
    dms.on(DescribeReplicationTasksCommand).callsFake(async () => {
      await asked.promise;
      return { ReplicationTasks: [finishedTask] };
    });
    sfn.on(ListExecutionsCommand).callsFake(() => {
      asked.resolve();
      return { executions: [another('RUNNING', {})] };
    });

    await expect(ask()).resolves.toMatchObject({ turn: 'wait', reason: 'run run-1 is ahead' });
    expect(api.commandCalls(ListStatementsCommand)).toHaveLength(0);
  });

  it.each([
    ['has succeeded', 0, another('SUCCEEDED', lately)],
    ['failed more than two days ago', 0, another('FAILED', { stopDate: new Date('2026-11-22T01:10:00Z') })],
    ['has failed', 3, another('FAILED', lately)],
    ['was stopped', 3, another('ABORTED', lately)],
    ['has timed out', 3, another('TIMED_OUT', lately)],
    ['was redriven later', 3, another('RUNNING', { redriveDate: new Date('2026-11-24T01:10:00.5Z') })],
  ])('is for statements only where a run may have left one: the other one %s', async (_, calls, run) => {
    sfn.on(ListExecutionsCommand).resolves({ executions: [run] });

    await expect(ask()).resolves.toMatchObject({ turn: 'mine' });
    expect(api.commandCalls(ListStatementsCommand)).toHaveLength(calls);
  });

  it('is for statements where the list does not show all runs', async () => {
    sfn.on(ListExecutionsCommand).resolves({ executions: [], nextToken: 'more' });
    sfn.on(ListExecutionsCommand, { statusFilter: 'RUNNING' }).resolves({ executions: [] });
    const statement = running('run-1/Load_Orders/1');
    api.on(ListStatementsCommand, { Status: 'STARTED' }).resolves({ Statements: [statement] });

    await expect(ask()).resolves.toMatchObject({ turn: 'wait' });
  });

  it('is not about its own statements, nor those of another pipeline', async () => {
    const names = [
      'run-2/Load_Orders/1',
      'other/Load_Customers/1',
      'foreign/Load_Orders/1',
      'somebody',
      'a/b/c/1',
    ];
    sfn.on(ListExecutionsCommand).resolves({ executions: [another('FAILED', lately)] });
    api.on(ListStatementsCommand).resolves({ Statements: names.map(running) });
    const unknown = Object.assign(new Error('none'), { name: 'ExecutionDoesNotExist' });
    sfn.on(DescribeExecutionCommand).rejects(unknown);

    await expect(ask()).resolves.toMatchObject({ turn: 'mine' });
  });
});
