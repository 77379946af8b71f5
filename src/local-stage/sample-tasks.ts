import { readdir, readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Pipeline } from '../definition/pipeline.ts';
import { InvalidConfig } from '../errors/errors.ts';
import { decodeText, parseJson } from '../json-text.ts';
import { readTableMappings, readTaskSettings } from '../local/parts.ts';
import { type LocalTask, localTaskArn } from './local-stage.ts';

const ROOT = new URL('../../', import.meta.url);
/** Where the sample's files are. */
export const SAMPLE_FOLDER = new URL('../../sql/sample/', import.meta.url);

/** The files that say what a task loads, and how. Paths are relative to the root of the project. */
export interface TaskFiles {
  readonly tableMappings: string;
  /** Absent if the task has DMS's default settings. */
  readonly settings: string | undefined;
}

/**
 * The DMS tasks that pipelines name, each with the table mappings and settings that a deployed one would have: from
 * `table-mappings.TASK.json` and `task-settings.TASK.json`, or else from `table-mappings.json` and
 * `task-settings.json`.
 * @param failTable source table, `schema.table`, that they fail to load once
 * @throws InvalidConfig naming the file, and the line where it is not JSON
 */
export async function readSampleTasks(
  pipelines: readonly Pipeline[],
  failTable?: string,
  folder: URL = SAMPLE_FOLDER,
): Promise<readonly LocalTask[]> {
  const identifiers = [...new Set(pipelines.flatMap(({ tasks }) => tasks))];
  return Promise.all(
    identifiers.map(async (identifier) => {
      const files = await findTaskFiles(identifier, folder);
      const tableMappings = await readChecked(files.tableMappings, readTableMappings);
      const settings = files.settings && (await readChecked(files.settings, readTaskSettings));
      return {
        identifier,
        arn: localTaskArn(identifier),
        tableMappings,
        ...(settings ? { settings } : {}),
        sourceDatabase: 'source',
        targetDatabase: 'dev',
        ...(failTable === undefined ? {} : { failTable }),
      };
    }),
  );
}

/** The files of a task. */
export async function findTaskFiles(identifier: string, folder: URL = SAMPLE_FOLDER): Promise<TaskFiles> {
  const names = await readSampleNames(folder);
  const find = (kind: string) =>
    [`${kind}.${identifier}.json`, `${kind}.json`].find((name) => names.includes(name));
  const path = (name: string) => pathFromRoot(new URL(name, folder));
  const settings = find('task-settings');
  return {
    tableMappings: path(find('table-mappings') ?? 'table-mappings.json'),
    settings: settings === undefined ? undefined : path(settings),
  };
}

/** Names of the sample's files. What is missing is named when it is read. */
export async function readSampleNames(folder: URL): Promise<readonly string[]> {
  return readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
}

/** A file's path from the root of the project, as messages name it. */
export function pathFromRoot(file: URL): string {
  return relative(fileURLToPath(ROOT), fileURLToPath(file));
}

/** Text of one of the sample's files. @throws InvalidConfig when it is not there */
export async function readSampleFile(file: URL): Promise<string> {
  try {
    return decodeText(await readFile(file));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new InvalidConfig(
      `${pathFromRoot(file)}: there is no such file; what npm start and npm run local load is made from it, see docs/pipelines.md`,
      { cause: error },
    );
  }
}

/** The file's document, which `check` has accepted. */
async function readChecked(file: string, check: (document: unknown) => unknown): Promise<object> {
  const text = await readSampleFile(new URL(file, ROOT));
  const document = inFile(file, ':', () => parseJson(text));
  inFile(file, ': ', () => check(document));
  return document as object;
}

function inFile<T>(file: string, separator: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new InvalidConfig(`${file}${separator}${(error as Error).message}`);
  }
}
