import {
  DatabaseMigrationServiceClient,
  StartReplicationTaskCommand,
} from '@aws-sdk/client-database-migration-service';
import { RedshiftDataClient } from '@aws-sdk/client-redshift-data';
import { ListExecutionsCommand, SFNClient } from '@aws-sdk/client-sfn';
import { localClientConfig } from '../../src/cli/local-client-config.ts';
import { startSampleStack } from '../../src/cli/sample-stack.ts';
import type { SampleRows } from '../../src/local/sample.ts';
import type { Stack } from '../../src/local/stack.ts';
import { createSqlRunner, type SqlRunner } from '../../src/migrations/sql-runner.ts';

export const TASK_ARN = 'arn:aws:dms:us-east-1:000000000000:task:dms-full-dump-task';
export const MACHINE_ARN =
  'arn:aws:states:us-east-1:000000000000:stateMachine:redshift-elt-load-customer-sales-local';

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
  load(type?: 'start-replication' | 'reload-target' | 'resume-processing'): Promise<void>;
  executions(): Promise<readonly { readonly name: string; readonly status: string; readonly arn: string }[]>;
  close(): Promise<void>;
}

export async function startSample(sample: SampleRows = { kind: 'small' }): Promise<Sample> {
  const stack = await startSampleStack({ port: 0, sample, onNotification: () => {}, onLog: () => {} });
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

  return {
    stack,
    ...clients,
    warehouse: createSqlRunner(clients.dataApi, { ...target, database: 'dev' }),
    source: createSqlRunner(clients.dataApi, { ...target, database: 'source' }),
    load: async (type = 'start-replication') => {
      await clients.dms.send(
        new StartReplicationTaskCommand({ ReplicationTaskArn: TASK_ARN, StartReplicationTaskType: type }),
      );
      await stack.idle();
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
