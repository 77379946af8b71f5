import * as z from 'zod';
import type { Pipeline, StagedTable } from '../../definition/pipeline.ts';
import type { FindingOf, Where } from '../finding.ts';
import type { ReadTask } from './read-tasks.ts';

/** A table by its schema and name. */
export interface SourceName {
  readonly schema: string;
  readonly name: string;
}

/** The table mappings of a task, as far as they say where tables go. */
export interface ReadMappings {
  /** The table that a source table becomes; undefined where the mappings leave it out. */
  targetOf(source: SourceName): SourceName | undefined;
}

/**
 * Reads table mappings as DMS does.
 * @param document the parsed JSON @param targetSchema the task's TargetSchema; empty if it has none
 * @throws Error for mappings that are not valid, or that it does not know
 */
export type MappingsReader = (document: unknown, targetSchema: string) => ReadMappings;

const SettingsSchema = z.object({
  TargetMetadata: z.object({ TargetSchema: z.string().nullish() }).nullish(),
});

/** Staged tables that their task's mappings do not fill. */
export function judgeMappings(
  pipelines: readonly Pipeline[],
  tasks: readonly ReadTask[],
  readMappings: MappingsReader,
): readonly FindingOf[] {
  return pipelines.flatMap((pipeline) =>
    pipeline.tasks.flatMap((identifier) => {
      const read = tasks.find((task) => task.identifier === identifier);
      if (read === undefined || 'missing' in read) return [];
      const where = { pipeline: pipeline.name, task: identifier };
      const mappings = mappingsOf(read.task, readMappings);
      if (typeof mappings === 'string') return [unreadMappings(where, mappings)];
      return pipeline.stagedTables
        .filter(({ task }) => task === identifier)
        .flatMap((staged) => judgeTable(where, staged, mappings, read.arn));
    }),
  );
}

/** The mappings of a task, or why they cannot be read. */
export function mappingsOf(
  {
    TableMappings,
    ReplicationTaskSettings = '{}',
  }: { TableMappings?: string | undefined; ReplicationTaskSettings?: string | undefined },
  readMappings: MappingsReader,
): ReadMappings | string {
  if (TableMappings === undefined) return 'DMS does not show them';
  try {
    const settings = SettingsSchema.safeParse(JSON.parse(ReplicationTaskSettings)).data;
    return readMappings(JSON.parse(TableMappings), settings?.TargetMetadata?.TargetSchema ?? '');
  } catch (error) {
    return (error as Error).message;
  }
}

function judgeTable(
  where: Where,
  { table, source }: StagedTable,
  mappings: ReadMappings,
  arn: string,
): readonly FindingOf[] {
  if (source === null) return [unnamedSource(where, table)];
  const dot = source.indexOf('.');
  const target = mappings.targetOf({ schema: source.slice(0, dot), name: source.slice(dot + 1) });
  const name = target && `${target.schema}.${target.name}`.toLowerCase();
  if (name === table.toLowerCase()) return [];
  return [
    {
      ...{ id: 'mapping-misses-table', severity: 'problem', where: { ...where, object: table } },
      what:
        name === undefined
          ? `The task’s table mappings do not include ${source}, from which ${table} is to be filled. Upper and lower case count.`
          : `The task’s table mappings load ${source} into ${name}, and not into ${table}.`,
      consequence: `The load does not fill ${table}: the run fails with LoadIncomplete, or takes old rows.`,
      repair: `Correct the mappings (aws dms modify-replication-task --replication-task-arn ${arn} --table-mappings file://FILE), or stagedTables in src/pipelines.`,
    },
  ];
}

function unnamedSource(where: Where, table: string): FindingOf {
  return {
    ...{ id: 'source-unnamed', severity: 'uncertain', where: { ...where, object: table } },
    what: `The staged table ${table} names no source, so the mappings do not say whether the task fills it.`,
    consequence: 'A load that leaves the table out is found when its rows are counted, at the earliest.',
    repair: `Name the table of the source in src/pipelines: { table: '${table}', source: 'schema.table' }`,
  };
}

function unreadMappings(where: Where, reason: string): FindingOf {
  return {
    ...{ id: 'mappings-unread', severity: 'uncertain', where },
    what: `The task’s table mappings were not read: ${reason}.`,
    consequence: 'Whether the task fills the staged tables is not known.',
    repair: 'Compare the mappings with stagedTables in src/pipelines yourself.',
  };
}
