import { RedriveExecutionCommand, StartExecutionCommand, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { describeCurrentLoad } from '../../../src/loads/current-load.ts';
import { localMachineArn } from '../../../src/local-stage/local-stage.ts';
import { customerSales } from '../../../src/pipelines/customer-sales.ts';
import { createRunInput } from '../../../src/runs/run-input.ts';
import { nameRun } from '../../../src/runs/run-name.ts';
import { CONTRACT_VERSION } from '../../../src/statements/contract-version.ts';
import { TASK_ARN } from '../sample-stack.ts';
import { hold, letGo, procedure, repairProcedure, runBlocked, untilBlocked } from './breakages.ts';
import { type Night, PIPELINE, RIGHT } from './night.ts';
import type { RepairCase } from './repair-case.ts';

const TURN_OUTPUT = "{% $merge([$states.input, {'turn': $states.result.Payload}]) %}";

/** Runs the load under a target that is not there, as a parameter would have given it. */
const runElsewhere = async ({ sample, settle }: Night) => {
  const request = { pipeline: PIPELINE, reason: 'by the test' };
  await sample.invoke('start-run', { ...request, hold: true });
  await sample.loadOnly('reload-target');
  const load = await describeCurrentLoad(sample.dms, {
    identifier: customerSales.tasks[0] ?? '',
    arn: TASK_ARN,
  });
  if (load.kind !== 'finished') throw new Error(load.reason);
  const run = nameRun(customerSales, [load], {});
  const target = { clusterIdentifier: 'not-there', database: 'dev' };
  const input = createRunInput({
    ...{ pipeline: PIPELINE, load: run.load, target, trigger: { requestId: 'test', reason: 'test' } },
  });
  const stateMachineArn = localMachineArn(PIPELINE);
  await sample.sfn.send(
    new StartExecutionCommand({ stateMachineArn, name: run.name, input: JSON.stringify(input) }),
  );
  await settle();
};

/** A run that has failed is redriven while the one that goes on with it is waiting. */
const runTwoAtATime = async (night: Night) => {
  const { sample } = night;
  await sample.load('reload-target');
  const failed = await night.lastRun();
  await repairProcedure(night);
  await hold(night);
  await sample.invoke('start-run', { pipeline: PIPELINE, reason: 'by the test', continue: 1 });
  await untilBlocked();
  await sample.sfn.send(new RedriveExecutionCommand({ executionArn: failed.arn }));
  await sample.stack.stepFunctions.waitForEnd(failed.arn);
};

const refuseAll = (service: string, error: string) => (night: Night) => {
  let isRunning = false;
  night.calls.refuse((call) => {
    isRunning ||= call.operation === 'StartExecution';
    return isRunning && call.service === service ? error : undefined;
  });
  return Promise.resolve();
};
const allow = async ({ calls }: Night) => calls.allow();

/** What AWS refuses, what is told apart from it, and what does not fit each other. */
export const SERVICE_CASES: readonly RepairCase[] = [
  {
    error: 'RedshiftUnavailable',
    when: 'A run ended with it',
    breakIt: refuseAll('redshift-data', 'ActiveStatementsExceededException'),
    repair: allow,
  },
  {
    error: 'ServiceUnavailable',
    when: 'A run ended with it',
    // The SDK does not try it again, as it would a ThrottlingException, with pauses that are real.
    breakIt: refuseAll('dms', 'KMSThrottlingFault'),
    repair: allow,
  },
  {
    error: 'NotYourTurn',
    when: 'A run ended with it',
    breakIt: (night) => night.asOwner(procedure("RAISE EXCEPTION 'boom';")),
    run: runTwoAtATime,
    repair: (night) => letGo().then(night.settle),
  },
  {
    error: 'InvalidEvent',
    when: 'A run ended with it: the functions do not understand the state machine',
    breakIt: (night) =>
      night.deploy(RIGHT.replaceAll(`"contractVersion":${CONTRACT_VERSION}`, '"contractVersion":99')),
  },
  {
    error: 'InvalidConfig',
    when: 'A parameter of the stage is wrong',
    breakIt: async () => {},
    run: runElsewhere,
    repair: ({ sample }) =>
      sample.invoke('start-run', { pipeline: PIPELINE, reason: 'by the test', release: true }),
  },
  {
    error: 'InvalidConfig',
    when: 'AWS refuses: a permission, a secret, a cluster that is gone or paused',
    breakIt: refuseAll('redshift-data', 'AccessDeniedException'),
    repair: allow,
  },
  {
    error: 'any other',
    when: 'It was stopped, or the cause is gone',
    breakIt: hold,
    run: runBlocked(async (night) => {
      const { arn } = await night.lastRun();
      await night.sample.sfn.send(new StopExecutionCommand({ executionArn: arn }));
    }),
    repair: (night) => letGo().then(night.settle),
  },
  {
    error: 'any other',
    when: 'The definition or the functions are wrong',
    breakIt: (night) => night.deploy(RIGHT.replace(TURN_OUTPUT, "{% $error('the test wants it') %}")),
  },
];
