import { readdir } from 'node:fs/promises';
import type { Pipeline } from '../definition/pipeline.ts';
import { InvalidPipeline } from '../errors/errors.ts';
import { pipelines } from '../pipelines/index.ts';

const FOLDER = new URL('../pipelines/', import.meta.url);

/**
 * The pipeline with this full name, or the one that the file of this name in src/pipelines defines.
 * @throws InvalidPipeline listing the names there are
 */
export async function pipelineByName(name: string): Promise<Pipeline> {
  const byName = pipelines.find((pipeline) => pipeline.name === name);
  if (byName !== undefined) return byName;
  const files = await pipelineFiles();
  if (files.includes(name)) return pipelineOfFile(name);
  const names = await pipelineNames();
  throw new InvalidPipeline(`there is no pipeline "${name}"; the pipelines are: ${names.join(', ')}`);
}

/** All names under which {@link pipelineByName} finds pipelines. */
export async function pipelineNames(): Promise<readonly string[]> {
  return [...pipelines.map(({ name }) => name), ...(await pipelineFiles())];
}

/** The shortest name under which {@link pipelineByName} finds a pipeline: its file's, where the file has only this one. */
export async function shortNameOf(pipeline: Pipeline): Promise<string> {
  for (const file of await pipelineFiles()) {
    if ((await pipelineOfFile(file).catch(() => undefined)) === pipeline) return file;
  }
  return pipeline.name;
}

async function pipelineFiles(): Promise<readonly string[]> {
  const files = await readdir(FOLDER);
  return files.filter((file) => file.endsWith('.ts') && file !== 'index.ts').map((file) => file.slice(0, -3));
}

async function pipelineOfFile(name: string): Promise<Pipeline> {
  const module: Record<string, unknown> = await import(new URL(`${name}.ts`, FOLDER).href);
  const found = pipelines.find((pipeline) => Object.values(module).includes(pipeline));
  if (found === undefined)
    throw new InvalidPipeline(`src/pipelines/${name}.ts is not listed in src/pipelines/index.ts`);
  return found;
}
