import {
  BatchExecuteStatementCommand,
  DescribeStatementCommand,
  RedshiftDataClient,
} from '@aws-sdk/client-redshift-data';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { startStatement } from '../../../src/statements/start.ts';
import { createJumpingClock } from '../../fixtures/jumping-clock.ts';
import { runningRecord, SUBMITTED_AT, stepRequest } from '../../fixtures/step-request.ts';

const api = mockClient(RedshiftDataClient);
const context = {
  api: new RedshiftDataClient({ region: 'eu-central-1' }),
  clock: createJumpingClock(SUBMITTED_AT),
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
});
