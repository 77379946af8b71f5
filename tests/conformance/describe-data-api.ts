import {
  DescribeStatementCommand,
  ExecuteStatementCommand,
  GetStatementResultCommand,
  ListStatementsCommand,
} from '@aws-sdk/client-redshift-data';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { cancelStatement } from '../../src/data-api/cancel.ts';
import { describeStatement, LOST } from '../../src/data-api/describe.ts';
import { findRunning, findSubmitted } from '../../src/data-api/find-submitted.ts';
import { toTargetRequest } from '../../src/data-api/target.ts';
import { countRows } from '../../src/statements/count-rows.ts';
import { createStepRuns, type DataApiStage } from './data-api-stage.ts';
import { executionArn, requestOf, TARGET } from './warehouse-steps.ts';

const HOUR_MS = 3_600_000;

/** What the product relies on of the Redshift Data API and its warehouse. */
export function describeDataApi(name: string, create: () => Promise<DataApiStage>): void {
  describe(`the Data API, ${name}`, () => {
    let stage: DataApiStage;
    beforeAll(async () => {
      stage = await create();
      await stage.fill('staging.sales', 3);
    });
    afterAll(() => stage?.close());

    const { submit, ended, started, run } = createStepRuns(() => stage.api);

    it('takes a load to production, in one transaction with the proof of it', async () => {
      const { status, error, createdAt, updatedAt, durationMs } = await run('Applied', 1);

      expect({ status, error }).toEqual({ status: 'FINISHED' });
      expect(updatedAt?.getTime()).toBeGreaterThan(createdAt?.getTime() ?? Number.POSITIVE_INFINITY);
      expect(durationMs).toBeGreaterThan(0);
      expect(await stage.applied('Applied')).toEqual(['load-1']);
    });

    it.each([
      ['ELT_DONE', 'Done', [1, 1], 'staging.sales=3'],
      ['ELT_STALE', 'Stale', [2, 1], 'staging.sales=3'],
      ['ELT_STAGING', 'Staging', [1, 2], 'staging.sales=4'],
    ] as const)(
      'refuses with %s in the fence, and rolls all back',
      async (error, step, [first, second], rows) => {
        await run(step, first);

        const refused = await run(step, second, { run: 'again', rows });

        expect(refused).toMatchObject({
          status: 'FAILED',
          error: expect.stringMatching(`^ERROR: ${error}:`),
          failedPart: 2,
        });
        expect(await stage.applied(step)).toEqual([`load-${first}`]);
      },
    );

    it('counts no staged table where none is left', async () => {
      expect(await run('None', 1, { rows: 'none' })).toMatchObject({ status: 'FINISHED' });
    });

    it('lets two transactions of a step wait for each other: the second sees what the first has done', async () => {
      const release = await stage.hold('staging.sales');
      const ids = await Promise.all([submit('Twice', 1), submit('Twice', 1, { run: 'again' })]);
      await Promise.all(ids.map(started));
      await release();

      const ends = await Promise.all(ids.map(ended));

      expect(ends.map(({ status }) => status).toSorted()).toEqual(['FAILED', 'FINISHED']);
      expect(ends.find(({ status }) => status === 'FAILED')?.error).toMatch(/^ERROR: ELT_DONE:/);
      expect(await stage.applied('Twice')).toEqual(['load-1']);
    });

    it('answers the same attempt with the same statement for eight hours, whatever has become of it', async () => {
      const first = await submit('Token', 1);
      await ended(first);
      await stage.pass(7 * HOUR_MS);
      const second = await submit('Token', 1);
      await stage.pass(1.1 * HOUR_MS);

      const third = await submit('Token', 1);

      expect(second).toBe(first);
      expect(third).not.toBe(first);
      expect(await ended(third)).toMatchObject({
        status: 'FAILED',
        error: expect.stringMatching('ELT_DONE'),
      });
    });

    it('lists what was submitted by the beginning of its name, the newest first', async () => {
      const first = await submit('Listed', 1, { run: 'list-1' });
      await ended(first);
      await stage.pass(8.1 * HOUR_MS);
      const again = await submit('Listed', 1, { run: 'list-1' });
      await ended(again);
      await run('Listed', 1, { run: 'list-10' });

      const found = await findSubmitted(stage.api, executionArn('list-1'));

      expect(found).toMatchObject([
        { id: again, status: 'FAILED', step: 'Listed', attempt: 1 },
        { id: first, status: 'FINISHED', executionName: 'list-1', executionArn: executionArn('list-1') },
      ]);
      expect(found[0]?.sql).toBe(requestOf('Listed', 1).sqls.join('\n'));
    });

    it('lists one status at a time, those that have finished unless another is named', async () => {
      const release = await stage.hold('staging.sales');
      const id = await submit('Statuses', 1, { run: 'statuses' });
      await started(id);
      const prefix = { StatementName: 'statuses/' };
      const list = async () => (await stage.api.send(new ListStatementsCommand(prefix))).Statements;

      expect(await list()).toEqual([]);
      expect((await findRunning(stage.api)).map((one) => one.id)).toContain(id);
      await release();
      await ended(id);
      expect(await list()).toMatchObject([{ Id: id, Status: 'FINISHED' }]);
      expect((await findRunning(stage.api)).map((one) => one.id)).not.toContain(id);
    });

    it('holds an answer back until the statement has ended, or the time is up; one request at a time', async () => {
      const release = await stage.hold('staging.sales');
      const id = await submit('Polled', 1);
      await started(id);
      const polls = [1, 2].map(() =>
        stage.api.send(new DescribeStatementCommand({ Id: id, WaitTimeSeconds: 30 })),
      );

      await expect(Promise.race(polls)).rejects.toMatchObject({
        name: 'ActiveWaitingRequestsExceededException',
      });
      expect(await submit('Polled', 1)).toBe(id);
      expect(await describeStatement(stage.api, id)).toMatchObject({ status: 'STARTED' });
      await cancelStatement(stage.api, id);
      expect(await Promise.any(polls)).toMatchObject({ Status: 'ABORTED' });
      await release();
    });

    it('cancels what runs, and nothing of it is done', async () => {
      const release = await stage.hold('staging.sales');
      const id = await submit('Cancelled', 1);
      await started(id);

      expect(await cancelStatement(stage.api, id)).toBe(true);
      expect(await ended(id)).toMatchObject({ status: 'ABORTED' });
      await release();
      expect(await cancelStatement(stage.api, id)).toBe(false);
      expect(await stage.applied('Cancelled')).toEqual([]);
      expect(await run('Cancelled', 1, { run: 'after' })).toMatchObject({ status: 'FINISHED' });
    });

    it('counts rows, and has no result before and without', async () => {
      const execution = { arn: executionArn('count'), name: 'count', redriveCount: 0 };
      const request = { pipeline: 'conformance', target: TARGET, execution };
      const context = { api: stage.api, clock: systemClock, random: () => 0, remainingMs: () => HOUR_MS };
      await stage.fill('staging.stock', 5);
      const release = await stage.hold('staging.sales');
      const step = await submit('Counted', 1);
      const result = stage.api.send(new GetStatementResultCommand({ Id: step }));

      await expect(result).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
      await release();
      expect(await countRows(context, request, ['staging.sales', 'staging.stock'])).toEqual({
        'staging.sales': 3,
        'staging.stock': 5,
      });
    });

    it('answers a submission that does not wait without a status', async () => {
      const Sql = "SELECT 'staging.sales' AS staged_table, count(*) AS staged_rows FROM staging.sales";
      const names = { StatementName: 'short/Count/1', ClientToken: 'short' };
      const request = { ...toTargetRequest(TARGET), ...names, Sql };

      const { Id, CreatedAt, ...more } = await stage.api.send(new ExecuteStatementCommand(request));

      expect(CreatedAt).toBeInstanceOf(Date);
      expect(more).not.toHaveProperty('Status');
      expect(await ended(Id ?? '')).toMatchObject({ status: 'FINISHED' });
    });

    it('forgets a statement after a day, and knows none of another id', async () => {
      const { id } = await run('Forgotten', 1, { run: 'forgotten' });
      await stage.pass(24.1 * HOUR_MS);

      expect(await describeStatement(stage.api, id)).toMatchObject({ status: LOST });
      expect(await describeStatement(stage.api, '11111111-2222-3333-4444-555555555555')).toMatchObject({
        status: LOST,
      });
      expect(await findSubmitted(stage.api, executionArn('forgotten'))).toEqual([]);
    });
  });
}
