import { InvalidConfig } from '../errors/errors.ts';
import type { TableName } from '../local/parts.ts';
import { PipelineNameSchema, TaskIdentifierSchema } from '../names/names.ts';
import { createNamer, fileWords, identifierOf } from './derived-names.ts';
import { guesses, nextSteps } from './pipeline-words.ts';
import type { FileEdit, NewFile, ProjectChanges, ProjectFiles } from './project.ts';
import { addTaskLine } from './service-file.ts';
import { migrationFiles, refuseTakenTables } from './sql/migration-files.ts';
import { sourceFile } from './sql/source-sql.ts';
import { checked } from './tables/checked-names.ts';
import { describeTable } from './tables/describe-table.ts';
import type { ScaffoldTable } from './tables/scaffold-table.ts';
import { mappingsFor, readMappings, type WrittenMappings } from './tables/table-mappings.ts';
import { tablesOf } from './tables/tables-of-mappings.ts';
import { listPipeline, namesIn, PIPELINE_INDEX } from './typescript/pipeline-index.ts';
import { pipelineModule, pipelinePath } from './typescript/pipeline-module.ts';

const SAMPLE = 'sql/sample';

export interface PipelineRequest {
  readonly name: string;
  readonly task?: string | undefined;
  /** Tables of the source, `schema.name`. */
  readonly tables?: readonly string[] | undefined;
  /** A document of table mappings. */
  readonly mappings?: object | undefined;
  /** Whether a name is exported by another file of src. */
  isExported?(identifier: string): boolean;
}

/**
 * What makes a pipeline, complete.
 * @throws InvalidConfig, InvalidPipeline in words where a name cannot be used, or a file has a form that cannot be added to
 */
export function newPipeline(request: PipelineRequest, project: ProjectFiles): ProjectChanges {
  const name = checked('pipeline', PipelineNameSchema, request.name);
  if (name === 'index')
    throw new InvalidConfig('pipeline "index": src/pipelines/index.ts is the list of all pipelines');
  const task = checked('task', TaskIdentifierSchema, request.task ?? `${name}-task`);
  const given = request.mappings === undefined ? undefined : readMappings(request.mappings);
  const found = given !== undefined && request.tables === undefined ? tablesOf(given.read) : undefined;
  const sources = found?.tables ?? namedTables(request);
  const mappings = given ?? mappingsFor(sources);
  const namers = { step: createNamer(), procedure: createNamer() };
  const tables = sources.map((source) => describeTable(source, mappings.read, namers));
  refuseEqualTables(tables);
  const index = readOrRefuse(project, PIPELINE_INDEX);
  const file = pipelineModule({ name, task, tables, identifier: freeIdentifier(request, index, project) });
  const identifier = /export const (\w+)/.exec(file.text)?.[1] ?? '';
  const edits = [
    listPipeline(index, identifier, name),
    addTaskLine(readOrRefuse(project, 'serverless.yml'), task),
  ];
  const files = [
    file,
    ...migrationFiles(name, tables, project),
    ...sampleFiles(name, task, mappings, tables, project),
  ];
  refuseTakenTables(tables, files, project);
  return {
    files,
    edits: edits.filter((edit): edit is FileEdit => edit !== undefined),
    guessed: guesses(
      { isTableNamed: (given ?? request.tables) !== undefined, patterns: found?.patterns ?? [] },
      tables,
    ),
    next: nextSteps(name, task, files),
  };
}

function namedTables({ name, tables }: PipelineRequest): readonly TableName[] {
  const schema = fileWords(name);
  return (tables ?? ['items']).map((table) => {
    const dot = table.indexOf('.');
    return dot === -1 ? { schema, name: table } : { schema: table.slice(0, dot), name: table.slice(dot + 1) };
  });
}

function freeIdentifier({ name, isExported }: PipelineRequest, index: string, project: ProjectFiles): string {
  const own = namesIn(project.read(pipelinePath(name)) ?? '');
  const taken = namesIn(index);
  return identifierOf(
    name,
    (identifier) =>
      !own.includes(identifier) && (taken.includes(identifier) || isExported?.(identifier) === true),
  );
}

function sampleFiles(
  name: string,
  task: string,
  { document }: WrittenMappings,
  tables: readonly ScaffoldTable[],
  project: ProjectFiles,
): readonly NewFile[] {
  const settings = project.read(`${SAMPLE}/task-settings.json`);
  return [
    { path: `${SAMPLE}/table-mappings.${task}.json`, text: `${JSON.stringify(document, null, 2)}\n` },
    ...(!serves(settings)
      ? [{ path: `${SAMPLE}/task-settings.${task}.json`, text: `${JSON.stringify(SETTINGS, null, 2)}\n` }]
      : []),
    sourceFile(name, tables),
  ];
}

/** Settings by which no row is lost without a word. */
const SETTINGS = {
  FullLoadSettings: { TargetTablePrepMode: 'TRUNCATE_BEFORE_LOAD' },
  ErrorBehavior: {
    DataErrorPolicy: 'SUSPEND_TABLE',
    DataTruncationErrorPolicy: 'SUSPEND_TABLE',
    TableErrorPolicy: 'SUSPEND_TABLE',
  },
};

/** Whether the settings for all tasks have DMS empty the tables, and keep them. */
function serves(text: string | undefined): boolean {
  try {
    return JSON.parse(text ?? 'null')?.FullLoadSettings?.TargetTablePrepMode === 'TRUNCATE_BEFORE_LOAD';
  } catch {
    return false;
  }
}

function refuseEqualTables(tables: readonly ScaffoldTable[]): void {
  const names = tables.flatMap(({ staged, production }) => [staged, production]);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined)
    throw new InvalidConfig(
      `table ${JSON.stringify(twice)}: two tables would have this name in the warehouse`,
    );
}

function readOrRefuse(project: ProjectFiles, path: string): string {
  const text = project.read(path);
  if (text === undefined) throw new InvalidConfig(`${path}: there is no such file`);
  return text;
}
