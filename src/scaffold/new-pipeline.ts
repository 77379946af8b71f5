import { InvalidConfig } from '../errors/errors.ts';
import type { TableName } from '../local/parts.ts';
import { PipelineNameSchema, TaskIdentifierSchema } from '../names/names.ts';
import { createNamer, fileWords, identifierOf } from './derived-names.ts';
import { type FoundStage, type FoundWarehouse, targetSchemaOf } from './found/found-stage.ts';
import { effectsOf, writtenBy } from './found/procedure-effects.ts';
import { resolveSources } from './found/resolve-sources.ts';
import { withoutOwn } from './found/without-own.ts';
import { discoveries, guesses, nextSteps } from './pipeline-words.ts';
import type { FileEdit, ProjectChanges, ProjectFiles } from './project.ts';
import { taskFiles } from './sample-files.ts';
import { addTaskLine } from './service-file.ts';
import { neededGrants, splitGrants } from './sql/grants.ts';
import { madeByMigrations, migrationFiles, refuseTakenTables } from './sql/migration-files.ts';
import { sourceFile } from './sql/source-sql.ts';
import { standInFile } from './sql/stand-ins.ts';
import { checked } from './tables/checked-names.ts';
import { describeTable } from './tables/describe-table.ts';
import { stepsOf } from './tables/scaffold-step.ts';
import type { ScaffoldTable } from './tables/scaffold-table.ts';
import { mappingsFor, readMappings, type WrittenMappings } from './tables/table-mappings.ts';
import { tablesOf } from './tables/tables-of-mappings.ts';
import { parseModule } from './typescript/parse-module.ts';
import { writtenPipelines } from './typescript/pipeline-call.ts';
import { listPipeline, namesIn, PIPELINE_INDEX } from './typescript/pipeline-index.ts';
import { pipelineModule, pipelinePath } from './typescript/pipeline-module.ts';

export interface PipelineRequest {
  readonly name: string;
  readonly task?: string | undefined;
  /** Tables of the source, `schema.name`. */
  readonly tables?: readonly string[] | undefined;
  /** A document of table mappings. */
  readonly mappings?: object | undefined;
  /** What a stage has of it: its task, whose mappings and settings count, and its warehouse. */
  readonly found?: FoundStage | undefined;
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
  refuseTakenName(name, project);
  const found = request.found && withoutOwn(request.found, name, project);
  const task = checked(
    'task',
    TaskIdentifierSchema,
    found?.task.identifier ?? request.task ?? `${name}-task`,
  );
  const targetSchema = targetSchemaOf(found?.settings);
  const sources = sourcesOf(request, found);
  const namers = { step: createNamer(), procedure: createNamer() };
  const known = { mappings: sources.mappings.read, namers, targetSchema, warehouse: found?.warehouse };
  const tables = sources.tables.map((source) => describeTable(source, known));
  refuseEqualTables(tables);
  const steps = stepsOf(tables, namers.step);
  const index = readOrRefuse(project, PIPELINE_INDEX);
  const identifier = freeIdentifier(request, index, project);
  const file = pipelineModule({ name, task, tables, steps, identifier });
  const grants = splitGrants(neededGrants(tables, found?.warehouse), found?.warehouse);
  const edits = [
    listPipeline(index, identifier, name),
    addTaskLine(
      readOrRefuse(project, 'serverless.yml'),
      task,
      found && { stage: found.stage, arn: found.task.arn },
    ),
  ];
  const files = [
    file,
    ...migrationFiles({ name, tables, grants: grants.missing, warehouse: found?.warehouse }, project),
    ...taskFiles(task, sources.mappings.document, found?.settings, project),
    sourceFile(name, tables),
    ...(found === undefined
      ? []
      : standInFile(name, found, tables, grants.granted, madeByMigrations(project))),
  ];
  refuseTakenTables(tables, files, project);
  return {
    files,
    edits: edits.filter((edit): edit is FileEdit => edit !== undefined),
    found: found === undefined ? [] : discoveries(found, tables, steps),
    guessed: guesses(sources, tables),
    next: nextSteps({ name, task, found }, files),
  };
}

/** The tables of the source, the mappings that copy them, and how far they are guessed. */
interface Sources {
  readonly tables: readonly TableName[];
  readonly mappings: WrittenMappings;
  readonly isTableNamed: boolean;
  readonly inferred: readonly string[];
  /** Patterns that may select more tables. */
  readonly patterns: readonly string[];
}

function sourcesOf(request: PipelineRequest, found: FoundStage | undefined): Sources {
  const document = found?.mappings ?? request.mappings;
  const isTableNamed = (document ?? request.tables) !== undefined;
  const none = { isTableNamed, inferred: [], patterns: [] };
  if (document === undefined) {
    const tables = namedTables(request);
    return { ...none, tables, mappings: mappingsFor(tables) };
  }
  const mappings = readMappings(document);
  if (request.tables !== undefined) return { ...none, tables: namedTables(request), mappings };
  if (found !== undefined) {
    const filled = { ...found, warehouse: { targets: targetsOf(found.warehouse) } };
    const resolved = resolveSources(mappings.read, filled, targetSchemaOf(found.settings));
    return { ...none, ...resolved, patterns: resolved.unresolved, mappings };
  }
  const { tables, patterns } = tablesOf(mappings.read);
  return { ...none, tables, patterns: patterns.map(({ schema, name }) => `${schema}.${name}`), mappings };
}

/** Tables that DMS may fill: those that no procedure puts rows into. */
function targetsOf({ targets, procedures }: FoundWarehouse): readonly string[] {
  const written = procedures.flatMap((procedure) => writtenBy(effectsOf(procedure, procedures)));
  return targets.filter((target) => !written.includes(target));
}

function namedTables({ name, tables }: PipelineRequest): readonly TableName[] {
  const schema = fileWords(name);
  if (tables?.includes('') === true)
    throw new InvalidConfig(
      '--tables: a name is empty. Write schema.table,schema.table, without a comma too many',
    );
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

/** A pipeline may stand in a file that is called otherwise. */
function refuseTakenName(name: string, project: ProjectFiles): void {
  const own = pipelinePath(name);
  const paths = project
    .list('src/pipelines')
    .filter((file) => file.endsWith('.ts'))
    .map((file) => `src/pipelines/${file}`);
  const taken = paths.find((path) => path !== own && namesOfPipelines(path, project).includes(name));
  if (taken !== undefined)
    throw new InvalidConfig(
      `pipeline ${JSON.stringify(name)}: ${taken} has a pipeline of this name. Choose another one. Nothing was written`,
    );
}

function namesOfPipelines(path: string, project: ProjectFiles): readonly (string | undefined)[] {
  const text = project.read(path) ?? '';
  return text.includes('definePipeline')
    ? writtenPipelines(parseModule(path, text)).map(({ name }) => name)
    : [];
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
