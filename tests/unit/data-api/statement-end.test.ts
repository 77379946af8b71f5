import type { DescribeStatementCommandInput } from '@aws-sdk/client-redshift-data';
import { describe, expect, it } from 'vitest';
import type { DataApi } from '../../../src/data-api/describe.ts';
import { awaitEnd } from '../../../src/data-api/statement-end.ts';
import { createJumpingClock } from '../../fixtures/jumping-clock.ts';

const CREATED = new Date('2026-11-24T00:00:00.000Z');
const named = (name: string) => Object.assign(new Error('no'), { name });

/** A Data API that gives these answers in turn, the last one for ever. */
function createApi(...answers: readonly (object | Error)[]) {
  const waits: (number | undefined)[] = [];
  const send = async ({ input }: { input: DescribeStatementCommandInput }) => {
    const answer = answers[Math.min(waits.length, answers.length - 1)];
    waits.push(input.WaitTimeSeconds);
    if (answer instanceof Error) throw answer;
    return { CreatedAt: CREATED, ...answer };
  };
  return { api: { send } as unknown as DataApi, waits };
}

const clock = () => createJumpingClock('2026-11-24T00:00:00.000Z');
const wait = (api: DataApi, since = 0, waiting = clock()) =>
  awaitEnd({ api, clock: waiting, random: () => 1 }, { id: 'a', since });

describe('awaitEnd', () => {
  it('asks by long poll until the statement has ended, and says how long it took', async () => {
    const { api, waits } = createApi(
      { Status: 'PICKED' },
      { Status: 'STARTED' },
      { Status: 'FINISHED', Duration: 12e6 },
    );

    expect(await wait(api)).toEqual({ id: 'a', status: 'FINISHED', durationMs: 12, isEarlier: false });
    expect(waits).toEqual([30, 30, 30]);
  });

  it('asks without a long poll, after a pause, while somebody else waits for it', async () => {
    const { api, waits } = createApi(
      named('ActiveWaitingRequestsExceededException'),
      { Status: 'STARTED' },
      { Status: 'FINISHED' },
    );
    const pauses = clock();

    await wait(api, 0, pauses);

    expect(waits).toEqual([30, undefined, 30]);
    expect(pauses.sleeps).toEqual([1_000]);
  });

  it('asks again when the API cannot answer, for a minute', async () => {
    const { api, waits } = createApi(named('ThrottlingException'));

    await expect(wait(api)).rejects.toThrow('DescribeStatement cannot be answered now: ThrottlingException');
    expect(waits).toHaveLength(61);
  });

  it('gives up at once when it is refused', async () => {
    const { api, waits } = createApi(named('AccessDeniedException'));

    await expect(wait(api)).rejects.toThrow('DescribeStatement was refused: AccessDeniedException');
    expect(waits).toHaveLength(1);
  });

  it('says which statement of a batch was cancelled, where only the batch says so', async () => {
    const { api } = createApi({
      Status: 'ABORTED',
      Error: 'Query #4 failed with ERROR: canceling statement',
      SubStatements: [{ Id: 'a:4', Status: 'ABORTED' }],
    });

    expect(await wait(api)).toMatchObject({
      status: 'ABORTED',
      error: 'ERROR: canceling statement',
      failedPart: 4,
    });
  });

  it('says which statement of a batch failed, and its error', async () => {
    const parts = [
      { Id: 'a:2', Status: 'FAILED', Error: 'ERROR: no' },
      { Id: 'a:1', Status: 'FINISHED' },
    ];
    const { api } = createApi({
      Status: 'FAILED',
      Error: 'Query #2 failed with ERROR: no',
      SubStatements: parts,
    });

    expect(await wait(api)).toMatchObject({ status: 'FAILED', error: 'ERROR: no', failedPart: 2 });
  });

  it('knows a statement that was submitted before', async () => {
    const { api } = createApi({ Status: 'FAILED' });

    expect(await wait(api, CREATED.getTime())).toMatchObject({ isEarlier: false });
    expect(await wait(api, CREATED.getTime() + 1)).toMatchObject({ isEarlier: true });
  });

  it('takes one that the API does not know for lost', async () => {
    const { api } = createApi(named('ResourceNotFoundException'));

    expect(await wait(api)).toMatchObject({ status: 'LOST', isEarlier: false });
  });

  it('takes one that the API says has expired for lost', async () => {
    const expired = Object.assign(new Error('The statement has expired.'), { name: 'ValidationException' });
    const { api } = createApi(expired);

    expect(await wait(api)).toMatchObject({ status: 'LOST', isEarlier: false });
  });

  it('looks at the whole of a minute anew after each answer', async () => {
    const throttled = Array.from({ length: 40 }, () => named('ThrottlingException'));
    const { api } = createApi(...throttled, { Status: 'STARTED' }, ...throttled, { Status: 'FINISHED' });

    expect(await wait(api)).toMatchObject({ status: 'FINISHED' });
  });
});
