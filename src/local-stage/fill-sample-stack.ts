import { fileURLToPath } from 'node:url';
import { RedshiftDataClient } from '@aws-sdk/client-redshift-data';
import type { Clock } from '../clock.ts';
import { assertDeployableTogether } from '../definition/assert-together.ts';
import type { Pipeline } from '../definition/pipeline.ts';
import type { Chaos, FunctionSpec, Pages, Warehouse } from '../local/index.ts';
import { migrate } from '../migrations/migrate.ts';
import { createSqlRunner } from '../migrations/sql-runner.ts';
import { pipelines as listedPipelines } from '../pipelines/index.ts';
import { readDeployedFunctions } from './deployed-functions.ts';
import { localClientConfig } from './local-client-config.ts';
import { LOCAL_CLUSTER, LOCAL_DATABASE } from './local-stage.ts';
import { createSampleSource, type SampleRows } from './sample.ts';
import { readSampleTasks } from './sample-tasks.ts';
import { type Stack, startStack } from './stack.ts';
import { createStandIns } from './stand-ins.ts';

const ROOT = new URL('../../', import.meta.url);

export interface SampleStackOptions {
  readonly port: number;
  readonly sample: SampleRows;
  /** @default those of src/pipelines */
  readonly pipelines?: readonly Pipeline[];
  /** Source table, `schema.table`, that the DMS task fails to load once. */
  readonly failTable?: string;
  /** Replaces a function's handler or settings. @default those that serverless.yml deploys, from their sources */
  adaptFunction?(spec: FunctionSpec): FunctionSpec;
  /** As for the stack. */
  readonly waits?: Clock;
  readonly chaos?: Chaos | undefined;
  /** As for the stack; they may be loading still. */
  readonly pages?: Pages | Promise<Pages> | undefined;
  onNotification(message: string, subject?: string, forms?: Readonly<Record<string, string>>): void;
  onLog(functionName: string, line: string): void;
  readonly onTaskLog?: (task: string, line: string) => void;
}

/**
 * Fills the local stack around a warehouse, which may still be starting. The stack closes the warehouse.
 * @throws InvalidPipeline for pipelines that cannot be deployed together
 */
export async function fillSampleStack(
  options: SampleStackOptions,
  warehouse: Promise<Warehouse>,
  report: (line: string) => void,
): Promise<Stack> {
  const {
    port,
    pipelines = listedPipelines,
    onNotification,
    onLog,
    onTaskLog,
    waits,
    chaos,
    pages,
  } = options;
  assertDeployableTogether(pipelines);
  const functions = readDeployedFunctions();
  const tasks = await readSampleTasks(pipelines, options.failTable);
  const stack = await startStack({
    warehouse,
    port,
    pipelines,
    tasks,
    functions: functions.map((spec) => options.adaptFunction?.(spec) ?? spec),
    onNotification,
    onLog,
    onTaskLog,
    report,
    waits,
    chaos,
    pages: await pages,
  });
  try {
    await allOrFirstError([
      createSampleSource(stack.warehouse, options.sample, options.failTable),
      applyMigrations(stack.url, pipelines),
    ]);
    return stack;
  } catch (error) {
    await stack.close();
    throw error;
  }
}

/** Waits for all, even if one fails: work in a stack that is closed meanwhile would never end. */
async function allOrFirstError(parts: readonly Promise<unknown>[]): Promise<void> {
  await Promise.allSettled(parts);
  await Promise.all(parts);
}

/** Applies sql/migrations to the local warehouse as its owner, through the Data API, as it is done on AWS. */
async function applyMigrations(url: string, all: readonly Pipeline[]): Promise<void> {
  const api = new RedshiftDataClient(localClientConfig(url));
  const target = { clusterIdentifier: LOCAL_CLUSTER, database: LOCAL_DATABASE, dbUser: 'owner' };
  const runner = createSqlRunner(api, target);
  await createStandIns(runner);
  await migrate({
    runner,
    folder: fileURLToPath(new URL('sql/migrations', ROOT)),
    placeholders: { owner: 'owner', runtime: 'runtime', dms: 'dms' },
    pipelines: all,
  });
  api.destroy();
}
