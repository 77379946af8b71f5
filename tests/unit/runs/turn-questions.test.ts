import { DescribeReplicationTasksCommand } from '@aws-sdk/client-database-migration-service';
import { ListStatementsCommand } from '@aws-sdk/client-redshift-data';
import { DescribeExecutionCommand, ListExecutionsCommand } from '@aws-sdk/client-sfn';
import { expect, it } from 'vitest';
import { takeTurn } from '../../../src/runs/take-turn.ts';
import { createJumpingClock } from '../../fixtures/jumping-clock.ts';
import { mockClients } from '../../fixtures/mocked-clients.ts';
import { EXECUTION_ARN, finishedTask, turnRequest } from '../../fixtures/turn-request.ts';

const { clients, dms, sfn, api } = mockClients();

it('a turn asks DMS and for the runs at the same time, and for statements only when no run is ahead', async () => {
  const asked = Promise.withResolvers<void>();
  dms.on(DescribeReplicationTasksCommand).callsFake(async () => {
    await asked.promise;
    return { ReplicationTasks: [finishedTask] };
  });
  const ahead = {
    ...{ executionArn: EXECUTION_ARN.replace('run-2', 'run-1'), name: 'run-1', status: 'RUNNING' },
    startDate: new Date('2026-11-24T01:00:00Z'),
  };
  sfn.on(ListExecutionsCommand).callsFake(() => {
    asked.resolve();
    return { executions: [ahead] };
  });
  sfn.on(DescribeExecutionCommand).resolves({ status: 'RUNNING' });
  const clock = createJumpingClock('2026-11-24T01:10:01.000Z');

  await expect(takeTurn({ ...clients, clock, random: () => 0 }, turnRequest)).resolves.toMatchObject({
    turn: 'wait',
    reason: 'run run-1 is ahead',
  });
  expect(api.commandCalls(ListStatementsCommand)).toHaveLength(0);
});
