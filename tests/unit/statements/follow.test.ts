import { CancelStatementCommand, DescribeStatementCommand } from '@aws-sdk/client-redshift-data';
import { beforeEach, describe, expect, it } from 'vitest';
import { api, apiError, follow, reset } from './follow-world.ts';

describe('followStatement', () => {
  beforeEach(reset);

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

  it('waits no longer than until the statement’s time is up', async () => {
    api.on(DescribeStatementCommand).resolvesOnce({ Status: 'STARTED' }).resolves({ Status: 'FINISHED' });

    await follow({ at: '2026-11-24T01:09:52.500Z' }).record;

    expect(api.commandCalls(DescribeStatementCommand)[0]?.args[0].input.WaitTimeSeconds).toBe(8);
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
});
