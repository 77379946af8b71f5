import { DescribeExecutionCommand, RedriveExecutionCommand, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { executionArnOf } from '../../src/arn.ts';
import { describeExecution } from '../../src/executions/describe-execution.ts';
import { holdPipeline, readHold, releasePipeline } from '../../src/executions/hold.ts';
import { listExecutions } from '../../src/executions/list-executions.ts';
import { type StepFunctions, startExecution } from '../../src/executions/start-execution.ts';
import { StatusEventSchema } from '../../src/executions/status-event.ts';

/** Machines of a stage: one waits for an hour, the others have the function succeedAt of handlers/outcomes.ts called. */
export const MACHINES = {
  waits: { Wait: { Type: 'Wait', Seconds: 3_600, End: true } },
  works: {
    Work: {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke',
      Arguments: { FunctionName: 'succeedAt', Payload: '{% $states.input %}' },
      Output: '{% $states.result.Payload %}',
      End: true,
    },
  },
  lists: { Done: { Type: 'Succeed' } },
  tagged: { Done: { Type: 'Succeed' } },
} as const;

export interface StepFunctionsStage {
  readonly sfn: StepFunctions;
  arnOf(machine: keyof typeof MACHINES): string;
  /** Status events that were sent, as rules see them. */
  readonly events: readonly unknown[];
  /** Lets time go by, in milliseconds. */
  pass(ms: number): Promise<void>;
  close(): Promise<void>;
}

const DAY_MS = 24 * 3_600_000;

/** What the product relies on of Step Functions. */
export function describeStepFunctions(name: string, create: () => Promise<StepFunctionsStage>): void {
  describe(`Step Functions, ${name}`, () => {
    let stage: StepFunctionsStage;
    beforeAll(async () => {
      stage = await create();
    });
    afterAll(() => stage?.close());

    const start = async (machine: keyof typeof MACHINES, run: string, input: object = {}) =>
      startExecution(stage.sfn, stage.arnOf(machine), run, input);
    const describeRun = (executionArn: string) =>
      stage.sfn.send(new DescribeExecutionCommand({ executionArn }));
    const stop = (executionArn: string) => stage.sfn.send(new StopExecutionCommand({ executionArn }));
    const redrive = (executionArn: string) => stage.sfn.send(new RedriveExecutionCommand({ executionArn }));
    const untilEnded = (executionArn: string) =>
      expect.poll(async () => (await describeExecution(stage.sfn, executionArn))?.status).not.toBe('RUNNING');
    const fail = async (run: string, nth: number) => {
      const { executionArn } = await start('works', run, { key: `${run} of ${name}`, nth });
      await untilEnded(executionArn);
      return executionArn;
    };
    const notRedrivable = { name: 'ExecutionNotRedrivable' };

    it('starts a name once: with another input never again, with the same while it runs the one that runs', async () => {
      const first = await start('waits', 'named', { n: 1 });

      expect(first).toEqual({
        outcome: 'started',
        executionArn: executionArnOf(stage.arnOf('waits'), 'named'),
      });
      expect(await start('waits', 'named', { n: 1 })).toEqual(first);
      expect(await start('waits', 'named', { n: 2 })).toMatchObject({ outcome: 'already-started' });
      await stop(first.executionArn);
      expect(await start('waits', 'named', { n: 1 })).toMatchObject({ outcome: 'already-started' });
    });

    it('stops what runs; what has ended stays as it ended', async () => {
      const { executionArn } = await start('waits', 'stopped');

      await stop(executionArn);
      const stopped = await describeRun(executionArn);
      await stage.pass(1_000);
      const { stopDate } = await stop(executionArn);

      expect(stopped).toMatchObject({ status: 'ABORTED', stopDate });
    });

    it('tells what an execution was given, has answered, or why it failed', async () => {
      const { executionArn } = await start('works', 'good', { key: `good ${name}`, nth: 1 });
      await untilEnded(executionArn);

      expect(await describeRun(executionArn)).toMatchObject({
        ...{ status: 'SUCCEEDED', output: '{"count":1}', redriveCount: 0, name: 'good' },
        startDate: expect.any(Date),
      });
      expect(await describeRun(await fail('bad', 9))).toMatchObject({
        ...{ status: 'FAILED', error: 'Error', cause: expect.stringContaining('attempt 1 of bad') },
      });
    });

    it('redrives what has not succeeded, once it has ended', async () => {
      const executionArn = await fail('redriven', 2);
      const { executionArn: running } = await start('waits', 'running');

      await redrive(executionArn);
      await untilEnded(executionArn);

      expect(await describeRun(executionArn)).toMatchObject({
        ...{ status: 'SUCCEEDED', redriveCount: 1, redriveDate: expect.any(Date) },
      });
      await expect(redrive(executionArn)).rejects.toMatchObject(notRedrivable);
      await expect(redrive(running)).rejects.toMatchObject(notRedrivable);
      await stop(running);
      await redrive(running);
      expect(await describeExecution(stage.sfn, running)).toEqual({ status: 'RUNNING', redriveCount: 1 });
      await stop(running);
    });

    it('redrives no longer after fourteen days', async () => {
      const executionArn = await fail('late', 9);
      await stage.pass(14.1 * DAY_MS);

      await expect(redrive(executionArn)).rejects.toMatchObject(notRedrivable);
    });

    it('sends an event for each status, with the life that it is of', async () => {
      const executionArn = await fail('told', 2);
      await redrive(executionArn);
      await untilEnded(executionArn);

      const seen = () =>
        stage.events
          .map((event) => StatusEventSchema.parse(event).detail)
          .filter((detail) => detail.executionArn === executionArn)
          .map(({ status, redriveCount }) => `${status} ${redriveCount}`)
          // They may come out of order.
          .toSorted();
      await expect.poll(seen).toEqual(['FAILED 0', 'RUNNING 0', 'RUNNING 1', 'SUCCEEDED 1']);
    });

    it('lists a machine’s executions, the newest first, by status', async () => {
      for (const run of ['one', 'two', 'three']) await untilEnded((await start('lists', run)).executionArn);
      const names = async (status: 'SUCCEEDED' | 'FAILED') => {
        const listed = await Array.fromAsync(listExecutions(stage.sfn, stage.arnOf('lists'), status));
        return listed.map((run) => run.name);
      };

      expect(await names('SUCCEEDED')).toEqual(['three', 'two', 'one']);
      expect(await names('FAILED')).toEqual([]);
    });

    it('knows no execution and no machine of another name', async () => {
      const arn = stage.arnOf('waits');

      expect(await describeExecution(stage.sfn, executionArnOf(arn, 'nobody'))).toBeUndefined();
      await expect(startExecution(stage.sfn, `${arn}-other`, 'run', {})).rejects.toMatchObject({
        name: 'InvalidConfig',
      });
    });

    it('keeps tags of a machine', async () => {
      const arn = stage.arnOf('tagged');

      await holdPipeline(stage.sfn, arn, 'somebody looks');
      expect(await readHold(stage.sfn, arn)).toBe('somebody looks');
      await releasePipeline(stage.sfn, arn);
      expect(await readHold(stage.sfn, arn)).toBeUndefined();
    });
  });
}

/** A machine of one state. */
export function definitionOf(states: (typeof MACHINES)[keyof typeof MACHINES]) {
  return { QueryLanguage: 'JSONata', StartAt: Object.keys(states)[0] ?? '', States: states };
}
