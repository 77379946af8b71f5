import {
  CancelStatementCommand,
  DescribeStatementCommand,
  ListStatementsCommand,
  RedshiftDataClient,
} from '@aws-sdk/client-redshift-data';
import { DescribeExecutionCommand, SFNClient } from '@aws-sdk/client-sfn';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { StatusEventSchema } from '../../../src/executions/status-event.ts';
import { stopRun } from '../../../src/runs/stop-run.ts';
import { EXECUTION_ARN } from '../../fixtures/turn-request.ts';

const region = 'eu-central-1';
const sfn = mockClient(SFNClient);
const api = mockClient(RedshiftDataClient);
const context = { sfn: new SFNClient({ region }), api: new RedshiftDataClient({ region }) };

const stop = (status: string, redriveCount = 0) =>
  stopRun(
    context,
    StatusEventSchema.parse({
      source: 'aws.states',
      detail: {
        executionArn: EXECUTION_ARN,
        stateMachineArn: 'arn:machine',
        name: 'run-2',
        status,
        redriveCount,
      },
    }),
  );
const statement = (Id: string, StatementName: string, Status: 'STARTED' | 'SUBMITTED' | 'FINISHED') => ({
  Id,
  StatementName,
  Status,
  CreatedAt: new Date(),
});

describe('stopRun', () => {
  beforeEach(() => {
    sfn.reset();
    api.reset();
    sfn.on(DescribeExecutionCommand).resolves({ status: 'ABORTED' });
    api.on(ListStatementsCommand).resolves({
      Statements: [
        statement('one', 'run-2/Load_Orders/1', 'STARTED'),
        statement('two', 'run-2/Load_Totals/2', 'SUBMITTED'),
        statement('done', 'run-2/Load_Items/1', 'FINISHED'),
        statement('foreign', 'run-20/Load_Orders/1', 'STARTED'),
      ],
    });
    api.on(CancelStatementCommand).resolves({ Status: true });
    api.on(DescribeStatementCommand).resolves({ Status: 'ABORTED' });
  });

  it('cancels what the execution has left running, by its exact name, and nothing else', async () => {
    await expect(stop('ABORTED')).resolves.toMatchObject({
      outcome: 'stopped',
      statementIds: ['one', 'two'],
    });
    expect(api.commandCalls(CancelStatementCommand).map((call) => call.args[0].input.Id)).toEqual([
      'one',
      'two',
    ]);
  });

  it('leaves alone what the run of another pipeline for the same load has submitted', async () => {
    const of = (value: string) => [{ name: 'execution', value }];
    api.on(ListStatementsCommand).resolves({
      Statements: [
        { ...statement('own', 'run-2/Load_Orders/1', 'STARTED'), QueryParameters: of(EXECUTION_ARN) },
        {
          ...statement('foreign', 'run-2/Load_Orders/1', 'STARTED'),
          QueryParameters: of('arn:aws:states:::execution:other:run-2'),
        },
      ],
    });

    await expect(stop('ABORTED')).resolves.toMatchObject({ statementIds: ['own'] });
  });

  it('cancels again until a statement that was not running yet has ended', async () => {
    api.on(CancelStatementCommand, { Id: 'two' }).resolvesOnce({ Status: false }).resolves({ Status: true });
    api
      .on(DescribeStatementCommand, { Id: 'two' })
      .resolvesOnce({ Status: 'STARTED' })
      .resolves({ Status: 'ABORTED' });

    await stop('TIMED_OUT');

    expect(api.commandCalls(CancelStatementCommand, { Id: 'two' })).toHaveLength(2);
  });

  it.each(['FAILED', 'SUCCEEDED', 'RUNNING'])(
    'leaves the statements of an execution that is %s: a redrive takes them over',
    async (status) => {
      await expect(stop(status)).resolves.toMatchObject({ outcome: 'ignored' });
      expect(api.calls()).toHaveLength(0);
    },
  );

  it('leaves them when the execution runs again by now', async () => {
    sfn.on(DescribeExecutionCommand).resolves({ status: 'RUNNING', redriveCount: 1 });

    await expect(stop('ABORTED')).resolves.toMatchObject({
      outcome: 'ignored',
      reason: expect.stringContaining('RUNNING'),
    });
    expect(api.calls()).toHaveLength(0);
  });

  it('leaves them when the event is about an earlier life of the execution', async () => {
    sfn.on(DescribeExecutionCommand).resolves({ status: 'ABORTED', redriveCount: 1 });

    await expect(stop('ABORTED', 0)).resolves.toMatchObject({
      outcome: 'ignored',
      reason: expect.stringContaining('redriven'),
    });
  });

  it('throws, so that Lambda asks again, when a statement would not end', async () => {
    api.on(DescribeStatementCommand, { Id: 'one' }).resolves({ Status: 'STARTED' });

    await expect(stop('ABORTED')).rejects.toMatchObject({
      name: 'RedshiftUnavailable',
      message: expect.stringContaining('one'),
    });
  });
});
