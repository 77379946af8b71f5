import {
  DatabaseMigrationServiceClient,
  StartReplicationTaskCommand,
} from '@aws-sdk/client-database-migration-service';
import { RedshiftDataClient } from '@aws-sdk/client-redshift-data';
import { ListExecutionsCommand, SFNClient } from '@aws-sdk/client-sfn';
import { invokeFunction } from '../../src/cli/invoke-function.ts';
import { localClientConfig } from '../../src/cli/local-client-config.ts';
import type { SampleStackOptions } from '../../src/local-stage/fill-sample-stack.ts';
import { startSampleStack } from '../../src/local-stage/sample-stack.ts';
import type { Stack } from '../../src/local-stage/stack.ts';
import { createSqlRunner, type SqlRunner } from '../../src/migrations/sql-runner.ts';

export const TASK_ARN = 'arn:aws:dms:us-east-1:000000000000:task:dms-full-dump-task';
const MACHINE_ARN =
  'arn:aws:states:us-east-1:000000000000:stateMachine:redshift-elt-load-customer-sales-local';

export type LoadType = 'start-replication' | 'reload-target' | 'resume-processing';

/** The sample on a local stack, driven over HTTP by the SDK's own clients. */
export interface Sample {
  readonly stack: Stack;
  readonly sfn: SFNClient;
  readonly dataApi: RedshiftDataClient;
  readonly dms: DatabaseMigrationServiceClient;
  /** Runs SQL as its owner in `dev`, or in the source. */
  readonly warehouse: SqlRunner;
  readonly source: SqlRunner;
  /** Runs the DMS task and waits for all that follows from it. */
  load(type?: LoadType): Promise<void>;
  /** Starts the DMS task; resolves when it has ended and its event was dealt with, whatever became of it. */
  loadOnly(type?: LoadType): Promise<void>;
  /** Invokes a function and waits for its answer. */
  invoke(functionName: string, payload: object): Promise<unknown>;
  /** Texts published to the notification topic, and lines that functions have logged. */
  readonly notifications: readonly string[];
  readonly logs: readonly string[];
  executions(): Promise<readonly { readonly name: string; readonly status: string; readonly arn: string }[]>;
  close(): Promise<void>;
}

export async function startSample(options: Partial<SampleStackOptions> = {}): Promise<Sample> {
  const notifications: string[] = [];
  const logs: string[] = [];
  const stack = await startSampleStack({
    port: 0,
    sample: { kind: 'small' },
    onNotification: (message) => void notifications.push(message),
    onLog: (name, line) => void logs.push(`${name}: ${line}`),
    ...options,
  });
  const config = localClientConfig(stack.url);
  const clients = {
    sfn: new SFNClient(config),
    dataApi: new RedshiftDataClient(config),
    dms: new DatabaseMigrationServiceClient(config),
  };
  const target = { clusterIdentifier: 'redshiftcluster-abcd', dbUser: 'owner' };
  const runningExecution = async () => {
    const running = await clients.sfn.send(
      new ListExecutionsCommand({ stateMachineArn: MACHINE_ARN, statusFilter: 'RUNNING' }),
    );
    return running.executions?.[0]?.executionArn;
  };

  const loadOnly = async (type: LoadType = 'start-replication') => {
    const command = { ReplicationTaskArn: TASK_ARN, StartReplicationTaskType: type };
    await clients.dms.send(new StartReplicationTaskCommand(command));
    await stack.idle();
  };

  return {
    stack,
    ...clients,
    notifications,
    logs,
    loadOnly,
    invoke: async (name, payload) => (await invokeFunction(stack.url, name, payload)).answer,
    warehouse: createSqlRunner(clients.dataApi, { ...target, database: 'dev' }),
    source: createSqlRunner(clients.dataApi, { ...target, database: 'source' }),
    load: async (type) => {
      await loadOnly(type);
      const arn = await runningExecution();
      if (arn !== undefined) await stack.stepFunctions.waitForEnd(arn);
    },
    executions: async () => {
      const { executions = [] } = await clients.sfn.send(
        new ListExecutionsCommand({ stateMachineArn: MACHINE_ARN }),
      );
      return executions.map(({ name = '', status = '', executionArn: arn = '' }) => ({ name, status, arn }));
    },
    close: async () => {
      for (const client of Object.values(clients)) client.destroy();
      await stack.close();
    },
  };
}
