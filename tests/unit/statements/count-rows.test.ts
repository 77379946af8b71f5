import {
  DescribeStatementCommand,
  ExecuteStatementCommand,
  GetStatementResultCommand,
  RedshiftDataClient,
} from '@aws-sdk/client-redshift-data';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { countRows } from '../../../src/statements/count-rows.ts';
import { createJumpingClock } from '../../fixtures/jumping-clock.ts';
import { verifyRequest } from '../../fixtures/turn-request.ts';

const NOW = '2026-11-24T01:10:00.000Z';
const CONFLICT = 'ERROR: 1023 DETAIL: Serializable isolation violation on table - 1';
const REFUSED = 'The connection attempt failed.';

const api = mockClient(RedshiftDataClient);

/** Statements by token, as the Data API keeps them: the first ones fail with these errors, all others finish. */
function answerWith(...errors: readonly string[]): void {
  const ids = new Map<string, string>();
  api.on(ExecuteStatementCommand).callsFake(({ ClientToken }) => {
    const id = ids.get(ClientToken) ?? String(ids.size);
    ids.set(ClientToken, id);
    return { Id: id };
  });
  api.on(DescribeStatementCommand).callsFake(({ Id }) => {
    const error = errors[Number(Id)];
    return error === undefined
      ? { Status: 'FINISHED' }
      : { Status: 'FAILED', Error: error, UpdatedAt: new Date(NOW) };
  });
}

function count(clock = createJumpingClock(NOW), execution = verifyRequest.execution, remainingMs = 300_000) {
  const context = { api: new RedshiftDataClient({ region: 'eu-central-1' }), clock, random: () => 0 };
  return countRows({ ...context, remainingMs: () => remainingMs }, { ...verifyRequest, execution }, [
    'mart.a',
  ]);
}

const names = () => api.commandCalls(ExecuteStatementCommand).map((call) => call.args[0].input.StatementName);
const tokens = () =>
  new Set(api.commandCalls(ExecuteStatementCommand).map((call) => call.args[0].input.ClientToken)).size;

describe('countRows', () => {
  beforeEach(() => {
    api.reset();
    api.on(GetStatementResultCommand).resolves({ Records: [[{ stringValue: 'mart.a' }, { longValue: 3 }]] });
  });

  it('submits again what fails by a cause that passes, after the pauses of a step', async () => {
    answerWith(CONFLICT, 'ERROR: could not open relation with OID 5');
    const clock = createJumpingClock(NOW);

    await expect(count(clock)).resolves.toEqual({ 'mart.a': 3 });
    expect(names()).toEqual([1, 2, 3].map((attempt) => `run-2/Verify_Full_Load/${attempt}`));
    expect(clock.sleeps).toEqual([2_000, 2_000]);
  });

  it('asks why a count has failed that ended while it was submitted', async () => {
    api.on(ExecuteStatementCommand).resolves({ Id: '0', Status: 'FAILED' });
    api.on(DescribeStatementCommand).resolves({ Status: 'FAILED', Error: 'ERROR: permission denied' });

    await expect(count()).rejects.toMatchObject({ message: expect.stringContaining('permission denied') });
  });

  it.each([
    [300_000, 20],
    [29_999, undefined],
  ])(
    'waits while it is submitted only as long as the invocation can: %d ms are left',
    async (left, seconds) => {
      answerWith();

      await count(createJumpingClock(NOW), verifyRequest.execution, left);

      expect(api.commandCalls(ExecuteStatementCommand)[0]?.args[0].input.WaitTimeSeconds).toBe(seconds);
    },
  );

  it('gives up after four, with the last SQL error and its class', async () => {
    answerWith(CONFLICT, CONFLICT, CONFLICT, CONFLICT);

    await expect(count()).rejects.toMatchObject({
      name: 'StatementFailed',
      message: expect.stringMatching(/1023.*failure class conflict/s),
    });
    expect(tokens()).toBe(4);
  });

  it('asks plainly, after a pause, where somebody else waits for the statement', async () => {
    answerWith();
    api.on(DescribeStatementCommand).callsFake(({ WaitTimeSeconds }) => {
      if (WaitTimeSeconds === undefined) return { Status: 'FINISHED' };
      throw Object.assign(new Error('too many'), { name: 'ActiveWaitingRequestsExceededException' });
    });
    const clock = createJumpingClock(NOW);

    await expect(count(clock)).resolves.toEqual({ 'mart.a': 3 });
    expect(clock.sleeps).toEqual([500]);
  });

  it.each(['ThrottlingException', 'ActiveStatementsExceededException'])(
    'waits in longer and longer pauses where it may not submit: %s',
    async (name) => {
      const full = Object.assign(new Error('slow down'), { name });
      const call = api.on(ExecuteStatementCommand);
      for (let refused = 0; refused < 5; refused += 1) call.rejectsOnce(full);
      call.resolves({ Id: '0', Status: 'FINISHED' });
      const clock = createJumpingClock(NOW);

      await expect(count(clock)).resolves.toEqual({ 'mart.a': 3 });
      expect(clock.sleeps).toEqual([1_000, 2_000, 4_000, 8_000, 8_000]);
    },
  );

  it('leaves it to the state machine to submit when its invocation has no more time to wait', async () => {
    api.on(ExecuteStatementCommand).rejects(Object.assign(new Error(), { name: 'ThrottlingException' }));
    const clock = createJumpingClock(NOW);

    await expect(count(clock, verifyRequest.execution, 37_000)).rejects.toMatchObject({
      name: 'RedshiftUnavailable',
    });
    expect(clock.sleeps).toEqual([1_000, 2_000, 4_000]);
  });

  it('fails at once with what does not pass', async () => {
    answerWith('ERROR: permission denied for relation a');

    await expect(count()).rejects.toMatchObject({ name: 'StatementFailed' });
    expect(tokens()).toBe(1);
  });

  it('leaves a long pause, or one that its invocation has no time for, to the state machine, and goes on where it was', async () => {
    answerWith(REFUSED, CONFLICT);
    const clock = createJumpingClock(NOW);

    await expect(count(clock)).rejects.toMatchObject({
      name: 'RedshiftUnavailable',
      message: expect.stringContaining(REFUSED),
    });
    clock.advance(29_999);
    await expect(count(clock, verifyRequest.execution, 30_000)).rejects.toMatchObject({
      name: 'RedshiftUnavailable',
    });
    expect(tokens()).toBe(1);
    await expect(count(clock)).resolves.toEqual({ 'mart.a': 3 });
    expect(tokens()).toBe(3);
  });

  it('counts anew in each life of an execution, under names that no other life has', async () => {
    answerWith(CONFLICT);
    await count();
    answerWith(CONFLICT, CONFLICT);
    await count(undefined, { ...verifyRequest.execution, redriveCount: 1 });

    expect(names().slice(2)).toEqual([5, 6, 7].map((attempt) => `run-2/Verify_Full_Load/${attempt}`));
  });
});
