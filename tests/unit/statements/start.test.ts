import {
  BatchExecuteStatementCommand,
  CancelStatementCommand,
  DescribeStatementCommand,
  ExecuteStatementCommand,
  ListStatementsCommand,
  RedshiftDataClient,
  type StatusString,
} from '@aws-sdk/client-redshift-data';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { LoadChanged } from '../../../src/errors/errors.ts';
import { startStatement } from '../../../src/statements/start.ts';
import { createJumpingClock } from '../../fixtures/jumping-clock.ts';
import {
  openGuard,
  redriven,
  runningRecord,
  SUBMITTED_AT,
  stepRequest,
} from '../../fixtures/step-request.ts';

const api = mockClient(RedshiftDataClient);
const clock = createJumpingClock(SUBMITTED_AT);
const context = {
  api: new RedshiftDataClient({ region: 'eu-central-1' }),
  clock,
  random: () => 0,
  guard: openGuard,
};
const submitted = { Id: runningRecord.id, CreatedAt: new Date(SUBMITTED_AT) };

const lastSubmission = () => api.commandCalls(BatchExecuteStatementCommand).at(-1)?.args[0].input;

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
      WaitTimeSeconds: 1,
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

  describe('under a redrive', () => {
    const lists = (...statements: { attempt: number; Status: StatusString; name?: string }[]) =>
      api.on(ListStatementsCommand).resolves({
        Statements: statements.map(({ attempt, Status, name = 'run-1/Load_Orders' }) => ({
          Id: `attempt-${attempt}`,
          StatementName: `${name}/${attempt}`,
          Status,
          CreatedAt: new Date(SUBMITTED_AT),
        })),
      });

    it('takes over the last statement that was submitted for the step, and submits nothing', async () => {
      lists(
        { attempt: 1, Status: 'FAILED' },
        { attempt: 2, Status: 'STARTED' },
        { attempt: 9, Status: 'STARTED', name: 'run-10/Load_Orders' },
      );

      await expect(startStatement(context, redriven(stepRequest))).resolves.toMatchObject({
        id: 'attempt-2',
        attempt: 2,
        redriveSeen: 0,
      });
      expect(api.commandCalls(BatchExecuteStatementCommand)).toHaveLength(0);
      expect(api.commandCalls(ListStatementsCommand)[0]?.args[0].input).toMatchObject({
        StatementName: 'run-1/Load_Orders/',
        Status: 'ALL',
      });
    });

    it.each([
      [
        'execution',
        { QueryParameters: [{ name: 'execution', value: 'arn:aws:states:::execution:other:run-1' }] },
      ],
      ['SQL', { QueryStrings: ['SELECT count(*) AS wrong_rows FROM (SELECT 1) AS wrong'] }],
    ])(
      'does not take over what another pipeline has submitted for the same load: its %s differs',
      async (_, foreign) => {
        api.on(ListStatementsCommand).resolves({
          Statements: [
            {
              ...{ Id: 'foreign', StatementName: 'run-1/Load_Orders/1', Status: 'FINISHED' },
              ...{ CreatedAt: new Date(SUBMITTED_AT), ...foreign },
            },
          ],
        });
        api.on(BatchExecuteStatementCommand).resolves({ ...submitted, Status: 'STARTED' });

        await expect(startStatement(context, redriven(stepRequest))).resolves.toMatchObject({
          id: submitted.Id,
          attempt: 1,
        });
      },
    );

    it('recognises a statement that finished meanwhile', async () => {
      lists({ attempt: 1, Status: 'FINISHED' });
      api.on(DescribeStatementCommand).resolves({ Status: 'FINISHED' });

      await expect(startStatement(context, redriven(stepRequest))).resolves.toMatchObject({ complete: true });
      expect(api.commandCalls(BatchExecuteStatementCommand)).toHaveLength(0);
    });

    it('asks a data check again: its answer of before the redrive is of before the repair', async () => {
      lists({ attempt: 1, Status: 'FINISHED' });
      api.on(DescribeStatementCommand).resolves({ Status: 'FINISHED' });
      api.on(BatchExecuteStatementCommand).resolves({ ...submitted, Status: 'STARTED' });
      const check = { severity: 'fail' as const, showRows: false, description: 'orders without customer' };

      await expect(startStatement(context, redriven({ ...stepRequest, check }))).resolves.toMatchObject({
        id: submitted.Id,
        attempt: 2,
        redriveSeen: 1,
        complete: false,
      });
    });

    it('submits the next attempt for one that failed in an earlier life', async () => {
      lists({ attempt: 1, Status: 'FAILED' });
      api.on(DescribeStatementCommand).resolves({ Status: 'FAILED', Error: 'ERROR: boom' });
      api.on(BatchExecuteStatementCommand).resolves({ ...submitted, Status: 'STARTED' });

      await expect(startStatement(context, redriven(stepRequest))).resolves.toMatchObject({
        attempt: 2,
        redriveSeen: 1,
        status: 'STARTED',
      });
      expect(lastSubmission()?.StatementName).toBe('run-1/Load_Orders/2');
    });

    it('fails with one that failed in this life: a redrive submits anew once', async () => {
      lists({ attempt: 2, Status: 'FAILED' });
      api.on(DescribeStatementCommand).resolves({ Status: 'FAILED', Error: 'ERROR: boom' });

      await expect(
        startStatement(context, redriven(stepRequest, '2026-11-24T00:59:00.000Z')),
      ).rejects.toMatchObject({ name: 'StatementFailed' });
    });

    it('submits nothing when staging holds another load by now', async () => {
      lists();
      const refusal = new LoadChanged('another load');
      const guard = { ...openGuard, allowSubmission: () => Promise.reject(refusal) };

      await expect(startStatement({ ...context, guard }, redriven(stepRequest))).rejects.toBe(refusal);
      expect(api.commandCalls(BatchExecuteStatementCommand)).toHaveLength(0);
    });
  });

  it('looks for an earlier submission when its state is older than a token is remembered', async () => {
    api.on(ListStatementsCommand).resolves({ Statements: [] });
    api.on(BatchExecuteStatementCommand).resolves({ ...submitted, Status: 'STARTED' });

    await startStatement(context, { ...stepRequest, stateEnteredAt: '2026-11-23T17:59:00.000Z' });

    expect(api.commandCalls(ListStatementsCommand)).toHaveLength(1);
  });
});
