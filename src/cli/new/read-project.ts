import { globSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ProjectFiles } from '../../scaffold/project.ts';

/** The files of a project on this machine. */
export function projectIn(root: string): ProjectFiles {
  return {
    read: (path) => unlessMissing(() => readFileSync(join(root, path), 'utf8')),
    list: (folder) => unlessMissing(() => readdirSync(join(root, folder))) ?? [],
  };
}

const EXPORTED = /^export (?:declare )?(?:async )?(?:function\*?|const|let|class|interface|type) (\w+)/gm;

/** The names that other files of src export than that of the pipeline: each name leads to one place. */
export function exportedNames(root: string, exceptPath: string): ReadonlySet<string> {
  const files = globSync('src/**/*.ts', { cwd: root }).filter((file) => file !== exceptPath);
  return new Set(
    files.flatMap((file) =>
      [...readFileSync(join(root, file), 'utf8').matchAll(EXPORTED)].map(([, name = '']) => name),
    ),
  );
}

function unlessMissing<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
