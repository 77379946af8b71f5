import {
  BatchExecuteStatementCommand,
  DescribeStatementCommand,
  ListStatementsCommand,
} from '@aws-sdk/client-redshift-data';
import { beforeEach, describe, expect, it } from 'vitest';
import { checkRequest, redriven, runningRecord, SUBMITTED_AT } from '../../fixtures/step-request.ts';
import { api, follow, reset } from './follow-world.ts';

describe('followStatement of another attempt', () => {
  beforeEach(reset);

  it('leaves another attempt to the Wait state, with a pause that grows, and keeps what failed on record', async () => {
    api
      .on(DescribeStatementCommand)
      .resolves({ Status: 'FAILED', Error: 'ERROR: 1023 DETAIL: Serializable isolation violation' });

    const first = await follow().record;
    const third = await follow({ statement: { attempt: 3, retries: 2 } }).record;

    expect(first).toMatchObject({
      resubmit: true,
      attempt: 2,
      retries: 1,
      waitSeconds: 2,
      complete: false,
      failedAttempts: [
        {
          attempt: 1,
          statementId: runningRecord.id,
          failure: 'conflict',
          error: expect.stringContaining('1023'),
        },
      ],
    });
    expect(third).toMatchObject({ attempt: 4, waitSeconds: 8 });
    expect(api.commandCalls(BatchExecuteStatementCommand)).toHaveLength(0);
  });

  it('submits the attempt that is due under its own name, and follows it', async () => {
    api
      .on(BatchExecuteStatementCommand)
      .resolves({ Id: 'second', CreatedAt: new Date(SUBMITTED_AT), Status: 'STARTED' });
    api.on(DescribeStatementCommand, { Id: 'second' }).resolves({ Status: 'FINISHED' });

    const record = await follow({ statement: { resubmit: true, attempt: 2, retries: 1 } }).record;

    expect(record).toMatchObject({ id: 'second', attempt: 2, complete: true });
    expect(record.resubmit).toBeUndefined();
    expect(api.commandCalls(BatchExecuteStatementCommand)[0]?.args[0].input.StatementName).toBe(
      'run-1/Load_Orders/2',
    );
  });

  it('submits anew at once, and once, what had failed before a redrive', async () => {
    api
      .on(DescribeStatementCommand, { Id: runningRecord.id })
      .resolves({ Status: 'FAILED', Error: 'ERROR: boom' });
    api
      .on(BatchExecuteStatementCommand)
      .resolves({ Id: 'second', CreatedAt: new Date(SUBMITTED_AT), Status: 'STARTED' });
    api.on(DescribeStatementCommand, { Id: 'second' }).resolves({ Status: 'FAILED', Error: 'ERROR: boom' });

    await expect(follow({ request: redriven(checkRequest) }).record).rejects.toMatchObject({
      name: 'StatementFailed',
    });
    expect(api.commandCalls(BatchExecuteStatementCommand)).toHaveLength(1);
  });

  describe('under a redrive of a state whose earlier life had submitted a further attempt', () => {
    const lists = (Status: 'FAILED' | 'STARTED') =>
      api.on(ListStatementsCommand).resolves({
        Statements: [
          { Id: 'second', StatementName: 'run-1/Load_Orders/2', Status, CreatedAt: new Date(SUBMITTED_AT) },
        ],
      });

    it.each([
      ['is in the input', {}],
      ['was due by the input', { resubmit: true, attempt: 2, retries: 1 }],
    ])('submits the one after it, where the attempt before it %s', async (_, statement) => {
      lists('FAILED');
      api.on(DescribeStatementCommand).resolves({ Status: 'FAILED', Error: 'ERROR: boom' });
      api
        .on(BatchExecuteStatementCommand)
        .resolves({ Id: 'third', CreatedAt: new Date(SUBMITTED_AT), Status: 'STARTED' });
      api.on(DescribeStatementCommand, { Id: 'third' }).resolves({ Status: 'FINISHED' });

      const record = await follow({ request: redriven(checkRequest), statement }).record;

      expect(record).toMatchObject({ id: 'third', attempt: 3, complete: true });
    });

    it('follows it while it still runs', async () => {
      lists('STARTED');
      api.on(DescribeStatementCommand, { Id: 'second' }).resolves({ Status: 'FINISHED' });

      await expect(follow({ request: redriven(checkRequest) }).record).resolves.toMatchObject({
        ...{ id: 'second', attempt: 2, complete: true },
      });
      expect(api.commandCalls(BatchExecuteStatementCommand)).toHaveLength(0);
    });
  });
});
