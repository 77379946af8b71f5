import { describe, expect, it } from 'vitest';
import { createStepFunctionsService } from '../../../../src/local/services/stepfunctions/create-step-functions.ts';
import { substitute } from '../../../../src/local/services/stepfunctions/substitute.ts';
import { createLocalService, PASS, WAIT, WORK } from './local-service.ts';

const START_MS = 1_767_225_600_000;
const REFERENCE = '$'.concat('{WorkFunctionArn}');

describe('status events', () => {
  it('tell that an execution runs and how it ended', async () => {
    const { call, create, stepFunctions, published } = createLocalService();
    const stateMachineArn = await create(WAIT);
    const { executionArn } = await call('StartExecution', { stateMachineArn, name: 'run', input: '{"a":1}' });
    await stepFunctions.waitForEnd(executionArn);

    const detail = {
      executionArn,
      stateMachineArn,
      name: 'run',
      startDate: START_MS,
      input: '{"a":1}',
      inputDetails: { included: true },
      redriveCount: 0,
      redriveStatus: 'NOT_REDRIVABLE',
      error: null,
      cause: null,
    };
    expect(published).toMatchObject([
      {
        source: 'aws.states',
        detailType: 'Step Functions Execution Status Change',
        resources: [executionArn],
        detail: { ...detail, status: 'RUNNING', stopDate: null, output: null, outputDetails: null },
      },
      {
        resources: [executionArn],
        detail: {
          ...detail,
          status: 'SUCCEEDED',
          stopDate: START_MS + 3_600_000,
          output: '{"a":1}',
          outputDetails: { included: true },
        },
      },
    ]);
  });

  it('tell failure and redrive', async () => {
    const { call, create, stepFunctions, published, work } = createLocalService();
    work.failing = true;
    const { executionArn } = await call('StartExecution', { stateMachineArn: await create(WORK) });
    await stepFunctions.waitForEnd(executionArn);
    await call('RedriveExecution', { executionArn });
    await stepFunctions.waitForEnd(executionArn);

    expect(published.map(({ detail }) => [detail.status, detail.redriveCount, detail.redriveStatus])).toEqual(
      [
        ['RUNNING', 0, 'NOT_REDRIVABLE'],
        ['FAILED', 0, 'REDRIVABLE'],
        ['RUNNING', 1, 'NOT_REDRIVABLE'],
        ['FAILED', 1, 'REDRIVABLE'],
      ],
    );
    expect(published[1]?.detail).toMatchObject({ error: 'Broken', cause: '{"errorType":"Broken"}' });
  });

  it('leave out an input of more than 248 KiB', async () => {
    const { call, create, published } = createLocalService();

    await call('StartExecution', {
      stateMachineArn: await create(PASS),
      input: JSON.stringify('x'.repeat(254_000)),
    });

    expect(published[0]?.detail).toMatchObject({ input: null, inputDetails: { included: false } });
  });
});

describe('in process', () => {
  it('a machine is created from a definition object with substitutions, and run', async () => {
    const { stepFunctions, call } = createLocalService();
    const work = { ...(WORK.Only as object), Arguments: { FunctionName: REFERENCE } };

    const stateMachineArn = stepFunctions.createMachine({
      name: 'machine',
      definition: { QueryLanguage: 'JSONata', StartAt: 'Only', States: { Only: work } },
      substitutions: { WorkFunctionArn: 'arn:work' },
    });
    const executionArn = stepFunctions.start({ stateMachineArn, input: '{}' });

    expect(await stepFunctions.waitForEnd(executionArn)).toEqual({
      status: 'SUCCEEDED',
      output: '{"ok":true}',
    });
    expect(JSON.stringify(await call('GetExecutionHistory', { executionArn }))).toContain('arn:work');
  });

  it('history events are told as they happen, until nobody listens any more', async () => {
    const { stepFunctions, create } = createLocalService();
    const stateMachineArn = await create(PASS);
    const heard: string[] = [];
    const stop = stepFunctions.onHistoryEvent((arn, { id, type }) =>
      heard.push(`${arn.split(':').at(-1)} ${id} ${type}`),
    );

    await stepFunctions.waitForEnd(stepFunctions.start({ stateMachineArn, name: 'one' }));
    stop();
    await stepFunctions.waitForEnd(stepFunctions.start({ stateMachineArn, name: 'two' }));

    expect(heard).toEqual([
      'one 1 ExecutionStarted',
      'one 2 PassStateEntered',
      'one 3 PassStateExited',
      'one 4 ExecutionSucceeded',
    ]);
  });

  it('waiting for an execution that does not exist throws', async () => {
    const { stepFunctions } = createLocalService();
    const arn = 'arn:aws:states:us-east-1:000000000000:execution:machine:none';

    await expect(stepFunctions.waitForEnd(arn)).rejects.toMatchObject({ name: 'ExecutionDoesNotExist' });
  });

  it('close stops the timers of what runs', async () => {
    const { stepFunctions, create, clock } = createLocalService();
    stepFunctions.start({ stateMachineArn: await create(WAIT) });

    stepFunctions.close();

    expect(clock.pending).toBe(0);
  });

  it('an event bus that fails does not disturb the execution', async () => {
    const stepFunctions = createStepFunctionsService({
      functions: { invoke: () => Promise.reject(new Error('unused')) },
      events: { publish: () => Promise.reject(new Error('no bus')) },
    });
    const definition = { QueryLanguage: 'JSONata', StartAt: 'Only', States: PASS };
    const stateMachineArn = stepFunctions.createMachine({ name: 'machine', definition });

    const end = await stepFunctions.waitForEnd(stepFunctions.start({ stateMachineArn }));

    expect(end.status).toBe('SUCCEEDED');
  });
});

describe('substitute', () => {
  it('replaces what it has a value for, anywhere in strings', () => {
    const unknown = '$'.concat('{constructor}');

    expect(
      substitute({ a: [`x${REFERENCE}y${REFERENCE}`, unknown, 1, null] }, { WorkFunctionArn: 'F' }),
    ).toEqual({
      a: ['xFyF', unknown, 1, null],
    });
  });
});
