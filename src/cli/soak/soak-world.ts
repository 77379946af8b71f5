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
import { findRunning } from '../../data-api/find-submitted.ts';
import type { Pipeline } from '../../definition/pipeline.ts';
import { invokeFunction } from '../../local-stage/invoke-function.ts';
import { localClientConfig } from '../../local-stage/local-client-config.ts';
import {
  LOCAL_CLUSTER,
  LOCAL_DATABASE,
  localMachineArn,
  localTaskArn,
} from '../../local-stage/local-stage.ts';
import type { Stack } from '../../local-stage/stack.ts';
import { createSqlRunner, type SqlRunner } from '../../migrations/sql-runner.ts';

/** A pipeline, as somebody sees it who loads it again and again, over the wire and undisturbed. */
export interface SoakWorld {
  readonly pipeline: Pipeline;
  /** The source's database, and the warehouse's. */
  readonly source: SqlRunner;
  readonly warehouse: SqlRunner;
  /** Runs the pipeline's DMS tasks, one after the other; resolves when their events were dealt with, if they came. */
  load(isFirst: boolean): Promise<void>;
  sweep(): Promise<void>;
  /** ARNs of the pipeline's executions, the newest first. */
  executions(): Promise<readonly string[]>;
  /** How an execution has ended, once it has. */
  endOf(executionArn: string): Promise<DescribeExecutionCommandOutput>;
  redrive(executionArn: string): Promise<void>;
  /** Executions and statements that have not ended. */
  unfinished(): Promise<readonly string[]>;
  close(): void;
}

/** @see SoakWorld */
export function createSoakWorld(stack: Stack, pipeline: Pipeline): SoakWorld {
  const config = localClientConfig(stack.url);
  const [sfn, dms, api] = [
    new SFNClient(config),
    new DatabaseMigrationServiceClient(config),
    new RedshiftDataClient(config),
  ];
  const target = { clusterIdentifier: LOCAL_CLUSTER, dbUser: 'owner' };
  const stateMachineArn = localMachineArn(pipeline.name);
  const list = async (statusFilter?: 'RUNNING'): Promise<readonly string[]> => {
    const filter = statusFilter === undefined ? {} : { statusFilter };
    const { executions = [] } = await sfn.send(new ListExecutionsCommand({ stateMachineArn, ...filter }));
    return executions.map(({ executionArn = '' }) => executionArn);
  };
  return {
    pipeline,
    source: createSqlRunner(api, { ...target, database: 'source' }),
    warehouse: createSqlRunner(api, { ...target, database: LOCAL_DATABASE }),
    async load(isFirst) {
      const StartReplicationTaskType = isFirst ? 'start-replication' : 'reload-target';
      for (const ReplicationTaskArn of pipeline.tasks.map(localTaskArn)) {
        await dms.send(new StartReplicationTaskCommand({ ReplicationTaskArn, StartReplicationTaskType }));
        await stack.idle();
      }
    },
    sweep: async () => void (await invokeFunction(stack.url, 'sweep-loads', {})),
    executions: () => list(),
    async endOf(executionArn) {
      await stack.stepFunctions.waitForEnd(executionArn);
      await stack.idle();
      return sfn.send(new DescribeExecutionCommand({ executionArn }));
    },
    redrive: async (executionArn) => void (await sfn.send(new RedriveExecutionCommand({ executionArn }))),
    async unfinished() {
      const statements = await findRunning(api);
      return [
        ...(await list('RUNNING')),
        ...statements.map(({ executionName, step }) => `${executionName}/${step}`),
      ];
    },
    close: () => {
      for (const client of [sfn, dms, api]) client.destroy();
    },
  };
}
