import {
  CancelStatementCommand,
  DescribeStatementCommand,
  RedshiftDataClient,
} from '@aws-sdk/client-redshift-data';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { followStatement } from '../../../src/statements/follow.ts';
import { createJumpingClock } from '../../fixtures/jumping-clock.ts';
import { checkRequest, runningRecord, SUBMITTED_AT } from '../../fixtures/step-request.ts';

const api = mockClient(RedshiftDataClient);
const client = new RedshiftDataClient({ region: 'eu-central-1' });

const FIFTEEN_MINUTES_MS = 900_000;
const apiError = (name: string, message = name) => Object.assign(new Error(message), { name });

function follow(options: { remainingMs?: number; at?: string; statement?: object } = {}) {
  const clock = createJumpingClock(options.at ?? SUBMITTED_AT);
  const remainingMs = () => options.remainingMs ?? FIFTEEN_MINUTES_MS;
  const context = { api: client, clock, random: () => 0, remainingMs };
  const request = { ...checkRequest, statement: { ...runningRecord, ...options.statement } };
  return { clock, record: followStatement(context, request) };
}

describe('followStatement', () => {
  beforeEach(() => api.reset());

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
      message: `ERROR: boom. (step Load_Orders of load-orders, in "CALL mart.sp_load_orders()", statement ${runningRecord.id}, Redshift query 4711)`,
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
    ['ResourceNotFoundException', 'StatementLost'],
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
});
