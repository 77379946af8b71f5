import {
  CreateStateMachineCommand,
  SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { removeGuard } from '../../../src/framework/remove-guard.ts';
import { createEndpoint, type Endpoint } from '../../../src/local/endpoint/endpoint.ts';
import {
  createStepFunctionsService,
  type StepFunctionsService,
} from '../../../src/local/services/stepfunctions/create-step-functions.ts';

const WAITING = JSON.stringify({
  QueryLanguage: 'JSONata',
  StartAt: 'Wait',
  States: { Wait: { Type: 'Wait', Seconds: 86_400, End: true } },
});

let endpoint: Endpoint;
let stepFunctions: StepFunctionsService;
let client: SFNClient;
const config = () => ({
  endpoint: endpoint.url,
  region: 'us-east-1',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
});
beforeAll(async () => {
  stepFunctions = createStepFunctionsService({
    events: { publish: async () => {} },
    functions: { invoke: async () => ({ payload: 'null' }) },
  });
  endpoint = await createEndpoint({ services: [stepFunctions.service], port: 0 });
  client = new SFNClient(config());
});
afterAll(async () => {
  client.destroy();
  stepFunctions.close();
  await endpoint.close();
});

/** `sls remove --stage STAGE`, as far as the guard goes. */
const remove = (stage: string) =>
  removeGuard({
    service: { service: 'redshift-elt' },
    getProvider: () => ({ getStage: () => stage, getAwsSdkV3Config: async () => config() }),
    classes: { Error },
  }).hooks['before:remove:remove']();

/** A machine as the stack makes it, with a run that is alive. Answers the run's ARN. */
async function startRun(pipeline: string, stage: string, service = 'redshift-elt') {
  const tags = Object.entries({ service, stage, pipeline }).map(([key, value]) => ({ key, value }));
  const { stateMachineArn } = await client.send(
    new CreateStateMachineCommand({
      name: `${pipeline}-${stage}`,
      definition: WAITING,
      roleArn: 'arn:aws:iam::000000000000:role/states',
      tags,
    }),
  );
  const { executionArn } = await client.send(new StartExecutionCommand({ stateMachineArn, name: 'night-7' }));
  return executionArn;
}

describe('removing a stage', () => {
  it('is refused while a run of a pipeline is alive that is no longer in the code, and goes ahead after it', async () => {
    const executionArn = await startRun('load-of-last-year', 'dev');

    await expect(remove('dev')).rejects.toThrow(
      'stage dev: cannot be removed while a run is alive: night-7 of load-of-last-year. ',
    );

    await client.send(new StopExecutionCommand({ executionArn }));
    await expect(remove('dev')).resolves.toBeUndefined();
  });

  it.each([
    ['another stage', 'load-orders', 'prod', 'redshift-elt'],
    ['another stage whose name ends alike', 'load-orders', 'my-dev', 'redshift-elt'],
    ['another service', 'foreign', 'dev', 'billing'],
  ])('does not mind a run of %s', async (_, pipeline, stage, service) => {
    await startRun(pipeline, stage, service);

    await expect(remove('dev')).resolves.toBeUndefined();
  });

  it('finds it on any page of the Region’s machines', async () => {
    for (let index = 0; index < 101; index += 1)
      stepFunctions.createMachine({ name: `other-${index}`, definition: JSON.parse(WAITING) });
    const executionArn = await startRun('zebra', 'test');

    await expect(remove('test')).rejects.toThrow('night-7 of zebra');

    await client.send(new StopExecutionCommand({ executionArn }));
  });
});
