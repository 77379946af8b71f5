import {
  CreateStateMachineCommand,
  DeleteStateMachineCommand,
  DescribeExecutionCommand,
  ExecutionAlreadyExists,
  ExecutionNotRedrivable,
  GetExecutionHistoryCommand,
  InvalidDefinition,
  paginateGetExecutionHistory,
  paginateListExecutions,
  RedriveExecutionCommand,
  SFNClient,
  StartExecutionCommand,
  StateMachineDoesNotExist,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEndpoint, type Endpoint } from '../../../../src/local/endpoint/endpoint.ts';
import {
  createStepFunctionsService,
  type StepFunctionsService,
} from '../../../../src/local/services/stepfunctions/create-step-functions.ts';

const ROLE = 'arn:aws:iam::000000000000:role/test';
let endpoint: Endpoint;
let client: SFNClient;
let stepFunctions: StepFunctionsService;
let failures = 0;

beforeAll(async () => {
  stepFunctions = createStepFunctionsService({
    events: { publish: async () => {} },
    functions: {
      async invoke(_name, payload) {
        if (failures-- > 0)
          return { payload: '{"errorType":"Broken","errorMessage":"no"}', functionError: 'Unhandled' };
        return { payload: JSON.stringify({ got: JSON.parse(payload) }) };
      },
    },
  });
  endpoint = await createEndpoint({ services: [stepFunctions.service], port: 0 });
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  client = new SFNClient({ endpoint: endpoint.url, region: 'eu-central-1', credentials });
});

afterAll(async () => {
  client.destroy();
  stepFunctions.close();
  await endpoint.close();
});

async function create(name: string, states: object): Promise<string> {
  const definition = JSON.stringify({
    QueryLanguage: 'JSONata',
    StartAt: Object.keys(states)[0],
    States: states,
  });
  const { stateMachineArn } = await client.send(
    new CreateStateMachineCommand({ name, definition, roleArn: ROLE }),
  );
  return String(stateMachineArn);
}
const start = async (stateMachineArn: string, more: object = {}) =>
  String((await client.send(new StartExecutionCommand({ stateMachineArn, ...more }))).executionArn);

const WORK = {
  Work: {
    Type: 'Task',
    Resource: 'arn:aws:states:::lambda:invoke',
    Arguments: { FunctionName: 'work', Payload: '{% $states.input %}' },
    Output: '{% $states.result.Payload.got %}',
    End: true,
  },
};
const WAIT = { Pause: { Type: 'Wait', Seconds: 3_600, End: true } };

describe('the SDK’s client', () => {
  it('creates, runs and reads', async () => {
    const executionArn = await start(await create('work', WORK), { name: 'run', input: '{"n":1}' });
    await stepFunctions.waitForEnd(executionArn);

    const described = await client.send(new DescribeExecutionCommand({ executionArn }));
    const { events } = await client.send(new GetExecutionHistoryCommand({ executionArn }));

    expect(described).toMatchObject({
      status: 'SUCCEEDED',
      output: '{"n":1}',
      startDate: expect.any(Date),
      stopDate: expect.any(Date),
    });
    expect(events?.map(({ type }) => type)).toEqual([
      'ExecutionStarted',
      'TaskStateEntered',
      'TaskScheduled',
      'TaskStarted',
      'TaskSucceeded',
      'TaskStateExited',
      'ExecutionSucceeded',
    ]);
    expect(events?.[2]).toMatchObject({
      timestamp: expect.any(Date),
      taskScheduledEventDetails: { resource: 'invoke' },
    });
  });

  it('pages through lists and histories', async () => {
    const stateMachineArn = await create('pages', { Done: { Type: 'Succeed' } });
    const arns = await Promise.all(['a', 'b', 'c', 'd', 'e'].map((name) => start(stateMachineArn, { name })));
    await Promise.all(arns.map((arn) => stepFunctions.waitForEnd(arn)));

    const names: unknown[] = [];
    for await (const page of paginateListExecutions({ client, pageSize: 2 }, { stateMachineArn })) {
      names.push(...(page.executions ?? []).map(({ name }) => name));
    }
    const ids: unknown[] = [];
    const executionArn = String(arns[0]);
    for await (const page of paginateGetExecutionHistory(
      { client, pageSize: 3 },
      { executionArn, reverseOrder: true },
    )) {
      ids.push(...(page.events ?? []).map(({ id }) => id));
    }

    expect(names.toSorted()).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(ids).toEqual([4, 3, 2, 1]);
  });

  it('stops and redrives', async () => {
    failures = 1;
    const executionArn = await start(await create('redriven', WORK));
    await stepFunctions.waitForEnd(executionArn);

    await client.send(new RedriveExecutionCommand({ executionArn }));
    await stepFunctions.waitForEnd(executionArn);
    const described = await client.send(new DescribeExecutionCommand({ executionArn }));

    expect(described).toMatchObject({ status: 'SUCCEEDED', redriveCount: 1, redriveDate: expect.any(Date) });
    await expect(client.send(new RedriveExecutionCommand({ executionArn }))).rejects.toBeInstanceOf(
      ExecutionNotRedrivable,
    );
  });

  it('gets the exceptions of the API', async () => {
    const stateMachineArn = await create('waiting', WAIT);
    const executionArn = await start(stateMachineArn, { name: 'run' });

    await expect(start(stateMachineArn, { name: 'run', input: '[]' })).rejects.toBeInstanceOf(
      ExecutionAlreadyExists,
    );
    await expect(create('wrong', { A: { Type: 'Map', End: true } })).rejects.toBeInstanceOf(
      InvalidDefinition,
    );
    const { stopDate } = await client.send(new StopExecutionCommand({ executionArn, error: 'Enough' }));
    expect(stopDate).toBeInstanceOf(Date);
    await client.send(new DeleteStateMachineCommand({ stateMachineArn }));
    await expect(start(stateMachineArn)).rejects.toBeInstanceOf(StateMachineDoesNotExist);
  });
});
