import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MigrationFailed } from '../errors/errors.ts';
import { compareFiles, compareVersions, readFileName } from './file-name.ts';
import type { Migration } from './migration.ts';
import { type Placeholders, parseMigration } from './parse-migration.ts';

/**
 * Reads a folder's migrations in the order in which they are applied. Files that do not end in .sql are ignored.
 * @throws MigrationFailed naming the file: a name that is neither V nor R, a version that exists twice, a folder, or
 * what parseMigration finds
 */
export async function readMigrations(
  folder: string,
  placeholders: Placeholders,
): Promise<readonly Migration[]> {
  const files = await listFiles(folder);
  const ordered = files.toSorted(compareFiles);
  assertVersionsDiffer(ordered);
  const texts = await Promise.all(ordered.map((file) => readText(folder, file)));
  return ordered.map((file, index) => parseMigration(file, texts[index] ?? '', placeholders));
}

async function readText(folder: string, file: string): Promise<string> {
  const bytes = await readFile(join(folder, file)).catch((cause: unknown) => {
    throw new MigrationFailed(`${file}: cannot be read: ${String(cause)}`, { cause });
  });
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new MigrationFailed(`${file}: is not UTF-8: save it as UTF-8`, { cause });
  }
}

async function listFiles(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    throw new MigrationFailed(`the folder of migrations cannot be read: ${String(error)}`, { cause: error });
  });
  const nested = entries.find((entry) => entry.isDirectory());
  if (nested !== undefined)
    throw new MigrationFailed(`${nested.name}: is a folder; put all migrations into one folder`);
  const files = entries.map(({ name }) => name).filter((name) => /\.sql$/i.test(name));
  const misnamed = files.find((file) => readFileName(file) === undefined);
  if (misnamed !== undefined)
    throw new MigrationFailed(`${misnamed}: is neither V<number>__<words>.sql nor R__<words>.sql`);
  return files;
}

function assertVersionsDiffer(ordered: readonly string[]): void {
  for (const [index, file] of ordered.entries()) {
    const [name, previous] = [readFileName(file), readFileName(ordered[index - 1] ?? '')];
    if (name?.kind !== 'versioned' || previous?.kind !== 'versioned') continue;
    if (compareVersions(name.version, previous.version) === 0)
      throw new MigrationFailed(`${file}: has the same version as ${ordered[index - 1]}`);
  }
}
