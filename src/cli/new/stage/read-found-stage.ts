import { DatabaseMigrationServiceClient } from '@aws-sdk/client-database-migration-service';
import { systemClock } from '../../../clock.ts';
import { InvalidConfig } from '../../../errors/errors.ts';
import { parseJson } from '../../../json-text.ts';
import type { Dms } from '../../../loads/describe-task.ts';
import { listTableStates } from '../../../loads/table-statistics.ts';
import type { TableName } from '../../../local/parts.ts';
import { pipelines } from '../../../pipelines/index.ts';
import { judgeTasks } from '../../../preflight/dms/judge-tasks.ts';
import type { AskCatalog } from '../../../preflight/warehouse/read-catalog.ts';
import { askWarehouse } from '../../../report/read/ask-warehouse.ts';
import type { FoundStage } from '../../../scaffold/found/found-stage.ts';
import { namesInWarehouse } from '../../../scaffold/found/names-in-warehouse.ts';
import { type CheckFlags, readCheckSettings } from '../../check/check-settings.ts';
import { askStage } from '../../stage/ask-stage.ts';
import { clientConfigOf } from '../../stage/stage-clients.ts';
import { type FoundTask, findStageTask } from './find-task.ts';
import { readWarehouse } from './read-warehouse.ts';

export interface FromStageFlags
  extends Pick<CheckFlags, 'endpointUrl' | 'region' | 'runtimeUser' | 'dmsUser'> {
  readonly fromStage: string;
  readonly task?: string;
  readonly tables?: readonly string[];
}

/**
 * Reads what a stage has of a pipeline that is to be written. It is only asked: Describe requests, and queries.
 * @throws InvalidConfig in words where the stage, the task or its mappings cannot be used; ServiceUnavailable, StatementFailed
 */
export async function readFoundStage(flags: FromStageFlags): Promise<FoundStage> {
  const settings = await readCheckSettings(
    { ...flags, stage: flags.fromStage, ownerUser: 'owner' },
    pipelines,
  );
  const { place, stage, users, target } = settings;
  const dms = new DatabaseMigrationServiceClient(clientConfigOf(place));
  try {
    return await askStage(place, async ({ api }) => {
      const wanted = { stage: stage.stage, identifier: flags.task, taskArns: stage.taskArns };
      const found = await describeFound(dms, await findStageTask(dms, wanted));
      const ask: AskCatalog = (what, sql) =>
        askWarehouse({ api, target, clock: systemClock }, { name: 'new', what }, sql);
      const names = namesInWarehouse(found, flags.tables);
      return { stage: stage.stage, ...found, warehouse: await readWarehouse(ask, users, names) };
    });
  } finally {
    dms.destroy();
  }
}

async function describeFound(dms: Dms, { identifier, arn, task }: FoundTask) {
  const { TableMappings: mappings, ReplicationTaskSettings: written } = task;
  if (mappings === undefined)
    throw new InvalidConfig(`task "${identifier}": DMS does not show its table mappings`);
  const loaded = await readLoaded(dms, arn);
  const settings = documentOf(written || 'null', `the settings of task "${identifier}"`);
  return {
    task: { identifier, arn },
    mappings: documentOf(mappings, `the table mappings of task "${identifier}"`) ?? {},
    settings,
    faults: [
      ...judgeTasks([{ identifier, arn, task }]).map(
        ({ what, consequence, repair }) => `${what} ${consequence} → ${repair}`,
      ),
      ...('unknown' in loaded ? [`which tables it has loaded is not known: ${loaded.unknown}`] : []),
    ],
    loaded: 'unknown' in loaded ? [] : loaded.tables,
  };
}

/** The tables that the task has loaded; why nobody knows them, where DMS does not say. */
async function readLoaded(
  dms: Dms,
  arn: string,
): Promise<{ readonly tables: readonly TableName[] } | { readonly unknown: string }> {
  try {
    const states = await listTableStates(dms, arn);
    return {
      tables: states.map(({ source }) => {
        const dot = source.indexOf('.');
        return { schema: source.slice(0, dot), name: source.slice(dot + 1) };
      }),
    };
  } catch (error) {
    return { unknown: (error as Error).message };
  }
}

function documentOf(text: string, what: string): object | undefined {
  try {
    const document = parseJson(text);
    return typeof document === 'object' && document !== null ? document : undefined;
  } catch (error) {
    throw new InvalidConfig(`${what} are not JSON: ${(error as Error).message}`, { cause: error });
  }
}
