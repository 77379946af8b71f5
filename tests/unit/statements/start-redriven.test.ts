import {
  BatchExecuteStatementCommand,
  DescribeStatementCommand,
  ListStatementsCommand,
  type StatusString,
} from '@aws-sdk/client-redshift-data';
import { beforeEach, describe, expect, it } from 'vitest';
import { LoadChanged } from '../../../src/errors/errors.ts';
import { startStatement } from '../../../src/statements/start.ts';
import { openGuard, redriven, SUBMITTED_AT, stepRequest } from '../../fixtures/step-request.ts';
import { api, context, lastSubmission, submitted } from './start-world.ts';

describe('startStatement', () => {
  beforeEach(() => api.reset());

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
