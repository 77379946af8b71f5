import { queueArn, stateMachineArn } from '../../src/local/index.ts';
import { busEvent, createStateMachine } from '../../src/local/parts.ts';
import { localMachineArn } from '../../src/local-stage/local-stage.ts';
import { readDeployed } from '../../src/simulation/aws/deployed.ts';
import { createModelEvents } from '../../src/simulation/aws/model-events.ts';
import { stepFunctionsOperations } from '../../src/simulation/aws/operations.ts';
import { createStepFunctionsModel } from '../../src/simulation/aws/step-functions-model.ts';
import { createWholeClock } from '../../src/simulation/create-ground.ts';
import type { ModelHandler } from '../../src/simulation/product/functions.ts';
import { createModelLambda } from '../../src/simulation/product/lambda.ts';
import { orders } from '../fixtures/pipeline.ts';
import { EVENT_TASK, type EventsStage } from './describe-events.ts';
import { HANG_SECONDS, type LambdaStage } from './describe-lambda.ts';
import { definitionOf, MACHINES, type StepFunctionsStage } from './describe-step-functions.ts';
import { answer, refuse, succeedAt } from './handlers/outcomes.ts';
import { clientsFor, NO_FAULTS } from './model-clients.ts';

type Clock = ReturnType<typeof createWholeClock>;

function createIds(): () => string {
  let last = 0;
  return () => `id-${++last}`;
}

const HANDLERS: Readonly<Record<string, unknown>> = { answer, refuse, succeedAt };

/** The simulation's Lambda with the functions of handlers/outcomes.ts. */
function createLambda(clock: Clock) {
  const functions = ['answer', 'refuse', 'succeedAt', 'hang'].map((name) => ({
    ...{ name, module: name, onFailureQueueArn: queueArn('failures') },
    timeoutSeconds: name === 'hang' ? HANG_SECONDS : 60,
  }));
  return createModelLambda({
    ...{ clock, functions, faults: NO_FAULTS, createId: createIds(), log: () => {} },
    handlerFor: (invocation) => ({
      handler:
        (invocation.functionName as string) === 'hang'
          ? // Time passes while a call is made.
            () => invocation.guard(async () => ({ slept: await clock.sleep(60_000) }))
          : (HANDLERS[invocation.functionName] as ModelHandler),
      release: () => {},
    }),
  });
}

/** The simulation's Lambda, in virtual time. */
export async function modelLambda(): Promise<LambdaStage> {
  const clock = createWholeClock();
  const lambda = createLambda(clock);
  return {
    async invoke(name, event) {
      const { payload, functionError } = await lambda.request(name, event);
      return { payload: JSON.parse(payload), ...(functionError && { functionError }) };
    },
    invokeLater: async (name, event) => lambda.invokeLater(name, JSON.stringify(event)),
    // Longer than all pauses before another attempt.
    untilIdle: () => clock.sleep(3_600_000),
    failures: async () => lambda.failures.map((body) => JSON.parse(body)),
    close: async () => {},
  };
}

/** The simulation's EventBridge with the deployed rules, in virtual time. */
export async function modelEvents(): Promise<EventsStage> {
  const clock = createWholeClock();
  const delivered: { functionName: string; event: unknown }[] = [];
  let isDoubled = false;
  const events = createModelEvents({
    ...{ clock, random: () => 0, createId: createIds(), onLost: () => {} },
    rules: readDeployed([orders], [EVENT_TASK]).rules,
    faults: {
      ...NO_FAULTS,
      strike() {
        const strike = isDoubled ? { kind: 'double-event' as const, occurrence: 1, amount: 0 } : undefined;
        isDoubled = false;
        return strike;
      },
    },
    invokeLater: (functionName, payload) => void delivered.push({ functionName, event: JSON.parse(payload) }),
  });
  return {
    machineArn: localMachineArn(orders.name),
    send: (event) => events.bus.publish(event),
    async delivered() {
      await clock.sleep(60_000);
      return delivered.splice(0);
    },
    doubleNext() {
      isDoubled = true;
    },
    close: async () => events.close(),
  };
}

/** The simulation's Step Functions; virtual time passes when a test lets it. */
export async function modelStepFunctions(): Promise<StepFunctionsStage> {
  const clock = createWholeClock();
  const events: unknown[] = [];
  let go = clock.hold();
  const stepFunctions = createStepFunctionsModel({
    ...{ pipelines: [], createdAt: clock.now() },
    deps: { clock, functions: createLambda(clock).invoker, random: () => 0, createId: createIds() },
    bus: {
      publish: async (event) => void events.push(busEvent({ ...event, id: 'event', time: clock.now() })),
    },
    onHistoryEvent: () => {},
    onLife: () => {},
  });
  for (const [name, states] of Object.entries(MACHINES)) {
    const definition = JSON.stringify(definitionOf(states));
    const roleArn = 'arn:aws:iam::000000000000:role/test';
    createStateMachine(stepFunctions.store, clock.now(), { name, definition, roleArn });
  }
  const { sfn } = clientsFor(stepFunctionsOperations(stepFunctions, clock.now));
  return {
    sfn,
    events,
    arnOf: stateMachineArn,
    async pass(ms) {
      go();
      await clock.sleep(ms);
      go = clock.hold();
    },
    close: async () => {},
  };
}
