import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { InvalidConfig } from '../../errors/errors.ts';
import { parseJson } from '../../json-text.ts';
import type { Deployable } from '../../plan/plan.ts';
import { readTemplate } from '../../plan/template/template.ts';

const TEMPLATE = 'cloudformation-template-update-stack.json';

/**
 * A template that somebody kept: a file, or the folder that packaging has written. Definitions and archives that lie beside it are
 * read, too.
 * @throws InvalidConfig naming the path
 */
export async function readSavedTemplate(path: string): Promise<Deployable> {
  const file = (await isFolder(path)) ? join(path, TEMPLATE) : path;
  const template = readTemplate(await readText(file), file);
  const definitions = await readDefinitions(join(dirname(file), 'definitions'));
  const code = await readArchives(dirname(file));
  return {
    template,
    findDefinition: ({ key }) => (key === undefined ? undefined : definitions.get(basename(key))),
    ...(code.size === 0 ? {} : { code }),
  };
}

async function isFolder(path: string): Promise<boolean> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    throw unreadable(path, error);
  });
  return found.isDirectory();
}

async function readText(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw unreadable(file, error);
  });
}

function unreadable(path: string, error: NodeJS.ErrnoException): InvalidConfig {
  const reason = error.code === 'ENOENT' ? 'there is no such file' : (error.code ?? error.message);
  return new InvalidConfig(
    `${path} cannot be read: ${reason}. Name a folder that npm run package has written, or a template`,
    { cause: error },
  );
}

async function readDefinitions(folder: string): Promise<ReadonlyMap<string, unknown>> {
  const names = (await listFiles(folder)).filter((name) => name.endsWith('.json'));
  const texts = await Promise.all(names.map((name) => readText(join(folder, name))));
  return new Map(names.map((name, index) => [name, parsed(join(folder, name), texts[index] ?? '')]));
}

function parsed(file: string, text: string): unknown {
  try {
    return parseJson(text);
  } catch (error) {
    throw new InvalidConfig(`${file} is not JSON: ${(error as SyntaxError).message}`, { cause: error });
  }
}

/** SHA-256 of each archive, as Lambda has it. Packaging writes the same archive for the same code. */
async function readArchives(folder: string): Promise<ReadonlyMap<string, string>> {
  const names = (await listFiles(folder)).filter((name) => name.endsWith('.zip'));
  const hashes = await Promise.all(
    names.map(async (name) => {
      const hash = createHash('sha256').update(await readFile(join(folder, name)));
      return [name.replace(/\.zip$/, ''), hash.digest('base64')] as const;
    }),
  );
  return new Map(hashes);
}

async function listFiles(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return [];
    throw unreadable(folder, error);
  });
}
