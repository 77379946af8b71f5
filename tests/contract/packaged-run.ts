import {
  DatabaseMigrationServiceClient,
  StartReplicationTaskCommand,
} from '@aws-sdk/client-database-migration-service';
import {
  ListExecutionsCommand,
  SFNClient,
  StopExecutionCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { localClientConfig } from '../../src/cli/local-client-config.ts';
import { removeGuard } from '../../src/cli/remove-guard.ts';
import { startSampleStack } from '../../src/cli/sample-stack.ts';
import { functionLogicalId } from '../../src/compile/cloudformation.ts';
import { FUNCTION_ACTIONS, FUNCTION_ROLES } from '../../src/compile/function-permissions.ts';
import type { Stack } from '../../src/local/stack.ts';
import { allows, permissionsOf } from '../fixtures/cloudformation/role-permissions.ts';
import type { Template } from '../fixtures/cloudformation/template.ts';
import { holdTransaction } from '../fixtures/held-transaction.ts';
import { loggedMetrics, watchedMetrics } from '../fixtures/metrics.ts';
import type { PackagedService } from '../fixtures/packaged-service.ts';
import { type RecordingProxy, startRecordingProxy } from '../fixtures/recording-proxy.ts';
import { readEvent } from '../fixtures/sample-event.ts';

const TASK = 'arn:aws:dms:us-east-1:000000000000:task:dms-full-dump-task';
const MACHINE = 'arn:aws:states:us-east-1:000000000000:stateMachine:redshift-elt-load-customer-sales-local';
const PIPELINE = 'redshift-elt-load-customer-sales';

/** Services whose endpoint is given on its own, so that the function's name can be in it. */
const ENDPOINT_VARIABLES = ['REDSHIFT_DATA', 'SFN', 'DATABASE_MIGRATION_SERVICE', 'SNS'].map(
  (service) => `AWS_ENDPOINT_URL_${service}`,
);

/** Calls of start-run for a pipeline that waits for several tasks, which the sample's does not. */
const FOR_SEVERAL_TASKS = ['states:ListExecutions'];

/** What functions call themselves; the README has a table of what comes with it. */
const CALLED = /^(?:dms|redshift-data|sns|states):/;

type Request = Readonly<Record<string, unknown>> & {
  readonly policy: object;
  readonly execution: object;
};

const POLL = { timeout: 20_000, interval: 20 };

let stack: Stack;
let proxy: RecordingProxy;
let sfn: SFNClient;
let dms: DatabaseMigrationServiceClient;
const notifications: string[] = [];
const logs: string[] = [];

/** Invokes a function and answers what it returned; one that fails answers its error. */
async function invoke(functionName: string, payload: unknown): Promise<Record<string, unknown>> {
  const url = `${stack.url}/2015-03-31/functions/${functionName}/invocations`;
  const response = await fetch(url, { method: 'POST', body: JSON.stringify(payload) });
  return (await response.json()) as Record<string, unknown>;
}

async function runningExecution(): Promise<string | undefined> {
  const command = new ListExecutionsCommand({ stateMachineArn: MACHINE, statusFilter: 'RUNNING' });
  return (await sfn.send(command)).executions?.[0]?.executionArn;
}

async function runEnded(): Promise<void> {
  await stack.idle();
  const run = await runningExecution();
  if (run !== undefined) await stack.stepFunctions.waitForEnd(run);
  await stack.idle();
}

async function startLoad(): Promise<void> {
  const start = { ReplicationTaskArn: TASK, StartReplicationTaskType: 'reload-target' } as const;
  await dms.send(new StartReplicationTaskCommand(start));
}

/** A function's environment in the template: what is not in it, the bundle has to have. */
function packagedEnvironment(template: Template, name: string): Readonly<Record<string, string>> {
  const { Environment } = template.Resources[functionLogicalId(name)]?.Properties ?? {};
  return (Environment as { Variables: Record<string, string> } | undefined)?.Variables ?? {};
}

/** What `sls remove` asks before it does anything, of the plugin as the framework makes it. */
async function removeStage(): Promise<void> {
  const provider = { getStage: () => 'local', getAwsSdkV3Config: async () => localClientConfig(stack.url) };
  const framework = { getProvider: () => provider, classes: { Error } };
  await Reflect.construct(removeGuard, [framework, {}, {}]).hooks['before:remove:remove']();
}

/** The bundles as they are packaged, in the local stack, doing all that they may ever do. */
export function describePackagedRun(service: () => PackagedService): void {
  describe('the packaged functions', () => {
    beforeAll(async () => {
      proxy = await startRecordingProxy(() => stack.url);
      const bundles = new Map<string, string>();
      for (const name of Object.keys(FUNCTION_ACTIONS))
        bundles.set(name, await service().extractBundle(name));
      stack = await startSampleStack({
        port: 0,
        sample: { kind: 'small' },
        adaptFunction: (spec) => ({
          ...spec,
          module: bundles.get(spec.name) ?? spec.module,
          environment: {
            ...packagedEnvironment(service().template, spec.name),
            ...Object.fromEntries(ENDPOINT_VARIABLES.map((name) => [name, proxy.urlFor(spec.name)])),
          },
        }),
        onNotification: (message) => void notifications.push(message),
        onLog: (_name, line) => void logs.push(line),
      });
      sfn = new SFNClient(localClientConfig(stack.url));
      dms = new DatabaseMigrationServiceClient(localClientConfig(stack.url));
    }, 60_000);

    afterAll(async () => {
      sfn.destroy();
      dms.destroy();
      await stack.close();
      await proxy.close();
    });

    it('take a load to production, and somebody is told', async () => {
      await startLoad();
      await runEnded();

      expect(notifications).toEqual([expect.stringContaining('production shows the load')]);
    });

    it('measure rows, duration, attempts and lag', () => {
      const measured = logs.filter((line) => line.includes('"_aws"')).map((line) => JSON.parse(line));
      const one = (name: string) => measured.find((metrics) => name in metrics);

      expect(one('StagedRows')).toMatchObject({ StagedRows: 9, DetectionLag: expect.any(Number) });
      expect(one('StatementAttempts')).toMatchObject({
        StatementAttempts: 1,
        StatementDuration: expect.any(Number),
        step: expect.any(String),
      });
      expect(one('RunsPublished')).toMatchObject({ RunsPublished: 1, pipeline: PIPELINE });
    });

    it('answer their sample events', async () => {
      const names = ['start-run', 'sweep-loads', 'take-turn', 'start-statement', 'stop-statements'];
      const files = [...names, 'notify-outcome', 'verify-load'].map(
        (name) => [name, `${name}.json`] as const,
      );
      for (const [name, file] of [...files, ['notify-outcome', 'notify-outcome-load-failed.json']] as const) {
        const answer = await invoke(name, await readEvent(file));

        expect(answer, name).not.toHaveProperty('errorType');
      }
    });

    it('ask DMS why a task has stopped where the event does not say', async () => {
      const event = await readEvent('start-run.json');
      const detail = { ...event.detail, detailMessage: 'Replication task stopped' };

      const answer = await invoke('notify-outcome', { ...event, time: new Date().toISOString(), detail });

      expect(answer).toMatchObject({ outcome: 'ignored', reason: 'no failure: FULL_LOAD_ONLY_FINISHED' });
    });

    it('measure what alarms look at, in their namespace and with their dimensions', () => {
      const watched = watchedMetrics(service().template);

      expect(new Set(watched.map(({ MetricName }) => MetricName))).toEqual(
        new Set(['SweepsFailed', 'CompanionsMissing', 'RunsPublished']),
      );
      expect(loggedMetrics(logs)).toEqual(expect.arrayContaining([...watched]));
    });

    it('answer the sample event of check-statement, for a statement that is there', async () => {
      const statement = await invoke('start-statement', await readEvent('start-statement.json'));

      const answer = await invoke('check-statement', {
        ...(await readEvent('check-statement.json')),
        statement,
      });

      expect(answer).toMatchObject({ id: statement.id, status: 'FINISHED', complete: true });
    });

    it('hold and release a pipeline on request', async () => {
      const held = await invoke('start-run', { pipeline: PIPELINE, reason: 'repairs', hold: true });
      const released = await invoke('start-run', { pipeline: PIPELINE, reason: 'done', release: true });

      expect([held.outcome, released.outcome]).toEqual(['held', 'already-started']);
    });

    it('start by a sweep what was held when its event came', async () => {
      await invoke('start-run', { pipeline: PIPELINE, reason: 'repairs', hold: true });
      await startLoad();
      await stack.idle();
      await sfn.send(new UntagResourceCommand({ resourceArn: MACHINE, tagKeys: ['elt-hold'] }));

      const { started } = await invoke('sweep-loads', {});
      await runEnded();

      expect(started).toBe(1);
    });

    it('submit outside of a transaction where a procedure commits, and look a step up after a redrive', async () => {
      const request = await readEvent<Request>('start-statement.json');
      const policy = { ...request.policy, commits: true };

      const first = await invoke('start-statement', { ...request, step: 'Outside', policy });
      const execution = { ...request.execution, redriveCount: 1, redrivenAt: new Date().toISOString() };
      const again = await invoke('start-statement', { ...request, step: 'Outside', policy, execution });

      expect(again.id).toBe(first.id);
    });

    it('are not removed while a run is alive; cancel what a stopped run has left running', async () => {
      const blocker = await holdTransaction(stack.warehouse, 'LOCK TABLE dbo.dim_cust');
      const stopsMeasured = () => logs.filter((line) => line.includes('"StatementsStopped":')).length;
      const before = stopsMeasured();
      await startLoad();
      await blocker.untilWaitedFor();
      await expect(removeStage(), 'sls remove').rejects.toThrow(`of ${PIPELINE}: wait for it or stop it`);

      await sfn.send(new StopExecutionCommand({ executionArn: await runningExecution(), cause: 'by hand' }));

      // Not until all is idle: what else fails is tried again for minutes.
      await expect.poll(() => notifications.at(-1), POLL).toContain('was stopped');
      await expect.poll(stopsMeasured, POLL).toBeGreaterThan(before);
      await blocker.commit();
    }, 60_000);

    it.each(Object.entries(FUNCTION_ROLES))(
      'make the calls that %s allows, and no others',
      (role, functions) => {
        const permissions = permissionsOf(service().template, role);
        const calls = functions.flatMap((name) => proxy.calls.get(name) ?? []);
        const made = new Set(calls.map(({ action }) => action));
        const called = permissions.flatMap(({ actions }) => actions).filter((action) => CALLED.test(action));
        const refused = calls.filter(({ action, resource }) => !allows(permissions, action, resource));
        const unused = called.filter((action) => !made.has(action));

        expect(refused).toEqual([]);
        expect(unused).toEqual(role === 'StartRunRole' ? FOR_SEVERAL_TASKS : []);
      },
    );

    it.each(Object.entries(FUNCTION_ACTIONS))(
      'make as %s the calls in the table that roles are made of',
      (name, actions) => {
        const made = (proxy.calls.get(name) ?? []).map(({ action }) => action);

        expect([...actions]).toEqual(expect.arrayContaining(made));
      },
    );
  });
}
