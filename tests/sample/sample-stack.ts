import { fileURLToPath } from 'node:url';
import {
  DatabaseMigrationServiceClient,
  StartReplicationTaskCommand,
} from '@aws-sdk/client-database-migration-service';
import { RedshiftDataClient } from '@aws-sdk/client-redshift-data';
import {
  DescribeExecutionCommand,
  type DescribeExecutionCommandOutput,
  ListExecutionsCommand,
  RedriveExecutionCommand,
  SFNClient,
} from '@aws-sdk/client-sfn';
import pg from 'pg';
import type { SampleStackOptions } from '../../src/local-stage/fill-sample-stack.ts';
import { invokeFunction } from '../../src/local-stage/invoke-function.ts';
import { localClientConfig } from '../../src/local-stage/local-client-config.ts';
import { createSampleSource } from '../../src/local-stage/sample.ts';
import { startSampleStack } from '../../src/local-stage/sample-stack.ts';
import type { Stack } from '../../src/local-stage/stack.ts';
import { migrate } from '../../src/migrations/migrate.ts';
import { createSqlRunner, type SqlRunner } from '../../src/migrations/sql-runner.ts';
import { pipelines as listedPipelines } from '../../src/pipelines/index.ts';

export const TASK_ARN = 'arn:aws:dms:us-east-1:000000000000:task:dms-full-dump-task';
const MIGRATIONS = fileURLToPath(new URL('../../sql/migrations', import.meta.url));
const USERS = { owner: 'owner', runtime: 'runtime', dms: 'dms' };
const MACHINE_ARN =
  'arn:aws:states:us-east-1:000000000000:stateMachine:redshift-elt-load-customer-sales-local';

/** What a pipeline over the sample's source begins with; its name is the one that is asked for below. */
export const SAMPLE_LOAD = {
  name: 'redshift-elt-load-customer-sales',
  tasks: ['dms-full-dump-task'],
  stagedTables: [
    { table: 'dbo.customer_stg', source: 'dms_sample.customer' },
    { table: 'dbo.fact_sales_stg', source: 'dms_sample.sales' },
  ],
} as const;

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
  /** Runs the DMS task and waits for all that follows from it. @default what a task takes: a first start, then reloads */
  load(type?: LoadType): Promise<void>;
  /** Starts the DMS task, and waits for nothing. */
  startLoad(type?: LoadType): Promise<void>;
  /** Starts the DMS task; resolves when it has ended and its event was dealt with, whatever became of it. */
  loadOnly(type?: LoadType): Promise<void>;
  /** Invokes a function and waits for its answer. */
  invoke(functionName: string, payload: object): Promise<unknown>;
  /** Texts published to the notification topic, and lines that functions have logged. */
  readonly notifications: readonly string[];
  readonly logs: readonly string[];
  /** Runs since the last renewal, the latest first. */
  executions(): Promise<readonly { readonly name: string; readonly status: string; readonly arn: string }[]>;
  /** The latest of them, as it stands, and as it is described when it has ended. */
  lastRun(): Promise<DescribeExecutionCommandOutput>;
  endOfLastRun(): ReturnType<Stack['stepFunctions']['waitForEnd']>;
  /** Redrives a run, and waits for its end. @default the latest */
  redrive(executionArn?: string): Promise<void>;
  /**
   * Makes warehouse and source anew, and forgets runs, texts and lines: cheaper than another stack. The task stays as it is;
   * its next load is a reload.
   */
  renew(): Promise<void>;
  close(): Promise<void>;
}

/** Pipelines of other tasks, which a user has added. They stay deployed: the functions' own list of pipelines has them. */
const OTHERS = listedPipelines.filter(({ tasks }) => !tasks.includes(SAMPLE_LOAD.tasks[0]));

export async function startSample(options: Partial<SampleStackOptions> = {}): Promise<Sample> {
  const pipelines = options.pipelines === undefined ? listedPipelines : [...options.pipelines, ...OTHERS];
  const notifications: string[] = [];
  const logs: string[] = [];
  const stack = await startSampleStack({
    port: 0,
    sample: { kind: 'small' },
    onNotification: (message) => void notifications.push(message),
    onLog: (name, line) => void logs.push(`${name}: ${line}`),
    ...options,
    pipelines,
  });
  const config = localClientConfig(stack.url);
  const clients = {
    sfn: new SFNClient(config),
    dataApi: new RedshiftDataClient(config),
    dms: new DatabaseMigrationServiceClient(config),
  };
  const target = { clusterIdentifier: 'redshiftcluster-abcd', dbUser: 'owner' };
  const warehouse = createSqlRunner(clients.dataApi, { ...target, database: 'dev' });
  const { waitForEnd } = stack.stepFunctions;
  let startType: LoadType = 'start-replication';
  const forgotten = new Set<string>();

  const startLoad = async (type = startType) => {
    startType = 'reload-target';
    const command = { ReplicationTaskArn: TASK_ARN, StartReplicationTaskType: type };
    await clients.dms.send(new StartReplicationTaskCommand(command));
  };
  const loadOnly = async (type?: LoadType) => {
    await startLoad(type);
    await stack.idle();
  };
  const executions = async () => {
    const { executions: all = [] } = await clients.sfn.send(
      new ListExecutionsCommand({ stateMachineArn: MACHINE_ARN }),
    );
    const runs = all.map(({ name = '', status = '', executionArn: arn = '' }) => ({ name, status, arn }));
    return runs.filter(({ arn }) => !forgotten.has(arn));
  };
  const lastRun = async () => {
    const [run] = await executions();
    return clients.sfn.send(new DescribeExecutionCommand({ executionArn: run?.arn }));
  };

  return {
    stack,
    ...{ ...clients, notifications, logs, startLoad, loadOnly, executions, lastRun, warehouse },
    invoke: async (name, payload) => (await invokeFunction(stack.url, name, payload)).answer,
    source: createSqlRunner(clients.dataApi, { ...target, database: 'source' }),
    load: async (type) => {
      await loadOnly(type);
      const running = (await executions()).find(({ status }) => status === 'RUNNING');
      if (running !== undefined) await waitForEnd(running.arn);
    },
    endOfLastRun: async () => waitForEnd((await executions())[0]?.arn ?? ''),
    redrive: async (executionArn) => {
      const arn = executionArn ?? (await executions())[0]?.arn ?? '';
      await clients.sfn.send(new RedriveExecutionCommand({ executionArn: arn }));
      await waitForEnd(arn);
    },
    renew: async () => {
      await stack.idle();
      for (const { arn, status } of await executions()) {
        if (status === 'RUNNING') await waitForEnd(arn);
        forgotten.add(arn);
      }
      await stack.idle();
      for (const database of ['dev', 'source']) await dropSchemas(stack, database);
      await createSampleSource(stack.warehouse, { kind: 'small' });
      await migrate({ runner: warehouse, folder: MIGRATIONS, placeholders: USERS, pipelines });
      for (const list of [notifications, logs]) list.length = 0;
    },
    close: async () => {
      for (const client of Object.values(clients)) client.destroy();
      await stack.close();
    },
  };
}

/**
 * Drops what migrations and sources have made, also those of other pipelines. Fails rather than to wait for a lock that a failed test
 * has left.
 */
async function dropSchemas(stack: Stack, database: string): Promise<void> {
  const client = new pg.Client(await stack.warehouse.connection(database, 'owner'));
  await client.connect();
  try {
    const { rows } = await client.query(
      "SELECT quote_ident(nspname) AS name FROM pg_namespace WHERE nspowner = 'owner'::regrole",
    );
    const schemas = rows.map(({ name }) => name).join(', ');
    await client.query(`SET lock_timeout = '20s'; DROP SCHEMA ${schemas} CASCADE`);
  } finally {
    await client.end();
  }
}
