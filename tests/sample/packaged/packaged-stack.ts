import {
  DatabaseMigrationServiceClient,
  StartReplicationTaskCommand,
} from '@aws-sdk/client-database-migration-service';
import { ListExecutionsCommand, SFNClient } from '@aws-sdk/client-sfn';
import { functionLogicalId } from '../../../src/compile/template/cloudformation.ts';
import { FUNCTION_ACTIONS } from '../../../src/compile/template/function-permissions.ts';
import type { Pipeline } from '../../../src/definition/pipeline.ts';
import { removeGuard } from '../../../src/framework/remove-guard.ts';
import { localClientConfig } from '../../../src/local-stage/local-client-config.ts';
import { localMachineArn, localTaskArn } from '../../../src/local-stage/local-stage.ts';
import { startSampleStack } from '../../../src/local-stage/sample-stack.ts';
import type { Stack } from '../../../src/local-stage/stack.ts';
import type { Template } from '../../fixtures/package/cloudformation/template.ts';
import type { PackagedService } from '../../fixtures/package/packaged-service.ts';
import { type RecordedCall, startRecordingProxy } from './recording-proxy.ts';

export const TASK = 'dms-full-dump-task';
export const PIPELINE = 'redshift-elt-load-customer-sales';
export const MACHINE = localMachineArn(PIPELINE);

/** Services whose endpoint is given on its own, so that the function's name can be in it. */
const ENDPOINT_VARIABLES = ['REDSHIFT_DATA', 'SFN', 'DATABASE_MIGRATION_SERVICE', 'SNS'].map(
  (service) => `AWS_ENDPOINT_URL_${service}`,
);

/** The local AWS with a package's bundles as its functions. */
export interface PackagedStack {
  readonly stack: Stack;
  readonly sfn: SFNClient;
  readonly notifications: readonly string[];
  readonly logs: readonly string[];
  /** What a function has called, once each. */
  callsOf(functionName: string): readonly RecordedCall[];
  /** Invokes a function and answers what it returned; one that fails answers its error. */
  invoke(functionName: string, payload: unknown): Promise<Record<string, unknown>>;
  /** @param task its identifier @default the sample's */
  startLoad(task?: string): Promise<void>;
  /** @param stateMachineArn @default the sample's */
  runningExecution(stateMachineArn?: string): Promise<string | undefined>;
  /** Resolves when the runs of the load that was started have ended, and all that follows. */
  runsEnded(): Promise<void>;
  /** What `sls remove` asks before it does anything, of the plugin as the framework makes it. */
  removeStage(): Promise<void>;
  close(): Promise<void>;
}

/** Starts it for these pipelines: each function has the environment of the template, and calls AWS through a proxy that notes it. */
export async function startPackagedStack(
  service: PackagedService,
  pipelines: readonly Pipeline[],
): Promise<PackagedStack> {
  const notifications: string[] = [];
  const logs: string[] = [];
  const proxy = await startRecordingProxy(() => stack.url);
  const bundles = new Map<string, string>();
  for (const name of Object.keys(FUNCTION_ACTIONS)) bundles.set(name, await service.extractBundle(name));
  const stack = await startSampleStack({
    port: 0,
    pipelines,
    sample: { kind: 'small' },
    adaptFunction: (spec) => ({
      ...spec,
      module: bundles.get(spec.name) ?? spec.module,
      environment: {
        ...packagedEnvironment(service.template, spec.name),
        ...Object.fromEntries(ENDPOINT_VARIABLES.map((name) => [name, proxy.urlFor(spec.name)])),
      },
    }),
    onNotification: (message) => void notifications.push(message),
    onLog: (_name, line) => void logs.push(line),
  });
  const config = localClientConfig(stack.url);
  const sfn = new SFNClient(config);
  const dms = new DatabaseMigrationServiceClient(config);
  const runningExecution = async (stateMachineArn = MACHINE) => {
    const command = new ListExecutionsCommand({ stateMachineArn, statusFilter: 'RUNNING' });
    return (await sfn.send(command)).executions?.[0]?.executionArn;
  };
  return {
    ...{ stack, sfn, notifications, logs, runningExecution },
    callsOf: (functionName) => proxy.calls.get(functionName) ?? [],
    async invoke(functionName, payload) {
      const url = `${stack.url}/2015-03-31/functions/${functionName}/invocations`;
      const response = await fetch(url, { method: 'POST', body: JSON.stringify(payload) });
      return (await response.json()) as Record<string, unknown>;
    },
    async startLoad(task = TASK) {
      const ReplicationTaskArn = localTaskArn(task);
      const start = { ReplicationTaskArn, StartReplicationTaskType: 'reload-target' } as const;
      await dms.send(new StartReplicationTaskCommand(start));
    },
    async runsEnded() {
      await stack.idle();
      for (const { name } of pipelines) {
        const run = await runningExecution(localMachineArn(name));
        if (run !== undefined) await stack.stepFunctions.waitForEnd(run);
      }
      await stack.idle();
    },
    async removeStage() {
      const provider = { getStage: () => 'local', getAwsSdkV3Config: async () => config };
      const framework = {
        service: { service: 'redshift-elt' },
        getProvider: () => provider,
        classes: { Error },
      };
      await Reflect.construct(removeGuard, [framework, {}, {}]).hooks['before:remove:remove']();
    },
    async close() {
      sfn.destroy();
      dms.destroy();
      await stack.close();
      await proxy.close();
    },
  };
}

/** A function's environment in the template: what is not in it, the bundle has to have. */
function packagedEnvironment(template: Template, name: string): Readonly<Record<string, string>> {
  const { Environment } = template.Resources[functionLogicalId(name)]?.Properties ?? {};
  return (Environment as { Variables: Record<string, string> } | undefined)?.Variables ?? {};
}
