import {
  BatchExecuteStatementCommand,
  CancelStatementCommand,
  DescribeStatementCommand,
  ExecuteStatementCommand,
  ListStatementsCommand,
} from '@aws-sdk/client-redshift-data';
import { beforeEach, describe, expect, it } from 'vitest';
import { startStatement } from '../../../src/statements/start.ts';
import { openGuard, runningRecord, stepRequest } from '../../fixtures/step-request.ts';
import { api, context, lastSubmission, submitted } from './start-world.ts';

describe('startStatement', () => {
  beforeEach(() => api.reset());

  it('submits the transaction under a name and a token of its own, with values as parameters', async () => {
    api.on(BatchExecuteStatementCommand).resolves({ ...submitted, Status: 'STARTED' });

    const record = await startStatement(context, stepRequest);

    expect(record).toEqual(runningRecord);
    expect(lastSubmission()).toEqual({
      ClusterIdentifier: 'mart',
      Database: 'dev',
      DbUser: 'runtime',
      Sqls: stepRequest.sqls,
      Parameters: [{ name: 'load_id', value: 'load-1' }],
      StatementName: 'run-1/Load_Orders/1',
      ClientToken: expect.stringMatching(/^[0-9a-f]{64}$/),
      WaitTimeSeconds: 10,
    });
  });

  it('submits with the same token again, redriven or not, and with another for another step or execution', async () => {
    api.on(BatchExecuteStatementCommand).resolves({ ...submitted, Status: 'STARTED' });
    api.on(ListStatementsCommand).resolves({ Statements: [] });
    const { execution } = stepRequest;
    const variants = [
      {},
      { execution: { ...execution, redriveCount: 2 } },
      { step: 'Load_Totals' },
      { execution: { ...execution, arn: `${execution.arn}0` } },
    ];

    const tokens: (string | undefined)[] = [];
    for (const variant of variants) {
      await startStatement(context, { ...stepRequest, ...variant });
      tokens.push(lastSubmission()?.ClientToken);
    }

    expect(tokens[1]).toBe(tokens[0]);
    expect(new Set(tokens).size).toBe(3);
  });

  it('looks at a statement that ended within the wait, and completes the step', async () => {
    api.on(BatchExecuteStatementCommand).resolves({ ...submitted, Status: 'FINISHED' });
    api.on(DescribeStatementCommand).resolves({ Status: 'FINISHED', Duration: 20_000_000 });

    await expect(startStatement(context, stepRequest)).resolves.toMatchObject({
      complete: true,
      durationMs: 20,
    });
  });

  it('throws what a statement failed of within the wait', async () => {
    api.on(BatchExecuteStatementCommand).resolves({ ...submitted, Status: 'FAILED' });
    api
      .on(DescribeStatementCommand)
      .resolves({ Status: 'FAILED', Error: 'ERROR: procedure mart.sp_load_orders() does not exist' });

    await expect(startStatement(context, stepRequest)).rejects.toMatchObject({
      name: 'StatementFailed',
      message: expect.stringContaining('sp_load_orders() does not exist'),
    });
  });

  it.each([
    ['ActiveStatementsExceededException', 'RedshiftUnavailable'],
    ['BatchExecuteStatementException', 'RedshiftUnavailable'],
    ['ValidationException', 'InvalidConfig'],
  ])('throws for %s of the API %s', async (apiName, name) => {
    api.on(BatchExecuteStatementCommand).rejects(Object.assign(new Error('no'), { name: apiName }));

    await expect(startStatement(context, stepRequest)).rejects.toMatchObject({ name });
  });

  it('submits a procedure that commits by itself outside of a transaction', async () => {
    api.on(ExecuteStatementCommand).resolves({ ...submitted, Status: 'STARTED' });
    const policy = { ...stepRequest.policy, commits: true };

    await startStatement(context, { ...stepRequest, sqls: ['CALL mart.sp_truncate()'], policy });

    expect(api.commandCalls(BatchExecuteStatementCommand)).toHaveLength(0);
    expect(api.commandCalls(ExecuteStatementCommand)[0]?.args[0].input.Sql).toBe('CALL mart.sp_truncate()');
  });

  it('takes its statement back when the execution was stopped meanwhile', async () => {
    api.on(BatchExecuteStatementCommand).resolves({ ...submitted, Status: 'STARTED' });
    api.on(CancelStatementCommand).resolvesOnce({ Status: false }).resolves({ Status: true });
    api.on(DescribeStatementCommand).resolvesOnce({ Status: 'STARTED' }).resolves({ Status: 'ABORTED' });
    const guard = { ...openGuard, isOver: async () => true };

    await expect(startStatement({ ...context, guard }, stepRequest)).rejects.toMatchObject({
      name: 'StatementAborted',
    });
    expect(api.commandCalls(CancelStatementCommand)).toHaveLength(2);
  });
});
