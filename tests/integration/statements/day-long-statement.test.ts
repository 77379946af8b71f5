import {
  BatchExecuteStatementCommand,
  DescribeStatementCommand,
  RedshiftDataClient,
} from '@aws-sdk/client-redshift-data';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, it } from 'vitest';
import { compileStateMachine } from '../../../src/compile/machine/state-machine.ts';
import { definePipeline } from '../../../src/definition/define-pipeline.ts';
import type { JsonObject, OutgoingEvent } from '../../../src/local/contracts.ts';
import { createVirtualClock } from '../../../src/local/engine/clock/virtual-clock.ts';
import { createStepFunctionsService } from '../../../src/local/services/stepfunctions/create-step-functions.ts';
import { CONTRACT_VERSION } from '../../../src/statements/contract-version.ts';
import { followStatement } from '../../../src/statements/follow.ts';
import { startStatement } from '../../../src/statements/start.ts';
import { CheckRequestSchema, StepRequestSchema } from '../../../src/statements/step-request.ts';
import { openGuard } from '../../fixtures/step-request.ts';

const DAY_MS = 24 * 3_600_000;
const CHECK_TIMEOUT_MS = 900_000;

const pipeline = definePipeline({
  name: 'load-archive',
  tasks: ['archive-task'],
  stagedTables: ['mart.archive_stg'],
  steps: { Load_Archive: { call: 'mart.sp_load_archive', timeoutSeconds: 86_400 } },
});

/** A Data API whose one statement takes a day, and whose long poll takes as long as it is asked to. */
function dayLongStatement(clock: ReturnType<typeof createVirtualClock>) {
  const client = new RedshiftDataClient({ region: 'eu-central-1' });
  const api = mockClient(client);
  let endsAt = 0;
  api.on(BatchExecuteStatementCommand).callsFake(() => {
    endsAt = clock.now() + DAY_MS - 60_000;
    return { Id: 'statement', CreatedAt: new Date(clock.now()), Status: 'STARTED' };
  });
  api.on(DescribeStatementCommand).callsFake(async ({ WaitTimeSeconds = 0 }) => {
    await clock.sleep(Math.min(WaitTimeSeconds * 1000, Math.max(0, endsAt - clock.now())));
    return { Status: clock.now() >= endsAt ? 'FINISHED' : 'STARTED' };
  });
  return client;
}

describe('a statement that runs for a day', () => {
  it('succeeds in few events and few transitions', async () => {
    const clock = createVirtualClock();
    const context = { api: dayLongStatement(clock), clock, random: () => 0.5, guard: openGuard };
    const functions: Record<string, (payload: unknown) => Promise<object>> = {
      'take-turn': async () => ({ turn: 'mine', waitSeconds: 0, reason: '' }),
      'verify-load': async () => ({ stagedRows: 'mart.archive_stg=1' }),
      'start-statement': async (payload) => startStatement(context, StepRequestSchema.parse(payload)),
      'check-statement': async (payload) => {
        const endsAt = clock.now() + CHECK_TIMEOUT_MS;
        const remainingMs = () => endsAt - clock.now();
        return followStatement({ ...context, remainingMs }, CheckRequestSchema.parse(payload));
      },
    };
    const invoke = async (arn: string, payload: string) => {
      const name = arn.split(':').at(-1) ?? '';
      return { payload: JSON.stringify(await functions[name]?.(JSON.parse(payload))) };
    };
    const types: string[] = [];
    const events = { publish: async (_: OutgoingEvent) => {} };
    const stepFunctions = createStepFunctionsService({ functions: { invoke }, events, clock });
    stepFunctions.onHistoryEvent((_, event) => types.push(event.type));
    const names = ['TakeTurn', 'VerifyLoad', 'StartStatement', 'CheckStatement'];
    const arnOf = (name: string) =>
      name.replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
    const stateMachineArn = stepFunctions.createMachine({
      name: 'load-archive',
      definition: compileStateMachine(pipeline) as unknown as JsonObject,
      substitutions: Object.fromEntries(
        names.map((name) => [
          `${name}FunctionArn`,
          `arn:aws:lambda:us-east-1:000000000000:function:${arnOf(name)}`,
        ]),
      ),
    });
    const startedAt = new Date(clock.now()).toISOString();
    const target = { clusterIdentifier: 'mart', database: 'dev', dbUser: 'runtime' };
    const load = {
      id: 'load-1',
      startedAt,
      tasks: [{ identifier: 'archive-task', arn: 'arn:task', startedAt }],
    };

    const input = JSON.stringify({
      contractVersion: CONTRACT_VERSION,
      pipeline: pipeline.name,
      load,
      target,
      trigger: {},
      steps: {},
    });
    const end = await stepFunctions.waitForEnd(stepFunctions.start({ stateMachineArn, input }));

    expect(end).toMatchObject({ status: 'SUCCEEDED' });
    expect(clock.now() - Date.parse(startedAt)).toBeGreaterThan(DAY_MS - 120_000);
    expect(types.length).toBeLessThan(1_500);
    expect(types.filter((type) => type.endsWith('StateEntered')).length).toBeLessThan(400);
  });
});
