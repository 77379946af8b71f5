import { DescribeReplicationTasksCommand } from '@aws-sdk/client-database-migration-service';
import {
  DescribeExecutionCommand,
  ListTagsForResourceCommand,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { beforeEach, describe, expect, it } from 'vitest';
import { startRun } from '../../../src/runs/start-run.ts';
import { CONTRACT_VERSION } from '../../../src/statements/contract-version.ts';
import { loadFinishedEvent } from '../../fixtures/dms-event.ts';
import { context, dms, dmsReports, finishedTask, reset, run, sfn, starts } from './start-run-world.ts';

describe('startRun', () => {
  beforeEach(reset);

  it('starts one execution, named after the load that DMS reports, in the Region of the task', async () => {
    const answer = await run(loadFinishedEvent);

    expect(answer).toEqual({
      outcome: 'started',
      executionArn: expect.stringMatching(
        /^arn:aws:states:eu-central-1:123456789012:execution:load-orders-dev:20261124T010000000Z-[0-9a-f]{12}$/,
      ),
      reason: `event ${loadFinishedEvent.id}`,
    });
    expect(starts()).toHaveLength(1);
    expect(JSON.parse(starts()[0]?.input ?? '')).toMatchObject({
      contractVersion: CONTRACT_VERSION,
      pipeline: 'load-orders',
      load: { startedAt: '2026-11-24T01:00:00.000Z', tasks: [{ identifier: 'orders-task' }] },
      target: context.target,
      trigger: { requestId: 'request-1' },
      steps: {},
    });
  });

  it('takes the same name for the same load, whoever asks, and another after a resume or a reload', async () => {
    const { ReplicationTaskStats: stats } = finishedTask;
    const later = new Date('2026-11-24T02:00:00.000Z');

    await run(loadFinishedEvent);
    await run({ pipeline: 'load-orders', reason: 'by hand' });
    dmsReports({ ...finishedTask, ReplicationTaskStats: { ...stats, StartDate: later } });
    await run({ ...loadFinishedEvent, time: '2026-11-24T02:00:10Z' });

    const names = starts().map(({ name }) => name);
    expect(names[1]).toBe(names[0]);
    expect(names[2]).toMatch(/^20261124T020000000Z-/);
  });

  it('says so when the load has its run already, and starts nothing', async () => {
    const { executionArn } = await run(loadFinishedEvent);
    sfn.on(DescribeExecutionCommand, { executionArn }).resolves({ status: 'FAILED' });

    await expect(run(loadFinishedEvent)).resolves.toEqual({
      outcome: 'already-started',
      executionArn,
      reason: expect.stringMatching(/^load 20261124T010000000Z-\w+ already has a run$/),
    });
    expect(starts()).toHaveLength(1);
  });

  it('asks DMS once, and for the hold without waiting for the run', async () => {
    const asked = Promise.withResolvers<void>();
    sfn.on(ListTagsForResourceCommand).callsFake(() => {
      asked.resolve();
      return { tags: [] };
    });
    sfn.on(DescribeExecutionCommand).callsFake(async () => {
      await asked.promise;
      throw Object.assign(new Error('none'), { name: 'ExecutionDoesNotExist' });
    });

    await expect(run(loadFinishedEvent)).resolves.toMatchObject({ outcome: 'started' });
    expect(dms.commandCalls(DescribeReplicationTasksCommand)).toHaveLength(1);
  });

  it('needs no answer about the hold where the load has its run already', async () => {
    sfn.on(DescribeExecutionCommand).resolves({ status: 'RUNNING' });
    sfn.on(ListTagsForResourceCommand).rejects(new Error('slow down'));

    await expect(run(loadFinishedEvent)).resolves.toMatchObject({ outcome: 'already-started' });
  });

  it('says so when somebody else starts the run at the same moment', async () => {
    sfn
      .on(StartExecutionCommand)
      .rejects(Object.assign(new Error('exists'), { name: 'ExecutionAlreadyExists' }));

    await expect(run(loadFinishedEvent)).resolves.toMatchObject({
      outcome: 'already-started',
      executionArn: expect.any(String),
    });
  });

  it('throws when Step Functions does not say whether there is a run, so that the event is delivered again', async () => {
    sfn.on(DescribeExecutionCommand).rejects(new Error('slow down'));

    await expect(run(loadFinishedEvent)).rejects.toMatchObject({ name: 'ServiceUnavailable' });
    expect(starts()).toHaveLength(0);
  });

  it('throws ServiceUnavailable when Step Functions is throttled, so that the event is delivered again', async () => {
    sfn
      .on(StartExecutionCommand)
      .rejects(Object.assign(new Error('slow down'), { name: 'ThrottlingException' }));

    await expect(run(loadFinishedEvent)).rejects.toMatchObject({
      name: 'ServiceUnavailable',
      message: expect.stringContaining('Step Functions cannot answer StartExecution of arn:'),
    });
  });

  it('says that the pipeline is not deployed when there is no state machine to ask for a hold, or to start', async () => {
    const named = (name: string) => Object.assign(new Error('none'), { name });
    const refusal = (operation: string) => ({
      name: 'InvalidConfig',
      message: expect.stringMatching(
        new RegExp(`^Step Functions refused ${operation} of arn:.*deploy the pipeline to this stage`),
      ),
    });

    sfn.on(StartExecutionCommand).rejects(named('StateMachineDoesNotExist'));
    await expect(run(loadFinishedEvent)).rejects.toMatchObject(refusal('StartExecution'));
    sfn.on(ListTagsForResourceCommand).rejects(named('ResourceNotFound'));
    await expect(run(loadFinishedEvent)).rejects.toMatchObject(refusal('ListTagsForResource'));
  });

  it('throws ServiceUnavailable when DMS still shows the load running that the event says has ended', async () => {
    dmsReports({ ...finishedTask, Status: 'running' });

    await expect(run(loadFinishedEvent)).rejects.toMatchObject({ name: 'ServiceUnavailable' });
  });

  it('throws ServiceUnavailable when DMS does not answer', async () => {
    dms.on(DescribeReplicationTasksCommand).rejects(new Error('connect ECONNREFUSED'));

    await expect(run(loadFinishedEvent)).rejects.toMatchObject({
      name: 'ServiceUnavailable',
      message: expect.stringContaining('ECONNREFUSED'),
    });
  });

  it('throws InvalidConfig when the stage has no ARN for a pipeline’s task', async () => {
    await expect(startRun({ ...context, taskArns: {} }, loadFinishedEvent)).rejects.toMatchObject({
      name: 'InvalidConfig',
    });
  });

  it('gives a deliberate second run a name of its own, the same for the same number', async () => {
    await run({ pipeline: 'load-orders', reason: 'bad rows repaired', rerun: 2 });

    expect(starts()[0]?.name).toMatch(/^20261124T010000000Z-[0-9a-f]{12}-r2$/);
    expect(JSON.parse(starts()[0]?.input ?? '').load.id).toBe(starts()[0]?.name);
  });
});
