import {
  BatchExecuteStatementCommand,
  CancelStatementCommand,
  DescribeStatementCommand,
  GetStatementResultCommand,
  ListStatementsCommand,
  RedshiftDataClient,
} from '@aws-sdk/client-redshift-data';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { LoadChanged } from '../../../src/errors/errors.ts';
import type { RunGuard } from '../../../src/statements/attempt.ts';
import { followStatement } from '../../../src/statements/follow.ts';
import { createJumpingClock } from '../../fixtures/jumping-clock.ts';
import {
  checkRequest,
  openGuard,
  redriven,
  runningRecord,
  SUBMITTED_AT,
} from '../../fixtures/step-request.ts';

const api = mockClient(RedshiftDataClient);
const client = new RedshiftDataClient({ region: 'eu-central-1' });

const FIFTEEN_MINUTES_MS = 900_000;
const apiError = (name: string, message = name) => Object.assign(new Error(message), { name });

function follow(
  options: {
    remainingMs?: number;
    at?: string;
    statement?: object;
    request?: typeof checkRequest;
    guard?: RunGuard;
  } = {},
) {
  const clock = createJumpingClock(options.at ?? SUBMITTED_AT);
  const remainingMs = () => options.remainingMs ?? FIFTEEN_MINUTES_MS;
  const context = { api: client, clock, random: () => 0, remainingMs, guard: options.guard ?? openGuard };
  const request = {
    ...(options.request ?? checkRequest),
    statement: { ...runningRecord, ...options.statement },
  };
  return { clock, record: followStatement(context, request) };
}

describe('followStatement', () => {
  beforeEach(() => {
    api.reset();
    api.on(ListStatementsCommand).resolves({ Statements: [] });
  });

  it('asks with the longest long poll again and again until the statement has ended', async () => {
    api
      .on(DescribeStatementCommand)
      .resolvesOnce({ Status: 'PICKED' })
      .resolvesOnce({ Status: 'STARTED' })
      .resolves({ Status: 'FINISHED', Duration: 1_500_000_000 });

    const record = await follow().record;

    expect(record).toMatchObject({ complete: true, status: 'FINISHED', durationMs: 1_500 });
    expect(
      api.commandCalls(DescribeStatementCommand).map((call) => call.args[0].input.WaitTimeSeconds),
    ).toEqual([30, 30, 30]);
  });

  it('answers at once, and asks nothing, when the submission has seen the end', async () => {
    const record = await follow({ statement: { complete: true } }).record;

    expect(record.complete).toBe(true);
    expect(api.calls()).toHaveLength(0);
  });

  it('waits no longer than its invocation can afford', async () => {
    api.on(DescribeStatementCommand).resolvesOnce({ Status: 'STARTED' }).resolves({ Status: 'FINISHED' });

    await follow({ remainingMs: 15_500 }).record;

    expect(api.commandCalls(DescribeStatementCommand)[0]?.args[0].input.WaitTimeSeconds).toBe(5);
  });

  it('asks once, without waiting, when its time is nearly up, and leaves the rest to the next invocation', async () => {
    api.on(DescribeStatementCommand).resolves({ Status: 'STARTED' });

    const record = await follow({ remainingMs: 10_500 }).record;

    expect(record).toMatchObject({ complete: false, status: 'STARTED', waitSeconds: 0 });
    expect(
      api.commandCalls(DescribeStatementCommand).map((call) => call.args[0].input.WaitTimeSeconds),
    ).toEqual([undefined]);
  });

  it('asks plainly, after growing pauses, where somebody else waits for the statement', async () => {
    const plainAnswers = ['STARTED', 'FINISHED'];
    api.on(DescribeStatementCommand).callsFake(({ WaitTimeSeconds }) => {
      if (WaitTimeSeconds !== undefined) throw apiError('ActiveWaitingRequestsExceededException');
      return { Status: plainAnswers.shift() };
    });

    const { clock, record } = follow();

    await expect(record).resolves.toMatchObject({ complete: true });
    expect(clock.sleeps).toEqual([500, 1_000]);
  });

  it('pauses no longer in the place of a long poll than that could have taken', async () => {
    const plainAnswers = ['STARTED', 'STARTED', 'STARTED', 'STARTED', 'FINISHED'];
    api.on(DescribeStatementCommand).callsFake(({ WaitTimeSeconds }) => {
      if (WaitTimeSeconds !== undefined) throw apiError('ActiveWaitingRequestsExceededException');
      return { Status: plainAnswers.shift() };
    });

    const { clock, record } = follow({ remainingMs: 13_000 });

    await expect(record).resolves.toMatchObject({ complete: true });
    expect(clock.sleeps).toEqual([500, 1_000, 1_500, 1_500, 1_500]);
  });

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

  it('cancels a statement that overruns its time, waits for its end and throws StatementTimedOut', async () => {
    api.on(DescribeStatementCommand).resolvesOnce({ Status: 'STARTED' }).resolves({ Status: 'ABORTED' });
    api.on(CancelStatementCommand).resolves({ Status: true });

    const { record } = follow({ at: '2026-11-24T01:10:00.000Z' });

    await expect(record).rejects.toMatchObject({
      name: 'StatementTimedOut',
      message: expect.stringContaining('600 s'),
    });
    expect(api.commandCalls(CancelStatementCommand)).toHaveLength(1);
  });

  it('asks for the cancel again when the statement was not running yet', async () => {
    api
      .on(DescribeStatementCommand)
      .resolvesOnce({ Status: 'SUBMITTED' })
      .resolvesOnce({ Status: 'STARTED' })
      .resolves({ Status: 'ABORTED' });
    api.on(CancelStatementCommand).resolvesOnce({ Status: false }).resolves({ Status: true });

    const { record } = follow({ at: '2026-11-24T01:10:00.000Z' });

    await expect(record).rejects.toMatchObject({ name: 'StatementTimedOut' });
    expect(api.commandCalls(CancelStatementCommand)).toHaveLength(2);
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

  it('waits no longer than until the statement’s time is up', async () => {
    api.on(DescribeStatementCommand).resolvesOnce({ Status: 'STARTED' }).resolves({ Status: 'FINISHED' });

    await follow({ at: '2026-11-24T01:09:52.500Z' }).record;

    expect(api.commandCalls(DescribeStatementCommand)[0]?.args[0].input.WaitTimeSeconds).toBe(8);
  });

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
      [
        'LoadIncomplete',
        'ERROR: relation "mart.orders_stg" does not exist',
        'make it in the procedure that drops',
      ],
      [
        'LoadIncomplete',
        'ERROR: ELT_STAGING: mart.items_stg has 0 rows, which are not those of load 1',
        'mart.items_stg was emptied for this load before',
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
      message: expect.stringMatching(/use DELETE.*`commits: true`/),
    });
  });

  describe('of a data check', () => {
    const check = {
      ...checkRequest,
      check: { severity: 'fail' as const, showRows: false, description: 'Orders of nobody.' },
    };
    const finds = (wrongRows: number) => {
      api.on(DescribeStatementCommand).resolves({ Status: 'FINISHED' });
      api
        .on(GetStatementResultCommand, { Id: `${runningRecord.id}:1` })
        .resolves({ Records: [[{ longValue: wrongRows }]] });
      api.on(GetStatementResultCommand, { Id: `${runningRecord.id}:2` }).resolves({
        Records: [[{ stringValue: '104' }, { isNull: true }]],
        ColumnMetadata: [{ name: 'order_number' }, { name: 'cust_id' }],
      });
    };

    it('completes when no row is wrong', async () => {
      finds(0);

      await expect(follow({ request: check }).record).resolves.toMatchObject({
        complete: true,
        wrongRows: 0,
      });
    });

    it('throws DataCheckFailed with the count, and without a row of data', async () => {
      finds(7);

      await expect(follow({ request: check }).record).rejects.toMatchObject({
        name: 'DataCheckFailed',
        message: expect.stringMatching(/^7 rows are wrong: Orders of nobody\. \(step/),
      });
      expect(api.commandCalls(GetStatementResultCommand)).toHaveLength(1);
    });

    it('says that the load has changed where the wrong rows may be another one’s', async () => {
      finds(7);
      const changed = new LoadChanged('staging holds another load');
      const guard = { ...openGuard, assertSameLoad: () => Promise.reject(changed) };

      await expect(follow({ request: check, guard }).record).rejects.toBe(changed);
    });

    it('shows the first rows where it may', async () => {
      finds(1);
      const request = { ...check, check: { ...check.check, showRows: true } };

      await expect(follow({ request }).record).rejects.toMatchObject({
        message: expect.stringContaining(
          '1 row is wrong: Orders of nobody. The first: [{"order_number":"104","cust_id":null}]. (step',
        ),
      });
    });

    it('ends what the check says of its rows with a stop', async () => {
      finds(1);
      const request = {
        ...check,
        check: { ...check.check, showRows: true, description: 'orders_of_nobody' },
      };

      await expect(follow({ request }).record).rejects.toMatchObject({
        message: expect.stringContaining('1 row is wrong: orders_of_nobody. The first: ['),
      });
    });

    it('completes with the count where it only warns', async () => {
      finds(7);
      const request = { ...check, check: { ...check.check, severity: 'warn' as const } };

      await expect(follow({ request }).record).resolves.toMatchObject({ complete: true, wrongRows: 7 });
    });
  });
});
