import { DescribeStatementCommand } from '@aws-sdk/client-redshift-data';
import { beforeEach, describe, expect, it } from 'vitest';
import { LoadChanged } from '../../../src/errors/errors.ts';
import { checkRequest, openGuard, redriven, runningRecord } from '../../fixtures/step-request.ts';
import { api, apiError, follow, reset } from './follow-world.ts';

describe('followStatement of a statement that failed', () => {
  beforeEach(reset);

  it('throws StatementFailed with step, SQL, ids and SQL error', async () => {
    api.on(DescribeStatementCommand).resolves({
      Status: 'FAILED',
      Error: 'ERROR: boom',
      SubStatements: [
        { Id: 'x:1', Status: 'FINISHED' },
        { Id: 'x:3', Status: 'FAILED', QueryString: 'CALL mart.sp_load_orders()', RedshiftQueryId: 4711 },
      ],
    });

    await expect(follow().record).rejects.toMatchObject({
      name: 'StatementFailed',
      message: `ERROR: boom (step Load_Orders of load-orders, in "CALL mart.sp_load_orders()", statement ${runningRecord.id}, Redshift query 4711, failure class other)`,
    });
  });

  it('throws StatementAborted when somebody cancelled the statement', async () => {
    api.on(DescribeStatementCommand).resolves({ Status: 'ABORTED' });

    await expect(follow().record).rejects.toMatchObject({ name: 'StatementAborted' });
  });

  it.each([
    ['ThrottlingException', 'RedshiftUnavailable'],
    ['InternalServerException', 'RedshiftUnavailable'],
    ['TimeoutError', 'RedshiftUnavailable'],
    ['AccessDeniedException', 'InvalidConfig'],
  ])('throws for %s of the API %s', async (apiName, name) => {
    api.on(DescribeStatementCommand).rejects(apiError(apiName));

    await expect(follow().record).rejects.toMatchObject({ name });
  });

  it('takes throttling that hides in a ValidationException for what it is', async () => {
    api
      .on(DescribeStatementCommand)
      .rejects(apiError('ValidationException', 'ThrottlingException: Rate exceeded'));

    await expect(follow().record).rejects.toMatchObject({ name: 'RedshiftUnavailable' });
  });

  it('lets the fence decide about a statement that the Data API has forgotten', async () => {
    const forgotten = apiError('ResourceNotFoundException');
    api.on(DescribeStatementCommand, { Id: runningRecord.id }).rejects(forgotten);

    await expect(follow().record).resolves.toMatchObject({
      resubmit: true,
      failedAttempts: [{ failure: 'lost' }],
    });
  });

  it('throws StatementLost when there is no fence to decide, and says so', async () => {
    api.on(DescribeStatementCommand).rejects(apiError('ResourceNotFoundException'));
    const request = redriven({
      ...checkRequest,
      policy: { ...checkRequest.policy, commits: true, retryOn: [] },
    });

    await expect(follow({ request }).record).rejects.toMatchObject({
      name: 'StatementLost',
      message: expect.stringContaining('commits by itself'),
    });
  });

  describe('when the fence refuses, or finds no staged table', () => {
    const request = {
      ...checkRequest,
      parameters: { fence_table: 'fence_x', staged_rows: 'mart.orders_stg=3,mart.items_stg=consumed' },
    };
    const STAGING =
      'Query #2 failed with ERROR: ELT_STAGING: mart.orders_stg has 0 rows, which are not those of load 1';
    const ends = (error: string) =>
      api.on(DescribeStatementCommand).resolves({ Status: 'FAILED', Error: error });

    it.each([
      'ERROR: ELT_STALE: a newer load is recorded',
      STAGING,
      'ERROR: relation "mart.orders_stg" does not exist',
    ])('throws LoadChanged where DMS shows a newer load: %s', async (error) => {
      ends(error);
      const newer = async () => {
        throw new LoadChanged('the task is running');
      };

      await expect(
        follow({ request, guard: { ...openGuard, assertSameLoad: newer } }).record,
      ).rejects.toMatchObject({
        name: 'LoadChanged',
        message: 'the task is running',
      });
    });

    it.each([
      ['LoadIncomplete', STAGING, "consumes: ['mart.orders_stg']"],
      ['LoadIncomplete', 'ERROR: relation "mart.orders_stg" does not exist', "consumes: ['mart.orders_stg']"],
      ['LoadIncomplete', 'ERROR: relation "mart.orders_stg" does not exist', 'in the procedure that drops'],
      [
        'LoadIncomplete',
        'ERROR: ELT_STAGING: mart.items_stg has 0 rows, which are not those of load 1',
        'mart.items_stg has emptied it',
      ],
      ['StatementFailed', 'ERROR: ELT_STALE: a newer load is recorded', 'elt.fence_x'],
    ])('throws %s with a way out where DMS shows the same load: %s', async (name, error, way) => {
      ends(error);

      await expect(follow({ request }).record).rejects.toMatchObject({
        name,
        message: expect.stringContaining(way),
      });
    });

    it.each(['ERROR: relation "mart.other" does not exist', 'ERROR: customer ELT_STAGING: is unknown'])(
      'asks DMS nothing for another error: %s',
      async (error) => {
        ends(error);
        const refuse = async () => {
          throw new Error('asked');
        };

        await expect(
          follow({ request, guard: { ...openGuard, assertSameLoad: refuse } }).record,
        ).rejects.toMatchObject({
          name: 'StatementFailed',
        });
      },
    );
  });

  it.each([
    'ERROR: TRUNCATE cannot be invoked from a procedure that is executing in an atomic context.\n  Hint: Try calling the procedure as a top-level call',
    'ERROR: VACUUM cannot run inside a transaction block',
  ])('says what a procedure in a transaction must not do, and what to do: %s', async (error) => {
    api.on(DescribeStatementCommand).resolves({ Status: 'FAILED', Error: error });

    await expect(follow().record).rejects.toMatchObject({
      name: 'StatementFailed',
      message: expect.stringMatching(/Use DELETE.*`commits: true`/),
    });
  });
});
