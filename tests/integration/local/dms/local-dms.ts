import { readFileSync } from 'node:fs';
import {
  DatabaseMigrationServiceClient,
  DescribeReplicationTasksCommand,
  DescribeTableStatisticsCommand,
  StartReplicationTaskCommand,
  type StartReplicationTaskTypeValue,
} from '@aws-sdk/client-database-migration-service';
import { Client } from 'pg';
import { afterAll, beforeAll } from 'vitest';
import { systemClock } from '../../../../src/clock.ts';
import type { OutgoingEvent, Warehouse } from '../../../../src/local/contracts.ts';
import { createEndpoint, type Endpoint } from '../../../../src/local/endpoint/endpoint.ts';
import { createDmsService, type DmsService } from '../../../../src/local/services/dms/create-dms.ts';
import type { TaskSpec } from '../../../../src/local/services/dms/task.ts';
import { createWarehouse } from '../../../../src/local/warehouse/create-warehouse.ts';

/** A DMS over a warehouse of its own, for the tests of one file, spoken to with the real SDK client. */
export interface LocalDms {
  readonly client: DatabaseMigrationServiceClient;
  readonly events: OutgoingEvent[];
  /** Lines of the tasks' logs. */
  readonly log: readonly string[];
  /** Runs SQL, as the databases' owner unless another user is named, and gives back the rows. */
  sql(database: 'dev' | 'source', text: string, user?: string): Promise<Record<string, unknown>[]>;
  /** Opens a session, as the owner unless another user is named, which the test has to end. */
  open(database: 'dev' | 'source', user?: string): Promise<Client>;
  start(identifier: string, type: StartReplicationTaskTypeValue): Promise<void>;
  /** Starts a task and waits until it has ended. */
  run(identifier: string, type: StartReplicationTaskTypeValue): Promise<void>;
  task(identifier: string): ReturnType<typeof describeTask>;
  tables(identifier: string): ReturnType<typeof describeTables>;
  idle(): Promise<void>;
}

/** What a task of these tests has unless it says otherwise: what the product asks for. */
const STRICT = {
  FullLoadSettings: { TargetTablePrepMode: 'TRUNCATE_BEFORE_LOAD' },
  ErrorBehavior: { DataErrorPolicy: 'SUSPEND_TABLE', DataTruncationErrorPolicy: 'SUSPEND_TABLE' },
};

/** @param prepare SQL that makes the databases' content */
export function useLocalDms(
  tasks: readonly TaskSpec[],
  prepare: { readonly source: string; readonly dev: string },
): LocalDms {
  const events: OutgoingEvent[] = [];
  const log: string[] = [];
  let warehouse: Warehouse;
  let dms: DmsService;
  let endpoint: Endpoint;
  let client: DatabaseMigrationServiceClient;

  const open = async (database: string, user = 'owner') => {
    const session = new Client({ ...(await warehouse.connection(database, user)), ssl: false });
    await session.connect();
    return session;
  };
  const sql = async (database: string, text: string, user?: string) => {
    const session = await open(database, user);
    try {
      return (await session.query(text)).rows;
    } finally {
      await session.end();
    }
  };
  beforeAll(async () => {
    warehouse = await createWarehouse();
    await Promise.all([sql('source', prepare.source), sql('dev', prepare.dev)]);
    dms = createDmsService({
      tasks: tasks.map((task) => ({ settings: STRICT, ...task })),
      warehouse,
      clock: systemClock,
      bus: { publish: async (event) => void events.push(event) },
      onLog: (task, line) => void log.push(`${task}: ${line}`),
    });
    endpoint = await createEndpoint({ services: [dms.service], port: 0 });
    client = new DatabaseMigrationServiceClient({
      endpoint: endpoint.url,
      region: 'eu-central-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    });
  });
  afterAll(async () => {
    client?.destroy();
    await endpoint?.close();
    await dms?.close();
    await warehouse?.close();
  });

  const start = async (identifier: string, type: StartReplicationTaskTypeValue) => {
    const arn = (await describeTask(client, identifier)).ReplicationTaskArn;
    await client.send(
      new StartReplicationTaskCommand({ ReplicationTaskArn: arn, StartReplicationTaskType: type }),
    );
  };
  return {
    get client() {
      return client;
    },
    events,
    log,
    open,
    sql,
    start,
    async run(identifier, type) {
      await start(identifier, type);
      await dms.idle();
    },
    task: (identifier) => describeTask(client, identifier),
    tables: (identifier) => describeTables(client, identifier),
    idle: () => dms.idle(),
  };
}

async function describeTask(client: DatabaseMigrationServiceClient, identifier: string) {
  const Filters = [{ Name: 'replication-task-id', Values: [identifier] }];
  const { ReplicationTasks = [] } = await client.send(new DescribeReplicationTasksCommand({ Filters }));
  const [task] = ReplicationTasks;
  if (!task) throw new Error(`no task ${identifier}`);
  return task;
}

async function describeTables(client: DatabaseMigrationServiceClient, identifier: string) {
  const { ReplicationTaskArn } = await describeTask(client, identifier);
  const answer = await client.send(new DescribeTableStatisticsCommand({ ReplicationTaskArn }));
  return answer.TableStatistics ?? [];
}

/** Mappings that copy one schema into another. */
export function copySchema(from: string, to: string): object {
  const rule = (id: string, more: object) => ({ 'rule-id': id, 'rule-name': id, ...more });
  return {
    rules: [
      rule('1', {
        'rule-type': 'selection',
        'rule-action': 'include',
        'object-locator': { 'schema-name': from, 'table-name': '%' },
      }),
      rule('2', {
        'rule-type': 'transformation',
        'rule-target': 'schema',
        'rule-action': 'rename',
        'object-locator': { 'schema-name': from },
        value: to,
      }),
    ],
  };
}

export const SOURCE_SALES = readFileSync(new URL('./source.sql', import.meta.url), 'utf8');
export const TARGET_STAGING = readFileSync(new URL('./staging.sql', import.meta.url), 'utf8');
