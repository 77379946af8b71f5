import { SFNClient } from '@aws-sdk/client-sfn';
import { systemClock } from '../../src/clock.ts';
import { createHurriedClock, queueArn, stateMachineArn } from '../../src/local/index.ts';
import { createEventsService } from '../../src/local/parts.ts';
import { localMachineArn } from '../../src/local-stage/local-stage.ts';
import { readDeployed } from '../../src/simulation/aws/deployed.ts';
import { orders } from '../fixtures/pipeline.ts';
import { EVENT_TASK, type EventsStage } from './describe-events.ts';
import { HANG_SECONDS, type LambdaStage } from './describe-lambda.ts';
import { definitionOf, MACHINES, type StepFunctionsStage } from './describe-step-functions.ts';
import { clientConfig, createMovedClock, listenTo, startLocal } from './local-stack.ts';

const OUTCOMES = new URL('./handlers/outcomes.ts', import.meta.url);
/** So long that a busy machine ends no function. */
const AMPLE_SECONDS = 600;

/** The local Lambda, over HTTP. */
export async function localLambda(): Promise<LambdaStage> {
  const functions = ['answer', 'refuse', 'succeedAt', 'hang'].map((name) => ({
    ...{ name, module: OUTCOMES, handlerName: name, onFailureQueueArn: queueArn('failures') },
    timeoutSeconds: name === 'hang' ? HANG_SECONDS : AMPLE_SECONDS,
  }));
  const queues = [{ name: 'failures' }];
  const aws = await startLocal({ functions, queues, waits: createHurriedClock(1_000) });
  const post = async (name: string, event: object, type: string) => {
    const url = `${aws.url}/2015-03-31/functions/${name}/invocations`;
    const headers = { 'x-amz-invocation-type': type };
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(event) });
    if (response.ok) return response;
    throw Object.assign(new Error(await response.text()), { name: response.headers.get('x-amzn-errortype') });
  };
  return {
    async invoke(name, event) {
      const response = await post(name, event, 'RequestResponse');
      const functionError = response.headers.get('x-amz-function-error');
      return { payload: await response.json(), ...(functionError && { functionError }) };
    },
    invokeLater: async (name, event) => void (await post(name, event, 'Event')),
    untilIdle: () => aws.idle(),
    async failures() {
      const headers = {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': 'AmazonSQS.ReceiveMessage',
      };
      const body = JSON.stringify({ QueueUrl: `${aws.url}/000000000000/failures`, MaxNumberOfMessages: 10 });
      const { Messages = [] } = (await (await fetch(aws.url, { method: 'POST', headers, body })).json()) as {
        Messages?: readonly { readonly Body: string }[];
      };
      return Messages.map(({ Body }) => JSON.parse(Body));
    },
    close: () => aws.close(),
  };
}

/** The local EventBridge with the deployed rules. */
export async function localEvents(): Promise<EventsStage> {
  const delivered: { functionName: string; event: unknown }[] = [];
  let isDoubled = false;
  const events = createEventsService({
    ...{ rules: readDeployed([orders], [EVENT_TASK]).rules, clock: systemClock },
    invokeAsync: async (functionName, payload) =>
      void delivered.push({ functionName, event: JSON.parse(payload) }),
    sendToQueue: async () => {},
    disturb(_, deliver) {
      deliver();
      if (isDoubled) deliver();
      isDoubled = false;
    },
  });
  return {
    machineArn: localMachineArn(orders.name),
    send: (event) => events.bus.publish(event),
    async delivered() {
      await events.idle();
      return delivered.splice(0);
    },
    doubleNext() {
      isDoubled = true;
    },
    close: async () => events.close(),
  };
}

/** The local Step Functions, through the SDK's client. */
export async function localStepFunctions(): Promise<StepFunctionsStage> {
  const events: unknown[] = [];
  const clock = createMovedClock();
  const listening = listenTo('aws.states', (event) => events.push(event));
  const worker = {
    name: 'succeedAt',
    module: OUTCOMES,
    handlerName: 'succeedAt',
    timeoutSeconds: AMPLE_SECONDS,
  };
  const aws = await startLocal({
    ...{ ...listening, clock, functions: [...(listening.functions ?? []), worker] },
    machines: Object.entries(MACHINES).map(([name, states]) => ({ name, definition: definitionOf(states) })),
  });
  const sfn = new SFNClient(clientConfig(aws));
  return {
    sfn,
    events,
    arnOf: stateMachineArn,
    pass: async (ms) => clock.pass(ms),
    async close() {
      sfn.destroy();
      await aws.close();
    },
  };
}
